"""The voices of a document: names brought together, pronouns led back, chains kept."""

from __future__ import annotations

import re

from dateline.attribution.findings import Source
from dateline.attribution.people import People, people_of
from dateline.attribution.sources import speaker
from dateline.core import Document, Voice, content_id
from dateline.knowledge.cues import personal_words
from dateline.knowledge.folding import fold
from dateline.knowledge.speakers import Speaker, kind_of

_HE = frozenset({"he", "she", "him", "her", "himself", "herself", "his", "hers"})
_THEY = frozenset({"they", "them", "their", "those", "these"})
_IT = frozenset({"it", "its", "which", "that"})
SELF = frozenset({"i", "we", "me", "us", "my", "our"})
"""Pronouns that mean the voice that is speaking anyway."""
ANYBODY = frozenset({"you", "your", "one"})
"""Pronouns that mean nobody in particular."""
_REMEMBERED = 12
_NAMED = People()


class VoiceBook:
    """The voices so far, and who was heard last in each voice's own words."""

    def __init__(self, document: Document, voices: tuple[Voice, ...]) -> None:
        self._document = document
        self._voices = {voice.id: voice for voice in voices}
        self._known = {(voice.chain[:-1], fold(voice.name)): voice for voice in voices}
        self._persons: dict[str, Speaker | None] = {}
        self._heard: dict[str, list[tuple[Speaker, bool]]] = {}
        for voice in voices:
            if voice.kind in ("person", "official", "post"):
                self._remember_name(Speaker(voice.name, voice.kind))

    @property
    def voices(self) -> tuple[Voice, ...]:
        """All voices, in the order in which they entered."""
        return tuple(self._voices.values())

    def voice(self, key: str) -> Voice:
        """The voice of an id."""
        return self._voices[key]

    def enter(self, source: Source, through: Voice) -> Voice:
        """The voice that a source names, heard through another; the same one where that one names itself."""
        found = self._resolved(source, through.id)
        plural = source.sentence[source.head].tag in ("NNS", "NNPS") or bool(
            source.sentence.children(source.head, "conj")
        )
        heard = self._heard.setdefault(through.id, [])
        heard.append((found, plural))
        del heard[:-_REMEMBERED]
        return self.named(found, through, people_of(source))

    def named(self, found: Speaker, through: Voice, people: People = _NAMED) -> Voice:
        """The voice of this name heard through another, made where it is new."""
        key = fold(found.name)
        if key == fold(through.name):
            return through
        known = self._known.get((through.chain, key))
        if known is None:
            made = content_id("v", self._document.sha256, *through.chain, key)
            chain = (*through.chain, made)
            known = Voice(made, found.name, found.kind, chain, None, people.number, people.sector, people.anonymous)
            self._known[through.chain, key] = known
            self._voices[made] = known
        return known

    def mention(self, source: Source, through: str) -> None:
        """Remember a full personal name that stands as a subject, for the pronouns that follow."""
        found = speaker(source)
        if found and found.kind in ("person", "official"):
            full = self._full(found)
            if " " in full.name or full is not found:
                self._remember_name(full)
                heard = self._heard.setdefault(through, [])
                heard.append((full, False))
                del heard[:-_REMEMBERED]

    def _resolved(self, source: Source, through: str) -> Speaker:
        head = source.sentence[source.head]
        word = head.lower
        if head.pos == "PRON" or word in _HE:
            return self._antecedent(word, through) or Speaker(word, "person" if word in _HE else "unnamed")
        found = speaker(source) or Speaker(" ".join(head.text.split()) or "source", "unnamed")
        found = self._full(found)
        self._remember_name(found)
        return found

    def _antecedent(self, word: str, through: str) -> Speaker | None:
        for found, plural in reversed(self._heard.get(through, [])):
            single = not plural and _is_human(found.name)
            if word in _HE and (single or found.kind == "post"):
                return found
            if word in _THEY and (plural or found.kind in ("organisation", "unnamed")):
                return found
            if word in _IT and not plural and not single:
                return found
        return None

    def _remember_name(self, found: Speaker) -> None:
        words = found.name.split()
        if len(words) > 1 and kind_of(found.name) == "person":
            last = fold(words[-1])
            held = self._persons.get(last, found)
            # two people of one family name: neither is meant by it alone
            self._persons[last] = found if held is not None and fold(held.name) == fold(found.name) else None

    def _full(self, found: Speaker) -> Speaker:
        """The person whom a family name alone means, where only one was named."""
        if " " in found.name or found.kind not in ("person", "official"):
            return found
        full = self._persons.get(fold(found.name))
        return full or found


def _is_human(name: str) -> bool:
    """Whether a name or description is of one human being."""
    if name[:1].isupper() and kind_of(name) == "person":
        return True
    head = re.split(r"\s(?:of|for|in|at|from)\s", name)[0].split()
    return bool(head) and head[-1].lower() in personal_words()
