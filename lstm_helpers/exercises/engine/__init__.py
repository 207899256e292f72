"""The judge: imports nothing of the series, so another course could use it."""
