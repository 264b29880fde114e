"""Which mentions fill the five roles of a document's MUC-4 templates, and in which template each stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.core import Event, Mention, Reading
from dateline.exports.muc4_fillers import Cast
from dateline.exports.muc4_signs import Signs
from dateline.knowledge.folding import fold
from dateline.knowledge.muc4_weights import likelihood

CHOSEN = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_LIKELY = {"PerpInd": 0.095, "PerpOrg": 0.16, "Target": 0.135, "Victim": 0.135, "Weapon": 0.135}
_LINKED = {"PerpInd": 0.08, "PerpOrg": 0.1, "Target": 0.1, "Victim": 0.1, "Weapon": 0.08}
_FAR = 1 << 30


@dataclass(frozen=True, slots=True)
class Filler:
    """A mention with the words to write it, how likely it fills a role, and the numbers of its templates."""

    mention: Mention
    words: str
    likely: float
    drafts: frozenset[int]


class Choice:
    """Chooses fillers: those that events' arguments give, and others that read like fillers of a role."""

    __slots__ = ("_cast", "_mentions", "_signs")

    def __init__(self, reading: Reading, cast: Cast, signs: Signs) -> None:
        self._cast, self._signs = cast, signs
        self._mentions = reading.mentions

    def fillers(self, drafts: Sequence[Sequence[Event]]) -> list[dict[str, list[list[str]]]]:
        """By template the fillers of each role: each the list of its mention strings, the best first."""
        found: list[dict[str, list[list[str]]]] = [{role: [] for role in CHOSEN} for _ in drafts]
        if not drafts:
            return found
        linked = self._linked(drafts)
        likely: dict[str, list[Filler]] = {role: [] for role in CHOSEN}
        for mention in self._mentions:
            forms = list(self._signs.of_mention(mention))
            for role in CHOSEN if forms else ():
                odds, words = max(((likelihood(role, told), words) for told, words in forms), key=lambda pair: pair[0])
                homes = linked.get((role, mention.id), frozenset())
                if odds >= (_LINKED if homes else _LIKELY)[role]:
                    likely[role].append(Filler(mention, words, odds, homes))
        for role, fillers in likely.items():
            for group in _groups(fillers):
                names = self._words(group)
                for k in self._homes(group, drafts):
                    found[k][role].append(names)
        return found

    def _linked(self, drafts: Sequence[Sequence[Event]]) -> dict[tuple[str, str], frozenset[int]]:
        """The templates whose events' arguments give a mention for a role."""
        found: dict[tuple[str, str], frozenset[int]] = {}
        for k, events in enumerate(drafts):
            for event in events:
                for argument in event.arguments:
                    for role, mention in self._cast.slots(argument):
                        key = (role, mention.id)
                        found[key] = found.get(key, frozenset()) | {k}
        return found

    def _homes(self, group: Sequence[Filler], drafts: Sequence[Sequence[Event]]) -> Iterator[int]:
        """The templates of a filler: those whose arguments give it, else the one that is told nearest to it."""
        homes = frozenset[int]().union(*(filler.drafts for filler in group))
        if not homes:
            at = group[0].mention.span.start
            homes = frozenset({min(range(len(drafts)), key=lambda k: _distance(at, drafts[k]))})
        yield from sorted(homes)

    def _words(self, group: Sequence[Filler]) -> list[str]:
        """The likeliest words, then the other ways in which the text names it."""
        found: dict[str, str] = {}
        for filler in group:
            found.setdefault(fold(filler.words), filler.words)
        if group[0].mention.level == "name":
            for words in self._cast.words(group[0].mention):
                found.setdefault(fold(words), words)
        return list(found.values())


def _groups(fillers: Sequence[Filler]) -> list[list[Filler]]:
    """Fillers that are one and the same, the likeliest first: one entity, overlapping words, or a part of the name."""
    groups: list[list[Filler]] = []
    for filler in sorted(fillers, key=lambda f: -f.likely):
        own = next((group for group in groups if any(_same(filler, other) for other in group)), None)
        if own is None:
            groups.append([filler])
        else:
            own.append(filler)
    return groups


def _same(one: Filler, two: Filler) -> bool:
    first, second = one.mention, two.mention
    if (first.entity and first.entity == second.entity) or first.span.overlaps(second.span):
        return True
    words, others = set(fold(one.words).split()), set(fold(two.words).split())
    return words <= others or others <= words


def _distance(at: int, events: Sequence[Event]) -> int:
    return min((abs(event.trigger.start - at) for event in events), default=_FAR)
