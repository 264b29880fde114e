"""What linking keeps of one document: enough to compare it with others, without its text."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.core import Reading
from dateline.incidents.candidates import FIRM, Keys
from dateline.incidents.copies import Print, bands, print_of
from dateline.incidents.geography import specific
from dateline.incidents.knots import knots_of, parted
from dateline.incidents.sketches import Sketch, sketch_of, word_id
from dateline.incidents.strands import Strand, packed, strand_of, unpacked
from dateline.incidents.tales import tales_of
from dateline.knowledge.families import families
from dateline.knowledge.folding import fold

FORM = 1
"""The form of a packed card; another number cannot be read."""


@dataclass(frozen=True, slots=True)
class Card:
    """One document for linking. Nothing in it depends on other documents.

    ``outlet`` and ``voices`` are folded names; ``strands`` are packed, since only few of them are needed at a time.
    """

    document: str
    sha256: str
    published: str
    outlet: str
    voices: tuple[str, ...]
    sketch: Sketch
    fingerprint: Print
    strands: bytes

    @property
    def name(self) -> tuple[str, str]:
        """What no two documents have in common."""
        return self.document, self.sha256

    @property
    def order(self) -> tuple[str, str, str]:
        """By this the first of the copies of a text is told."""
        return self.published or "9", self.document, self.sha256

    def told(self) -> tuple[Strand, ...]:
        """The happenings that it tells."""
        return strands(self.strands)

    def keys(self, told: Sequence[Strand] | None = None) -> Keys:
        """Where it is looked up; ``told`` are its happenings, where they are at hand."""
        firm = sorted({*self.spots(told), *bands(self.fingerprint)})
        return Keys(self.sketch.day, self.name, (*self.sketch.keys, *(FIRM + key for key in firm)))

    def spots(self, told: Sequence[Strand] | None = None) -> frozenset[int]:
        """A key for each deed's family, day and town, so that its reports meet whatever their words."""
        return frozenset(
            word_id(f"{family.name} {strand.first} {place.id}\n")
            for strand in (self.told() if told is None else told)
            if strand.dated and strand.first == strand.last
            for family in strand.families
            if not family.speech
            for place in strand.places
            if specific(place)
        )


strands = functools.lru_cache(20_000)(unpacked)


def card_of(reading: Reading, apart: Sequence[tuple[str, str]] = ()) -> Card:
    """The card of one reading; ``apart``: pairs of its events that a person says are not one happening."""
    document = reading.document
    knots = parted(knots_of(tales_of(reading, 0, families())), apart)
    return Card(
        document=document.id,
        sha256=document.sha256,
        published=document.published or "",
        outlet=fold(document.outlet) if document.outlet else "",
        voices=tuple(sorted({fold(voice.name) for voice in reading.voices})),
        sketch=sketch_of(document),
        fingerprint=print_of(document),
        strands=packed(strand_of(knot) for knot in knots),
    )


def written(card: Card) -> bytes:
    """A card as bytes; ``read`` gives it back."""
    s, f = card.sketch, card.fingerprint
    parts = (s.words, f.hashes, card.strands)
    sizes = [len(part) for part in parts]
    head = [FORM, card.document, card.sha256, card.published, card.outlet, card.voices, s.day, s.length, s.keys, f.size]
    return json.dumps([*head, sizes], separators=(",", ":")).encode() + b"\n" + b"".join(parts)


def read(line: bytes) -> Card:
    """The card that bytes hold. ValueError where they hold something else."""
    head, _, rest = line.partition(b"\n")
    try:
        form, document, sha, published, outlet, voices, day, length, keys, size, sizes = json.loads(head)
        if form != FORM or sum(sizes) != len(rest):
            raise ValueError("another form")
        words, hashes, told = _cut(rest, sizes)
    except (TypeError, ValueError) as error:
        raise ValueError(f"not a document for linking: {error}") from error
    sketch = Sketch(day, length, words, tuple(keys))
    return Card(document, sha, published, outlet, tuple(voices), sketch, Print(hashes, size), told)


def _cut(line: bytes, sizes: Iterable[int]) -> list[bytes]:
    parts, at = [], 0
    for size in sizes:
        parts.append(line[at : at + size])
        at += size
    return parts
