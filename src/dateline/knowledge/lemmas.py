"""Lemmas that the lemmatizer gets wrong, and what is meant."""

from __future__ import annotations

import functools

from dateline.knowledge.tables import read_table


@functools.cache
def _mended() -> dict[str, str]:
    return {row["given"]: row["lemma"] for row in read_table("lexicons/lemma_slips.tsv", ("given", "lemma", "note"))}


def mended(lemma: str) -> str:
    """The lemma that is meant where the lemmatizer is known to slip, else the lemma itself.

    It cuts "staged" to "stag" and "raped" to "rap". Look the lemma itself up first: some slips are
    words of their own.

    >>> mended("stag"), mended("stage")
    ('stage', 'stage')
    """
    return _mended().get(lemma, lemma)
