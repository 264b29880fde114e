"""Readings and incidents in the formats that people use, one file a format."""
