"""Mentions, coreference inside a document, registry look-up, labels."""
