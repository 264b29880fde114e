"""The state of linking: readings in, a few or all at once, some taken out again; incidents out."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.core import Incident, Reading
from dateline.core.ids import content_id
from dateline.incidents.cards import Card, card_of, read, written
from dateline.incidents.claims import Told, told_of
from dateline.incidents.copies import originals
from dateline.incidents.kept import Group, Kept
from dateline.incidents.linking import Gathering
from dateline.incidents.merge import merged
from dateline.incidents.ordering import incident_order
from dateline.incidents.rulings import Mention, Ruling, Settled, settled
from dateline.incidents.strands import Strand
from dateline.incidents.tales import Tale, tales_of
from dateline.incidents.voices import speakers_of
from dateline.knowledge.count_rules import count_rules
from dateline.knowledge.families import families

_HELD = 2_000


class Linkage:
    """Readings linked so far. More can be added; the incidents are those of all readings linked at once.

    ``rulings`` are people's decisions in the order in which they were taken. They hold for readings that come later,
    too; those on tellings that are not known, or not of anything that happened, are passed over, and of two that
    contradict each other the later stands (``overruled``). ``source`` gives readings by document id when incidents are
    made; without it those that are added are held.

    >>> Linkage().incidents()
    ()
    """

    __slots__ = (
        "_apart",
        "_firsts",
        "_gathering",
        "_held",
        "_known",
        "_listed",
        "_made",
        "_open",
        "_outlets",
        "_prints",
        "_rulings",
        "_settled",
        "_source",
    )

    def __init__(self, rulings: Sequence[Ruling] = (), source: Mapping[str, Reading] | None = None) -> None:
        self._rulings = tuple(rulings)
        self._apart = _parted(rulings)
        self._settled = Settled()
        self._gathering = Gathering()
        self._known: dict[str, int] = {}
        self._held: dict[str, Reading] = {}
        self._source: Mapping[str, Reading] = self._held if source is None else source
        self._open: OrderedDict[str, tuple[Reading, dict[str, Tale]]] = OrderedDict()
        self._outlets: defaultdict[str, int] = defaultdict(int)
        self._prints: dict[int, list[int]] | None = None
        self._firsts: Mapping[int, int] = {}
        self._listed: frozenset[str] | None = None
        self._made: dict[str, Incident] = {}

    @property
    def overruled(self) -> tuple[Ruling, ...]:
        """The decisions that a later one contradicts."""
        return self._settled.overruled

    def add(self, readings: Iterable[Reading]) -> None:
        """Link more readings; one that is known already counts once. ValueError where its id has another text."""
        cards: list[Card] = []
        for reading in readings:
            name, at = reading.document.id, len(self._gathering.cards) + len(cards)
            number = self._known.setdefault(name, at)
            if number == at:
                cards.append(card_of(reading, self._apart.get(name, ())))
                self._outlets[cards[-1].outlet] += 1
                self._listed = None
                if self._source is self._held:
                    self._held[name] = reading
            elif self._sha256(number, cards) != reading.document.sha256:
                raise ValueError(f"{name}: another text has this id already")
        self._gathering.add(cards)
        self._prints = None
        self._rule()

    def drop(self, documents: Iterable[str]) -> None:
        """Take documents out again, by id; those not known are passed over."""
        numbers = [self._known.pop(name) for name in documents if name in self._known]
        for number in numbers:
            card = self._gathering.card(number)
            self._outlets[card.outlet] -= 1
            self._listed = None
            self._held.pop(card.document, None)
            self._open.pop(card.document, None)
        self._gathering.drop(numbers)
        self._prints = None
        self._rule()

    def read_from(self, source: Mapping[str, Reading]) -> None:
        """From now on ask this for the readings of incidents, by document id."""
        self._source = source
        self._open.clear()

    def groups(self) -> tuple[Group, ...]:
        """The incidents as far as they can be told without a reading, in no order that matters."""
        made = []
        for group in self._gathering.groups():
            strands = [self._gathering.strand(n) for n in group]
            if founds(strands):
                made.append(self._group(group, strands))
        return tuple(made)

    def incident(self, group: Group, rule: str = "ucdp") -> Incident:
        """The record of one incident. KeyError where no rule has that name."""
        return merged(self._told(group), count_rules()[rule])

    def incidents(self, rule: str = "ucdp") -> tuple[Incident, ...]:
        """The incidents: those of most documents first, force before words and paper.

        KeyError where no rule has that name. Those whose tellings and sources are as they were are not made anew.
        """
        kept: dict[str, Incident] = {}
        for group in self.groups():
            key = f"{rule} {group.basis}"
            kept[key] = self._made.get(key) or self.incident(group, rule)
        self._made = kept
        return tuple(sorted(kept.values(), key=incident_order))

    # Kept and brought back ----------------------------------------------------------------------------

    def changed(self) -> tuple[Kept, ...]:
        """What is to be kept of the documents that changed since this was last asked."""
        self._gathering.settle()
        numbers, self._gathering.changed = sorted(self._gathering.changed), set()
        return tuple(self._keep(n) for n in numbers if self._gathering.cards[n] is not None)

    @classmethod
    def brought_back(
        cls, kept: Sequence[Kept], before: Sequence[Ruling], source: Mapping[str, Reading] | None = None
    ) -> Linkage:
        """The state that was kept, under the decisions of that time. ValueError where it cannot be read."""
        state = cls(before, source)
        for each in sorted(kept, key=lambda each: each.number):
            while len(state._gathering.cards) < each.number:
                state._gathering.bring_back(None)
            card = read(each.card)
            state._known[card.document] = each.number
            state._outlets[card.outlet] += 1
            state._gathering.bring_back(card)
        for each in kept:
            state._gathering.tie_back(each.number, each.ties, each.homes, each.copies)
        state._settled = settled(state._rulings, state._strand)
        state._gathering.ready(state._settled)
        return state

    @classmethod
    def gathered(
        cls,
        cards: Sequence[Card],
        groups: Iterable[Sequence[tuple[int, int]]],
        copies: Iterable[tuple[int, int]],
        outlets: Iterable[str],
        source: Mapping[str, Reading],
    ) -> Linkage:
        """The state of documents that are linked already, for their incidents alone: see ``partitions``."""
        state = cls(source=source)
        state._known = {card.document: number for number, card in enumerate(cards)}
        state._outlets.update(dict.fromkeys(outlets, 1))
        state._gathering.laid(cards, groups, copies)
        return state

    def rule(self, rulings: Sequence[Ruling]) -> None:
        """Put decisions in the place of the earlier ones; what they touch is linked anew."""
        if tuple(rulings) == self._rulings:
            return
        before, self._rulings = self._apart, tuple(rulings)
        self._apart = _parted(rulings)
        parted = [
            name for name in {*before, *self._apart} & set(self._known) if before.get(name) != self._apart.get(name)
        ]
        readings = [self._source[name] for name in parted]
        self.drop(parted)
        self.add(readings)

    # Parts ---------------------------------------------------------------------------------------------

    def _keep(self, number: int) -> Kept:
        gathering = self._gathering
        card = gathering.card(number)
        ties, homes = tuple(gathering.ties(number)), tuple(gathering.homes(number))
        return Kept(number, card.document, written(card), ties, homes, tuple(gathering.copies_of(number)))

    def _rule(self) -> None:
        if self._rulings or self._settled != Settled():
            self._settled = settled(self._rulings, self._strand)
            self._gathering.rule(self._settled)

    def _strand(self, mention: Mention) -> int | None:
        number = self._known.get(mention[0])
        if number is None:
            return None
        told = self._gathering.card(number).told()
        at = next((n for n, strand in enumerate(told) if mention[1] in strand.events), None)
        return None if at is None else self._gathering.strands(number)[at]

    def _group(self, group: Sequence[int], strands: Sequence[Strand]) -> Group:
        owners = [self._gathering.owner(n) for n in group]
        numbers = sorted({n for owner in owners for n in self._copies(owner)}, key=self._name)
        cards = [self._gathering.card(n) for n in numbers]
        tellings = [
            (self._gathering.card(owner).document, event)
            for owner, strand in zip(owners, strands, strict=True)
            for event in strand.events
        ]
        heard = sorted({voice for card in cards for voice in card.voices if voice and self._outlets.get(voice)})
        basis = content_id("b", *(f"{a} {b}" for a, b in sorted(tellings)), *(c.name for c in cards), *heard)
        return Group(basis, tuple(tellings), tuple(numbers))

    def _sha256(self, number: int, fresh: Sequence[Card]) -> str:
        at = number - len(self._gathering.cards)
        return (fresh[at] if at >= 0 else self._gathering.card(number)).sha256

    def _name(self, number: int) -> tuple[str, str]:
        return self._gathering.card(number).name

    def _told(self, group: Group) -> tuple[Told, ...]:
        place = {number: n for n, number in enumerate(group.copies)}
        cards = [self._gathering.card(number) for number in group.copies]
        readings = [self._opened(card)[0] for card in cards]
        heard = speakers_of(readings, [place[self._first(number)] for number in group.copies], self._papers())
        tales = []
        for document, event in group.tellings:
            number = self._known[document]
            tale = self._opened(self._gathering.card(number))[1][event]
            tales.append((place[number], tale))
        rows = [dataclasses.replace(tale, reading=n) for n, tale in tales]
        rows.sort(key=lambda tale: (tale.reading, tale.event.trigger, tale.event.id))
        return told_of(rows, readings, heard)

    def _papers(self) -> frozenset[str]:
        """The names of all outlets."""
        if self._listed is None:
            self._listed = frozenset(name for name, count in self._outlets.items() if name and count)
        return self._listed

    def _first(self, number: int) -> int:
        """The original of a document's text."""
        self._copies(number)
        return self._firsts.get(number, number)

    def _copies(self, number: int) -> Sequence[int]:
        """A document and the copies of its text."""
        if self._prints is None:
            self._firsts = originals(self._gathering.copies(), lambda n: self._gathering.card(n).order)
            self._prints = defaultdict(list)
            for each, first in self._firsts.items():
                self._prints[first].append(each)
        return self._prints.get(self._firsts.get(number, number), (number,))

    def _opened(self, card: Card) -> tuple[Reading, dict[str, Tale]]:
        found = self._open.get(card.document)
        if found is None:
            reading = self._source[card.document]
            found = reading, {tale.event.id: tale for tale in tales_of(reading, 0, families())}
            self._open[card.document] = found
            if len(self._open) > _HELD:
                self._open.popitem(last=False)
        return found


def founds(strands: Sequence[Strand]) -> bool:
    """Whether someone says that it happened, and it is more than an unplaced, undated piece of history."""
    if not any(strand.founds for strand in strands):
        return False
    return any(not strand.background or strand.first is not None or strand.places for strand in strands)


def _parted(rulings: Sequence[Ruling]) -> dict[str, list[tuple[str, str]]]:
    """By document, the pairs of its events that are not one happening."""
    found: dict[str, list[tuple[str, str]]] = {}
    for ruling in rulings:
        if not ruling.same and ruling.left[0] == ruling.right[0]:
            found.setdefault(ruling.left[0], []).append((ruling.left[1], ruling.right[1]))
    return found
