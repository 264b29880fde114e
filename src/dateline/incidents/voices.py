"""Who a claim comes from, at the far end of the chain of voices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from dateline.core import Entity, Mention, Passage, Reading, Span, Voice, VoiceKind
from dateline.core.hearing import Hearing
from dateline.knowledge.count_rules import office_words, origin_words
from dateline.knowledge.folding import fold

_OUTLET = ("outlet", "")
_OWN_DAY = ("statement", "post", "quotation")
_NEAR = 90
_POST_BEFORE = re.compile(r"([^,.;:“”\"]{3,80}),\s*\Z")
_POST_AFTER = re.compile(r"\s*,\s+([^,.;:“”\"]{3,80})(?=[,.;:])")


@dataclass(frozen=True, slots=True)
class Origin:
    """A source at the far end: ``name`` as the text has it, ``key`` under which sources are compared.

    ``posts`` are the words of the post that a person is said to hold ("head health provincial").
    """

    key: str
    name: str
    kind: VoiceKind
    posts: frozenset[str] = frozenset()

    @property
    def reports(self) -> bool:
        """Whether it passes on what others say (an outlet, an agency) rather than being their source."""
        return self.kind in ("outlet", "agency")


class Speakers:
    """The voices of one reading by name, and the days on which they spoke.

    ``wire`` is the origin that stands for the outlet itself where the document is a copy; ``print``
    is the same number for all copies of one text.
    """

    __slots__ = (
        "_entities",
        "_hearing",
        "_mentions",
        "_outlets",
        "_posts",
        "_reading",
        "_voices",
        "document",
        "print",
        "wire",
    )

    def __init__(
        self, reading: Reading, wire: Origin | None = None, print: int = -1, outlets: frozenset[str] = frozenset()
    ) -> None:
        self.document = reading.document
        self.wire = wire
        self.print = print
        self._outlets = outlets
        self._voices = {voice.id: voice for voice in reading.voices}
        self._hearing = Hearing(reading.passages)
        self._reading = reading
        self._posts: dict[str, frozenset[str]] | None = None
        self._mentions = {mention.id: mention for mention in reading.mentions}
        self._entities = {entity.id: entity for entity in reading.entities}

    def chain(self, voice: str) -> tuple[str, ...]:
        """The names of the voices through which a voice reaches us, the outlet first."""
        known = self._voices.get(voice)
        if known is None:
            return (outlet_name(self),)
        names = [self._voices[link].name for link in known.chain if link in self._voices] or [known.name]
        return (outlet_name(self) if names[0] in _OUTLET else names[0], *names[1:])

    def origin(self, voice: str) -> Origin:
        """Who speaks at the far end of a voice's chain."""
        known = self._voices.get(voice)
        if known is None or known.kind == "outlet":
            name = outlet_name(self) if known is None or known.name in _OUTLET else known.name
            return self.wire or Origin(fold(name), name, "outlet")
        if known.kind == "agency" or fold(known.name) in self._outlets:
            return Origin(known.actor or fold(known.name), known.name, "agency")
        key = known.actor or origin_key(known.name)
        if self._posts is None:
            self._posts = _posts(self._reading)
        return Origin(key, known.name, known.kind, self._posts.get(voice, frozenset()))

    def party(self, mention: str) -> tuple[Mention, Entity] | None:
        """A mention with its entity; None where it is not known or corefers to nothing."""
        found = self._mentions.get(mention)
        entity = self._entities.get(found.entity or "") if found else None
        return (found, entity) if found and entity else None

    def spoken(self, span: Span) -> str | None:
        """The ISO day on which the words were said or published."""
        passage: Passage | None = self._hearing.passage(span)
        day = passage.anchor if passage and passage.role in _OWN_DAY else None
        day = day or self.document.published
        return day[:10] if day else None

    @property
    def agency(self) -> Voice | None:
        """The agency that the outlet hears directly, if any."""
        return next((v for v in self._voices.values() if v.kind == "agency" and len(v.chain) <= 2), None)


def speakers_of(readings: Sequence[Reading], copied: Sequence[int], outlets: frozenset[str]) -> list[Speakers]:
    """The speakers of each reading; the copies of one text share an origin.

    ``copied`` gives for each reading the number of the first of its copies, ``outlets`` the folded
    names of all outlets: a voice of that name passes on what others say.
    """
    groups: dict[int, list[int]] = {}
    for number, first in enumerate(copied):
        groups.setdefault(first, []).append(number)
    made = [Speakers(reading, None, first, outlets) for reading, first in zip(readings, copied, strict=True)]
    for first, numbers in groups.items():
        if len(numbers) > 1:
            agency = next((v for n in numbers if (v := made[n].agency)), None)
            wire = Origin(agency.actor or fold(agency.name), agency.name, "agency") if agency else None
            name = outlet_name(made[first])
            wire = wire or Origin(fold(name), name, "outlet")
            for n in numbers:
                made[n] = Speakers(readings[n], wire, first, outlets)
    return made


def outlet_name(speakers: Speakers) -> str:
    """What an outlet is called: its name, else its address's host, else the document's id."""
    document = speakers.document
    return document.outlet or urlsplit(document.url or "").hostname or document.id


def origin_key(name: str) -> str:
    """The words that tell one source from another, in order; all of them where none would be left.

    >>> origin_key("a spokesman for the army"), origin_key("officials")
    ('army', 'officials')
    """
    row = [word.strip(".,:;") for word in fold(name).split()]
    kept = sorted({word for word in row if word and word not in origin_words()})
    return " ".join(kept or row)


def settled(origins: Iterable[Origin]) -> dict[str, Origin]:
    """Each key with the origin it counts as.

    A person counts as the body that they speak for where it speaks, too; "police" counts as the one
    fuller name that holds it.

    >>> police, chief = Origin("police", "police", "official"), frozenset({"police", "chief"})
    >>> found = settled([police, Origin("ocampo", "Col. Ocampo", "person", chief)])
    >>> {origin.name for origin in found.values()}
    {'police'}
    """
    known: dict[str, Origin] = {}
    for origin in sorted(set(origins), key=lambda o: (o.key, -len(o.posts), -len(o.name), o.name, sorted(o.posts))):
        known.setdefault(origin.key, origin)
    made: dict[str, Origin] = {}
    for key, origin in known.items():
        words = set(key.split())
        bodies = [o for o in known.values() if o.key != key and _informs(o) and set(o.key.split()) <= origin.posts]
        fuller = [o for o in known.values() if words < set(o.key.split()) and not (o.reports or origin.reports)]
        made[key] = _longest(bodies or fuller) if bodies or fuller else origin
    return {key: made[made[origin.key].key] for key, origin in made.items()}


def _informs(origin: Origin) -> bool:
    return not set(origin.key.split()) <= origin_words()


def _longest(origins: Sequence[Origin]) -> Origin:
    return max(origins, key=lambda o: (len(o.key.split()), o.key))


def _posts(reading: Reading) -> dict[str, frozenset[str]]:
    """The words of the posts that the sources of a reading are said to hold, by voice."""
    found: dict[str, frozenset[str]] = {}
    text = reading.document.text
    for attribution in reading.attributions:
        if attribution.source:
            start, end = attribution.source.start, attribution.source.end
            before = _POST_BEFORE.search(text, max(0, start - _NEAR), start)
            after = _POST_AFTER.match(text, end, end + _NEAR)
            parts = [text[start:end], before.group(1) if before else "", after.group(1) if after else ""]
            words = frozenset(word for part in parts for word in fold(part).split())
            if words & office_words():
                found[attribution.voice] = found.get(attribution.voice, frozenset()) | words
    return found
