"""The site's tests take minutes and need its tools: `make test-site` runs them.

Whether a notebook runs in the browser edition can only be seen with Python itself for
the browser, Pyodide's full distribution, some 400 MB that no package registry has:

    LSTM_HELPERS_PYODIDE=pyodide-314.0.6.tar.bz2 make test-site
"""

import os
import warnings

collect_ignore = [] if "LSTM_HELPERS_SITE" in os.environ else ["test_site.py"]
if not collect_ignore and not os.environ.get("LSTM_HELPERS_PYODIDE"):
    warnings.warn("NO NOTEBOOK IS RUN IN THE BROWSER EDITION, only its install line "
                  "and wheels are tested: set LSTM_HELPERS_PYODIDE to a file",
                  stacklevel=1)
