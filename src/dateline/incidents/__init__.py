"""Tellings of one happening, linked and merged across documents."""
