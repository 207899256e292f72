"""What the page adds to an explorer: names, keys, and controls beside the picture.

A slider of ipywidgets has a label beside it but no name of its own, and an image has no
text in its place; a screen reader needs both. And JupyterLab takes arrow keys and Enter
for its own, to go to another cell, unless the part of the page that has the focus says
no. So all that is set once the page has made them; where it runs no such lines, all
else works without.
"""

import html

# Named once the page is ready, and again for a few seconds: it makes things late.
SCRIPT = """\
(function name(root, alt, times) {
  for (const slider of root.querySelectorAll('.widget-slider')) {
    const label = slider.querySelector('.widget-label').textContent;
    const readout = slider.querySelector('.widget-readout');
    const handle = slider.querySelector('.noUi-handle');
    readout?.setAttribute('role', 'textbox');
    readout?.setAttribute('aria-label', label + ', type a value');
    if (!handle) continue;
    handle.setAttribute('aria-label', label);
    if (handle.dataset.told) continue;
    handle.dataset.told = 'yes';
    const say = () => {  // a value is read aloud as it is printed
      if (readout && handle.getAttribute('aria-valuetext') != readout.textContent)
        handle.setAttribute('aria-valuetext', readout.textContent);
    };
    new MutationObserver(say).observe(handle, {attributeFilter: ['aria-valuetext']});
    if (readout) new MutationObserver(say).observe(
      readout, {childList: true, characterData: true, subtree: true});
    say();
    handle.addEventListener('keydown', event => {  // a tenth of the way
      const side = {PageUp: 1, PageDown: -1}[event.key];
      if (!side || !readout) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const slider = handle.closest('.noUi-target').noUiSlider;
      const {range, step} = slider.options, [low] = [range.min].flat();
      const [high] = [range.max].flat();
      const steps = Math.max(1, Math.round((high - low) / 10 / step));
      const far = Number(slider.get(true)) + side * steps * step;
      readout.textContent = Math.min(high, Math.max(low, far)).toFixed(4);
      readout.dispatchEvent(new Event('blur', {bubbles: true}));
    }, true);
  }
  for (const button of root.querySelectorAll('.widget-toggle-button')) {
    if (button.dataset.told) continue;
    button.dataset.told = 'yes';
    const say = () => button.setAttribute(
      'aria-expanded', String(button.textContent.includes('▾')));
    new MutationObserver(say).observe(
      button, {childList: true, characterData: true, subtree: true});
    say();
  }
  root.querySelectorAll('.lstm-words').forEach(
    words => { words.setAttribute('aria-live', 'polite'); });
  root.querySelectorAll('img.widget-image').forEach(image => { image.alt = alt; });
  for (const taker of root.querySelectorAll('select, button, .noUi-handle'))
    taker.setAttribute('data-lm-suppress-shortcuts', 'true');
  if (times) setTimeout(name, 300, root, alt, times - 1);
})(this.closest('.lstm-explorer') || document.body, this.dataset.alt, 10)"""

STYLE = """\
.lstm-explorer { container-type: inline-size }
.lstm-explorer .widget-html-content { line-height: 1.45 }
.lstm-explorer .widget-label { overflow: visible }
.lstm-explorer .noUi-target { border: 1px solid #767676 }
.lstm-explorer .noUi-handle:focus-visible { outline: 3px solid #D55E00;
  outline-offset: 2px }
.lstm-explorer :is(button, select):focus-visible { outline: 3px solid #D55E00 }
@container (min-width: 1000px) {
  .lstm-body { display: grid; column-gap: 20px; align-items: start;
    grid-template: "above shown" auto "below shown" 1fr / 380px minmax(0, 740px) }
  .lstm-above { grid-area: above } .lstm-below { grid-area: below }
  .lstm-shown { grid-area: shown }
}"""


def lines(alt):
    """Return the HTML that does all this for the explorer it stands in.

    Parameters
    ----------
    alt : str
        What its picture shows, if that is an image.
    """
    return (f'<style data-alt="{html.escape(alt)}" onload="{SCRIPT}">\n{STYLE}\n'
            "</style>")
