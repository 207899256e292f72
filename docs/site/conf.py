"""How Sphinx makes a book of the series: `make site` stages the pages and runs it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))
project = html_title = "Understanding the LSTM"
language = "en"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_design",
              "sphinx_copybutton", "series_site"]
exclude_patterns = ["_templates"]
templates_path = ["_templates"]
autodoc_typehints = "none"
autodoc_default_options = {"members": True, "member-order": "bysource"}
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence"]
myst_heading_anchors = 3
napoleon_use_ivar = True  # attributes are told once
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type", "ref.python",
                     "ref.footnote"]
copybutton_selector = "div.cell_input div.highlight pre, div.highlight-python pre"
html_math_renderer = "mathml"  # of series_site: no script, no font, no foreign host
html_theme = "pydata_sphinx_theme"
html_context = {"default_mode": "auto"}
html_theme_options = {
    "navbar_center": [], "show_toc_level": 2, "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc"], "show_nav_level": 1,
    "footer_start": ["colophon"], "footer_end": [], "back_to_top_button": False,
    "header_links_before_dropdown": 4, "article_header_start": [],
}
html_sidebars = {"**": ["sidebar-series"]}
html_static_path, html_css_files = ["_static"], ["more.css"]
html_copy_source = html_show_sourcelink = False
