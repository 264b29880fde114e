"""Where and when: the place and the time that an event's own words tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.core import Entity, EventPlace, EventTime, Hearing, Mention, Place, Span, Timex, Toponym
from dateline.events.place import Places
from dateline.events.time import dated
from dateline.events.triggers import Trigger
from dateline.language import Sentence
from dateline.language.signals import NOTHING, Signals


class Scene:
    """The places and time expressions of a document, asked event by event."""

    def __init__(
        self,
        timexes: Iterable[Timex],
        toponyms: Iterable[Toponym],
        places: Iterable[Place],
        mentions: Iterable[Mention],
        entities: Iterable[Entity],
        hearing: Hearing,
        cues: Iterable[Span],
        told: Iterable[tuple[Sentence, Trigger]],
        weights: dict[str, float],
        signals: Signals = NOTHING,
    ) -> None:
        self._timexes = sorted(timexes, key=lambda t: t.span)
        self._hearing = hearing
        self._cues = frozenset(cue.start for cue in cues)
        triggers: dict[Span, set[int]] = {}
        for sentence, trigger in told:
            triggers.setdefault(sentence.span, set()).add(trigger.i)
        whole = {span: frozenset(numbers) for span, numbers in triggers.items()}
        self._places = Places(
            toponyms, places, self._timexes, mentions, entities, hearing, self._cues, whole, weights, signals
        )

    def is_cue(self, span: Span) -> bool:
        """Whether the words are the cue of an attribution."""
        return span.start in self._cues

    def place(self, sentence: Sentence, words: Sequence[Trigger]) -> EventPlace | None:
        """The place that the sentence tells of an event, given by its trigger and outcomes."""
        chosen = self._places.of(sentence, words)
        if chosen is None:
            return None
        return EventPlace(chosen.place.id if chosen.place else None, chosen.words)

    def why(self, sentence: Sentence, words: Sequence[Trigger]) -> str:
        """What chose the place that :meth:`place` gives, or why it gives none, in words."""
        return self._places.why(sentence, words)

    def time(self, sentence: Sentence, words: Sequence[Trigger]) -> EventTime | None:
        """The time that the sentence tells of an event, given by its trigger and outcomes."""
        for trigger in words:
            timex = dated(sentence, trigger, self._timexes, self._hearing, self._cues)
            if timex is not None:
                return EventTime(timex.earliest, timex.latest, timex.precision, timex.id)
        return None
