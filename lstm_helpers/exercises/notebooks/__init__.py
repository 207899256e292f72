"""The exercises as data, one file a notebook."""
