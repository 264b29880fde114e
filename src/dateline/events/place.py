"""Where an event happened: a choice, by learned weights, among the names of its sentence and "not told"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dateline.core import Hearing, Mention, Place, Span, Timex, Toponym
from dateline.events.candidates import Candidate, Names
from dateline.events.place_features import Asking, Query, Scenery, score
from dateline.events.place_rules import nearest
from dateline.events.time import audible
from dateline.events.triggers import Trigger
from dateline.language import Sentence


class Places:
    """Answers, event by event, which name of the sentence says where it happened.

    ``weights`` None: the rules choose.
    """

    def __init__(
        self,
        toponyms: Iterable[Toponym],
        places: Iterable[Place],
        timexes: Iterable[Timex],
        mentions: Iterable[Mention],
        hearing: Hearing,
        cues: frozenset[int],
        triggers: Mapping[Span, frozenset[int]],
        weights: Mapping[str, float] | None,
    ) -> None:
        self._names = Names(toponyms, {place.id: place for place in places}, timexes, mentions)
        self._hearing = hearing
        self._cues = cues
        self._triggers = triggers
        self._weights = weights
        self._known: dict[Span, Scenery] = {}

    def of(self, sentence: Sentence, words: Sequence[Trigger]) -> Candidate | None:
        """The name that tells where an event happened, None where the sentence does not say.

        ``words``: the event's trigger and its outcomes ("the blast killed nine"), of which any may be placed.
        """
        scenery = self._scenery(sentence)
        if not scenery.candidates:
            return None
        if self._weights is None:
            return next((c for t in words if (c := self._by_rules(scenery, t))), None)
        return next((c for t in words if (c := self._best(scenery, t, self._weights))), None)

    def _scenery(self, sentence: Sentence) -> Scenery:
        known = self._known.get(sentence.span)
        if known is None:
            known = Scenery(sentence, self._names.of(sentence), self._hearing)
            self._known[sentence.span] = known
        return known

    def _heard(self, scenery: Scenery, trigger: Trigger) -> list[int]:
        """The candidates that stand in the event's voice or in the one that reports that voice."""
        voice = self._hearing.attribution(scenery.sentence[trigger.i].span)
        return [n for n, other in enumerate(scenery.voices) if audible(other, voice)]

    def _by_rules(self, scenery: Scenery, trigger: Trigger) -> Candidate | None:
        heard = tuple(scenery.candidates[n] for n in self._heard(scenery, trigger))
        return nearest(scenery.sentence, trigger, heard, self._cues)

    def _best(self, scenery: Scenery, trigger: Trigger, weights: Mapping[str, float]) -> Candidate | None:
        light = trigger.slots.light.verb if trigger.slots.light else None
        others = self._triggers.get(scenery.sentence.span, frozenset()) - {trigger.i}
        asking = Asking(scenery, Query(trigger.i, light, others))
        best, found = score(asking.nowhere(), weights), None
        for n in self._heard(scenery, trigger):
            told = score(scenery.own[n], weights) + score(asking.of(n), weights)
            if told > best:
                best, found = told, scenery.candidates[n]
        return found
