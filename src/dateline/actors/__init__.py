"""Mentions, coreference inside a document, registry look-up, labels."""

from dateline.actors.step import Actors

__all__ = ["Actors"]
