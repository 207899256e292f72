"""Read a picture of an explorer as one does: by the ticks on its axes."""

import xml.etree.ElementTree as ET

import numpy as np

WORDS = str.maketrans({"−": "-", "½": "0.5"})


def value_of(label):
    """Return the number that a tick says, or None."""
    try:
        return float((label or "").translate(WORDS).strip())
    except ValueError:
        return None


class Picture:
    """Texts, lines and circles of an SVG string, in pixels.

    Parameters
    ----------
    svg : str
    """

    def __init__(self, svg):
        root = ET.fromstring(svg)
        self.texts = [(float(z.get("x")), float(z.get("y")), "".join(z.itertext()),
                       z.get("text-anchor")) for z in root.iter("text")]
        self.lines = [(np.array([p.split(",") for p in z.get("points").split()], float),
                       z.get("stroke"), z.get("stroke-dasharray"))
                      for z in root.iter("polyline") if z.get("points")]
        self.circles = [(float(z.get("cx")), float(z.get("cy")), float(z.get("r")),
                         z.get("fill")) for z in root.iter("circle")]

    def chart(self, left, right, top=0, bottom=1e9, log=False):
        """Return the chart whose ticks and lines lie in this part of the sheet."""
        return Chart(self, (left, right, top, bottom), log)

    def said(self, words):
        """Return the texts that hold these words."""
        return [text for _, _, text, _ in self.texts if words in text]


class Chart:
    """Turns pixels back into data, by the ticks."""

    def __init__(self, picture, box, log):
        self.picture, self.box = picture, box
        ticks = [(x, y, value_of(t), anchor) for x, y, t, anchor in picture.texts
                 if self.inside(x, y) and value_of(t) is not None]
        across = [(x, v) for x, _, v, anchor in ticks if anchor == "middle"]
        up = [(y, np.log10(v) if log else v) for _, y, v, anchor in ticks
              if anchor == "end"]
        self.of_x, self.of_y = (np.polyfit(*zip(*pairs, strict=True), 1)
                                if pairs else None for pairs in (across, up))

    def inside(self, x, y):
        left, right, top, bottom = self.box
        return left <= x <= right and top <= y <= bottom

    def data(self, points):
        """Return points in pixels, (N, 2), as data."""
        points = np.asarray(points, float)
        return np.stack([np.polyval(self.of_x, points[:, 0]),
                         np.polyval(self.of_y, points[:, 1])], axis=1)

    def lines(self, colour=None, least=3):
        """Return all lines of at least so many points, in data."""
        return [self.data(p) for p, stroke, _ in self.picture.lines
                if len(p) >= least and self.inside(*p.mean(axis=0))
                and colour in (None, stroke)]

    def dots(self, colour=None):
        """Return all dots, (N, 2), in data."""
        found = [(x, y) for x, y, _, fill in self.picture.circles
                 if self.inside(x, y) and colour in (None, fill)]
        return self.data(found) if found else np.zeros((0, 2))
