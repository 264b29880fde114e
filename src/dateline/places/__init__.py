"""Place names found and resolved."""
