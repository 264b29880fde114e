"""Documents, readings, incidents and verdicts in SQLite."""
