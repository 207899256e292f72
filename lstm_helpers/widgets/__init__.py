"""Explorers: take hold of a cell and see what moves.

>>> from lstm_helpers import widgets
>>> widgets.glass_cell()
"""

from lstm_helpers.widgets.adder import adder
from lstm_helpers.widgets.error_paths import error_paths
from lstm_helpers.widgets.fault_injector import fault_injector
from lstm_helpers.widgets.gate_scrubber import gate_scrubber
from lstm_helpers.widgets.glass_cell import glass_cell
from lstm_helpers.widgets.influence import influence
from lstm_helpers.widgets.lag_detector import lag_detector
from lstm_helpers.widgets.learned_by_heart import learned_by_heart
from lstm_helpers.widgets.next_letter import next_letter
from lstm_helpers.widgets.next_number import next_number
from lstm_helpers.widgets.notepad import notepad
from lstm_helpers.widgets.one_weight import one_weight
from lstm_helpers.widgets.parameter_blocks import parameter_blocks
from lstm_helpers.widgets.survives import survives
from lstm_helpers.widgets.train_sine import train_sine

__all__ = ["adder", "error_paths", "fault_injector", "gate_scrubber", "glass_cell",
           "influence", "lag_detector", "learned_by_heart", "next_letter",
           "next_number", "notepad", "one_weight", "parameter_blocks", "survives",
           "train_sine"]
