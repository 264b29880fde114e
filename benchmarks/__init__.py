"""Measurements of quality and speed; every run appends a row to benchmarks/results."""
