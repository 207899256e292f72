"""Measurements a person can run: ``python -m benchmarks``."""
