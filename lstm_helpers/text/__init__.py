"""Words and letters: vocabulary, counting, networks, labelled sentences.

>>> from lstm_helpers import text
>>> train, validation, test = text.split(text.first_names())
>>> text.NGram(4).fit(train).bits(test)
"""

from lstm_helpers.text.grammar import sentences
from lstm_helpers.text.labelled import load_labelled
from lstm_helpers.text.ladder import RUNGS, climb
from lstm_helpers.text.language import Language, sample, tempered
from lstm_helpers.text.names import first_names, split
from lstm_helpers.text.ngrams import NGram, contexts
from lstm_helpers.text.reader import Reader
from lstm_helpers.text.stored import crossing_table, near_and_far, results
from lstm_helpers.text.symbols import MARK, UNKNOWN, Vocabulary, bits, one_hot

__all__ = [
    "Language", "MARK", "NGram", "RUNGS", "Reader", "UNKNOWN", "Vocabulary",
    "bits", "climb", "contexts", "crossing_table", "first_names",
    "load_labelled", "near_and_far", "one_hot", "results", "sample", "sentences",
    "split", "tempered",
]
