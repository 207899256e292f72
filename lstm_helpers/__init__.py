"""The small package behind the notebooks: cells, gradients, pictures, exercises.

Import what you need by module: ``from lstm_helpers import cells, plots``.
"""

__version__ = "0.1.0"
