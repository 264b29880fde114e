"""Nouns and adjectives that name happenings, beyond those whose type the lexicon knows."""

from __future__ import annotations

import functools

from dateline.knowledge.tables import read_table


@functools.cache
def event_words() -> frozenset[tuple[str, str]]:
    """Lemmas with their part of speech, ``n`` or ``a``. KnowledgeError where a row has another one.

    >>> ("eruption", "n") in event_words(), ("table", "n") in event_words()
    (True, False)
    """
    found = set()
    for row in read_table("lexicons/event_words.tsv", ("lemma", "pos")):
        if row["pos"] not in ("n", "a") or row["lemma"] != row["lemma"].lower():
            raise row.error("a lemma in lower case and n or a are needed")
        found.add((row["lemma"], row["pos"]))
    return frozenset(found)
