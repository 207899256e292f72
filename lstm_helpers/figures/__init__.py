"""Pictures: one file a notebook, and what several share.

>>> from lstm_helpers.figures import nb08 as figures, style
"""
