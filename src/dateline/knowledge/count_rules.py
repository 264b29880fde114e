"""How one figure is chosen among many claims, and which words do not tell one source from another."""

from __future__ import annotations

import functools
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import yaml

from dateline.core import KnowledgeError, VoiceKind
from dateline.knowledge.tables import Row, data_path, read_table

_FILE = "lexicons/count_profiles.yaml"


@dataclass(frozen=True, slots=True)
class CountRule:
    """A codebook's way to choose: ``kinds`` of source from the most to the least relied on."""

    name: str
    best: Literal["most-origins", "lowest"]
    kinds: tuple[VoiceKind, ...]
    unreliable: frozenset[VoiceKind]

    def rank(self, kind: VoiceKind) -> int:
        """0 for the kind of source that is relied on most."""
        return self.kinds.index(kind)


@functools.cache
def count_rules() -> Mapping[str, CountRule]:
    """The rules by name.

    >>> count_rules()["acled"].best
    'lowest'
    """
    path = data_path(_FILE)
    rules: dict[str, CountRule] = {}
    for name, told in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        kinds, unreliable = tuple(told["kinds"]), frozenset(told["unreliable"])
        if told["best"] not in ("most-origins", "lowest") or set(kinds) != set(typing.get_args(VoiceKind)):
            raise KnowledgeError(path.name, 0, f"{name}: an unknown rule, or not each kind of voice once")
        rules[name] = CountRule(name, told["best"], kinds, unreliable)
    return rules


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
