"""Many documents: progress, resume, failures."""
