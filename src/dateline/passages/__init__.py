"""Which part of the text is what, and whose voice it is."""
