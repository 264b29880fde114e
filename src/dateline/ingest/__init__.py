"""Bytes, pages, feeds and archives become Documents; text is settled once, here."""
