"""Time expressions found and resolved."""
