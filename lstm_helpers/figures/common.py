"""Pictures that several notebooks share: lines, waves, heatmaps."""


from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, axes

SIGNED = "RdBu_r"  # red above zero, blue below, white at zero


def lines(series, ax=None, xlabel="t (step)", ylabel="value"):
    """Draw named series over time, each with its name at its end.

    Parameters
    ----------
    series : dict of str to ndarray, (T,)
        A name that begins with a letter of `COLOURS` and "_" takes that colour.
    ax : Axes, optional
    xlabel, ylabel : str

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    styles = ("-", "--", "-.", ":")
    for k, (label, values) in enumerate(series.items()):
        known = {"color": COLOURS[label[0]]} if label[1:2] == "_" else {}
        dots = {"marker": ".", "ms": 7} if len(values) <= 30 else {}
        ax.plot(validate.array(label, values), styles[k % 4], **known, **dots)
        ax.annotate(label, (len(values) - 1, values[-1]), xytext=(6, 0),
                    textcoords="offset points", va="center", annotation_clip=False)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    return ax


def waves(series, ax=None):
    """Draw inputs over time, each with its name above its highest point.

    Parameters
    ----------
    series : dict of str to ndarray, (T,)
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    colours = (COLOURS["h"], COLOURS["x"], COLOURS["truth"])
    for k, (label, values) in enumerate(series.items()):
        ax.plot(validate.array(label, values), ("-", "--", "-.")[k % 3],
                color=colours[k % 3])
        middle = range(len(values) // 5, len(values) - 3)  # not at the edge
        peak = max(middle, key=lambda t: values[t])
        ax.annotate(label, (peak, values[peak]), xytext=(0, 4), ha="center",
                    textcoords="offset points")
    ax.margins(y=0.15)
    ax.set(xlabel="t (step)", ylabel="input")
    return ax


def heatmap(values, ax=None, title="", limit=None):
    """Draw one quantity of every unit over time: units downwards, time to the right.

    Parameters
    ----------
    values : ndarray, (T, H)
    ax : Axes, optional
    title : str
    limit : float, optional
        Signed values, coloured from -limit to limit with white at 0. Left out, the
        values are a gate's and coloured from 0 to 1.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    validate.shape("values", values, "T H", {})
    low, cmap = (0, "viridis") if limit is None else (-limit, SIGNED)
    high = 1 if limit is None else validate.real("limit", limit, 0)
    image = ax.imshow(values.T, vmin=low, vmax=high, cmap=cmap)
    ticks = [low, (low + high) / 2, high]
    bar = ax.figure.colorbar(image, ax=ax, ticks=ticks, pad=0.02, format="%.2g")
    bar.outline.set_visible(False)
    bar.ax.tick_params(labelsize=8, length=2)
    ax.set(title=title, xlabel="t (step)", ylabel="unit")
    ax.set_yticks(range(0, values.shape[1], max(1, values.shape[1] // 8)))
    ax.tick_params(labelsize=8)
    ax.grid(visible=False)
    return ax
