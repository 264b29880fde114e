"""Which words do not tell one source from another, and the rules by which figures are chosen."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from dateline.knowledge.profiles import Profile, profiles
from dateline.knowledge.tables import Row, read_table


def count_rules() -> Mapping[str, Profile]:
    """The profiles that ship, by name.

    >>> count_rules()["acled"].best
    'lowest'
    """
    return profiles()


@functools.cache
def origin_words() -> frozenset[str]:
    """Words of a source's name that do not tell it from another ("spokesman", "officials")."""
    return frozenset(row["word"] for row in _origin_rows())


@functools.cache
def office_words() -> frozenset[str]:
    """Words for the post that someone holds in a body ("head", "spokesman")."""
    return frozenset(row["word"] for row in _origin_rows() if row["office"])


def _origin_rows() -> tuple[Row, ...]:
    return read_table("lexicons/origin_words.tsv", ("word", "office"))
