"""The neutral name and the kind of whoever is said to speak."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from dateline.core import VoiceKind
from dateline.knowledge.actors import Registry, registry
from dateline.knowledge.cues import SourceKind, source_kinds
from dateline.knowledge.folding import fold
from dateline.knowledge.outlets import neutral, publishers
from dateline.knowledge.titles import titles

_TITLED = re.compile(r"^.{0,200}?\b(?P<title>[a-z][a-z-]+)\s+(?P<name>[^\W\d_a-z][\w.'’-]*(?:\s.*)?)$", re.DOTALL)
_AGENCY = re.compile(r"\b(?:news agency|wire service|newswire)\s")
_STOPS = frozenset({"of", "for", "in", "at", "on", "from", "to", "with", "who", "which", "that", "near", "by", "and"})
_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG"})
_BARE = " \t\r\n,.;:–—\"“”'‘’()[]"
_INITIALS = re.compile(r"\b(?:[A-Z]\.)+[A-Z]$")
_LONGEST = 200
_TITLE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker's name, without article and titles, and what kind of voice it is."""

    name: str
    kind: VoiceKind


def speaker_of(words: str) -> Speaker | None:
    """The speaker that a noun phrase names, or None where no letter is in it.

    >>> speaker_of("the AP"), speaker_of("The Department of Defense")
    (Speaker(name='Associated Press', kind='agency'), Speaker(name='Department of Defense', kind='official'))
    >>> speaker_of("Tehran"), speaker_of("Hamas").kind
    (Speaker(name='Tehran', kind='official'), 'organisation')
    >>> speaker_of("army spokesman Juan Pérez"), speaker_of("witnesses")
    (Speaker(name='Juan Pérez', kind='official'), Speaker(name='witnesses', kind='unnamed'))
    """
    bare = neutral(words[:_LONGEST].strip(_BARE))
    if _INITIALS.search(bare) and bare + "." in words:
        bare += "."
    if not any(ch.isalpha() for ch in bare):
        return None
    publisher = publishers().find(bare)
    if publisher:
        return Speaker(publisher.name, "agency" if publisher.kind == "agency" else "organisation")
    titled = _TITLED.match(bare)
    if titled:
        kind = source_kinds().get(titled["title"])
        if _AGENCY.search(bare):
            return Speaker(titled["name"].strip(_BARE), "agency")
        if kind and kind != "document":
            return Speaker(titled["name"].strip(_BARE), "person" if kind == "unnamed" else kind)
    return _untitled(bare) or Speaker(bare, kind_of(bare))


def kind_of(name: str) -> VoiceKind:
    """What kind of voice a name or description without article is, by its head word.

    >>> kind_of("Iraqi officials"), kind_of("Trump administration"), kind_of("Human Rights Watch")
    ('official', 'official', 'organisation')
    """
    words = name.split()
    stop = next((k for k, word in enumerate(words) if k and word.lower() in _STOPS), len(words))
    for word in reversed(words[:stop]):
        kind = source_kind(word)
        if kind:
            return "unnamed" if kind == "document" else kind
    if not name[:1].isupper():
        return "unnamed"
    acronym = len(words) == 1 and name.isupper()
    organised = acronym or stop < len(words) or any(source_kind(word) for word in words)
    return "organisation" if organised else _registered(registry(), name)


@functools.lru_cache(maxsize=4096)
def _registered(entries: Registry, name: str) -> VoiceKind:
    """The kind of a bare name by the actor registry: states and their bodies are official; else a person's."""
    if entries.country(name) or entries.capital(name):
        return "official"
    for actor in entries.find(name)[:1]:
        if actor.kind in ("government", "force"):
            return "official"
        if actor.kind in ("group", "organisation"):
            return "organisation"
    return "person"


def source_kind(word: str) -> SourceKind | None:
    """The kind of a source's head word, singular or plural, possessive or not; or None.

    >>> source_kind("Spokesmen"), source_kind("ministry's"), source_kind("tree")
    ('official', 'official', None)
    """
    key = word.lower().strip(_BARE).removesuffix("’s").removesuffix("'s")
    kinds = source_kinds()
    return kinds.get(key) or kinds.get(key.removesuffix("s"))


def _untitled(name: str) -> Speaker | None:
    """The speaker behind the title before a person's name ("Gen. Ali Omar"), or None where no title is there."""
    words = name.split()
    for end in range(min(_TITLE_WORDS, len(words) - 1), 0, -1):
        rest = " ".join(words[end:])
        if not rest[:1].isupper() or words[end].lower() in _STOPS:
            continue
        known = [titles().get(fold(" ".join(words[max(0, end - size) : end]))) for size in (3, 2, 1)]
        sectors = [sector for sector in known if sector is not None]
        if sectors:
            if kind_of(rest) != "person":
                return None
            return Speaker(rest, "official" if sectors[0] in _STATE else "person")
    return None
