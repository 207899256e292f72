"""The site's tests take a minute and need its tools: `make test-site` runs them."""

import os

collect_ignore = [] if "LSTM_HELPERS_SITE" in os.environ else [
    "test_site.py", "test_class_report.py"]
