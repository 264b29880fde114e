"""English words that news writes in lower case, so that texts in capitals can be given their case back."""

from __future__ import annotations

from dateline.knowledge.agents import agents, things
from dateline.knowledge.folder import by_folder
from dateline.knowledge.lexicon import lexicon
from dateline.knowledge.tables import read_table

_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "ers", "'s")
_CHANGES = (("ies", "y"), ("ied", "y"), ("men", "man"))


@by_folder
def _known() -> frozenset[str]:
    words = {row["word"] for row in read_table("lexicons/common_words.tsv", ("word",))}
    words |= {predicate.lemma for predicate in lexicon().predicates()}
    for table in (agents(), things()):
        words |= {part for lemma in table.lemmas() for part in lemma.split()}
    return frozenset(words)


def is_common(word: str) -> bool:
    """Whether a word in lower case is an ordinary word (or its plural, past or participle).

    >>> is_common("soldiers"), is_common("repelled"), is_common("ministries"), is_common("maiduguri")
    (True, True, True, False)
    """
    known = _known()
    if word in known:
        return True
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            if stem in known or stem + "e" in known or (stem[-1] == stem[-2] and stem[:-1] in known):
                return True
    return any(word.endswith(old) and word[: -len(old)] + new in known for old, new in _CHANGES)
