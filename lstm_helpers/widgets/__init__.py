"""Explorers: take hold of a cell and see what moves.

>>> from lstm_helpers import widgets
>>> widgets.glass_cell()
"""

from lstm_helpers.widgets.glass import glass_cell

__all__ = ["glass_cell"]
