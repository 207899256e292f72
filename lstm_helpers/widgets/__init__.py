"""Explorers: take hold of a cell and see what moves.

>>> from lstm_helpers import widgets
>>> widgets.glass_cell()
"""

from lstm_helpers.widgets.blocks import parameter_blocks
from lstm_helpers.widgets.counting import next_number
from lstm_helpers.widgets.forgetting import notepad
from lstm_helpers.widgets.glass import glass_cell
from lstm_helpers.widgets.injector import fault_injector
from lstm_helpers.widgets.nudge import influence
from lstm_helpers.widgets.scrubber import gate_scrubber
from lstm_helpers.widgets.sine import train_sine

__all__ = ["fault_injector", "gate_scrubber", "glass_cell", "influence", "next_number",
           "notepad", "parameter_blocks", "train_sine"]
