"""The fast engine: what `readable` computes, in a fifth to a half of the time."""
