"""The small package behind the notebooks: cells, gradients, pictures, exercises.

Import what you need by module: ``from lstm_helpers import cells, init``.
"""

from importlib import metadata

try:
    __version__ = metadata.version("lstm-helpers")
except metadata.PackageNotFoundError:  # a copy beside the notebooks, not installed
    __version__ = "not installed"
