"""One typed, cached loader a table in ``data/``."""
