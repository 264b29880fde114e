"""What one event was made of, and the reasons for its arguments, counts, place, time, voice and background."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from dateline.core import (
    Argument,
    Attribution,
    Count,
    Entity,
    Event,
    Mention,
    Place,
    Reading,
    Reason,
    Span,
    Timex,
)
from dateline.events.background import background_reason
from dateline.events.parties_heard import HEAD
from dateline.events.tellings import Telling
from dateline.events.triggers import Trigger
from dateline.knowledge.cues import cue_adjectives, cue_nouns, cue_verbs
from dateline.knowledge.lexicon import Frame
from dateline.language import Parse, Sentence

if TYPE_CHECKING:
    from dateline.events.step import Facts

_PLAIN = Frame("", actor=("subj",), recipient=("obj",))
_ELSEWHERE = {
    "same happening": "its own words tell none; another telling of the happening does, and no telling differs",
    "scene": "no telling gives one; it is the place that the report of this main event names most",
}


class Asked:
    """One event with all that it was made of."""

    def __init__(
        self,
        reading: Reading,
        facts: Facts,
        parse: Parse,
        ruled: tuple[Attribution, ...] | None,
        event: Event,
        sentence: Sentence,
        telling: Telling,
    ) -> None:
        self.reading, self.facts, self.parse, self.event = reading, facts, parse, event
        self.ruled = ruled
        self.sentence, self.telling = sentence, telling
        self.text = reading.document.text
        self._mentions: Mapping[str, Mention] = {m.id: m for m in reading.mentions}
        self._entities: Mapping[str, Entity] = {e.id: e for e in reading.entities}
        self._places: Mapping[str, Place] = {p.id: p for p in reading.places}
        self._timexes: Mapping[str, Timex] = {t.id: t for t in reading.timexes}

    def word(self, trigger: Trigger) -> str:
        """The word that a trigger stands on."""
        return self.sentence[trigger.i].text

    def arguments(self) -> Iterator[Reason]:
        """Who fills which role, and by which slot or rule."""
        for argument in self.event.arguments:
            mention = self._mentions[argument.mention]
            by, because, row = self._filled(argument)
            if argument.confidence:
                because += f"; it is {argument.confidence} (MUC-4's tree of confidence)"
            value = f"{argument.role}: {mention.span.of(self.text)}"
            entity = self._entities.get(mention.entity or "")
            value += f" = {entity.name} ({entity.actor} of the registry)" if entity and entity.actor else ""
            yield Reason("argument", value, by, because, row, mention.span)

    def _filled(self, argument: Argument) -> tuple[str, str, str | None]:
        """Which slot of which frame put a mention into its role, or which rule."""
        fillers, sentence = self.facts.fillers, self.sentence
        numbers = [i for role, i in self.telling.arguments if role == argument.role and self._is(i, argument)]
        if not numbers and self.facts.signals.hears(HEAD):
            return "encoder", "heard as one of the two sides of the act", None
        for word in self.telling.words:
            frame = word.predicate.frame or _PLAIN
            for role in (argument.role, "target") if argument.role == "victim" else (argument.role,):
                for slot in frame.slots(role):
                    if any(i in word.slots[slot] for i in numbers):
                        people = "; a target that is people is a victim" if role != argument.role else ""
                        told = f"it stands in {slot} of “{self.word(word)}”{people}"
                        return (f"frame {frame.name}" if frame.name else "rule"), told, frame.line or None
        for _, k in self.telling.arguments:
            if set(numbers) & set(fillers.owners(sentence, k)):
                return "rule", f"“{sentence[k].text}” is said to be theirs", None
        return "rule", "handed on by a stated link: the deed it is part of, what it is about, or where it is done", None

    def _is(self, i: int, argument: Argument) -> bool:
        return any(m.id == argument.mention for m in self.facts.fillers.all_told(self.sentence, i, argument.role))

    def counts(self) -> Iterator[Reason]:
        """How many, and whose phrase says so."""
        for count in self.event.counts:
            by, because, row = self._counted(count)
            high = "open" if count.high is None else str(count.high)
            value = f"{count.what}: {count.low} to {high}"
            words = f"“{count.span.of(self.text)}” is read as low {count.low}, best {count.best}, high {high}"
            yield Reason("count", value, by, f"{because}; {words}", row, count.span)

    def _counted(self, count: Count) -> tuple[str, str, str | None]:
        for word in self.telling.words:
            for feed in word.predicate.counts:
                if feed.what == count.what:
                    told = f"the row of “{self.word(word)}” counts {feed.what} in the {feed.role}'s phrase"
                    return "lexicon", told, word.predicate.line
        return "rule", "people who act are counted as participants", None

    def place(self) -> Reason:
        """Where, by which words or which earlier event."""
        place, around, words = self.event.place, self.facts.around, self.telling.words
        own = around.place(self.sentence, words)
        by, _, because = around.why(self.sentence, words).partition(": ")
        if place is None:
            return Reason("place", None, by, because)
        known = self._places.get(place.place or "")
        value = f"{known.name} ({known.country}, {known.kind})" if known else None
        if place.by != "told":
            return Reason("place", value, place.by, _ELSEWHERE[place.by], None, place.span)
        if own is None:
            source = self._source(lambda other: other.place == place)
            return Reason("place", value, "scene", f"its sentence tells none; {source}", None, place.span)
        return Reason("place", value, by, because, None, place.span)

    def time(self) -> Reason:
        """When, by which date or which default."""
        time = self.event.time
        told = self.facts.around.time(self.sentence, self.telling.words)
        if time is None:
            told_so = self.event.status in ("asserted", "denied", "attempted")
            why = (
                "its passage and the document have none either" if told_so else f"what is {self.event.status} has none"
            )
            return Reason("time", None, "rule", f"no date stands with it, and {why}")
        value = f"{time.earliest or '…'} to {time.latest or '…'} ({time.precision})"
        timex = self._timexes.get(time.timex or "")
        if timex is not None and time.by != "told":
            return Reason("time", value, time.by, _ELSEWHERE[time.by], None, timex.span)
        if timex is not None and told is not None:
            because = f"the nearest date in the parse, read as {timex.value}"
            return Reason("time", value, "rule", because, None, timex.span)
        if timex is not None:
            source = self._source(lambda other: other.time == time)
            return Reason("time", value, "scene", f"its sentence tells no date; {source}", None, timex.span)
        if time.earliest is None:
            return Reason("time", value, "rule", "no date stands with it: it was no later than its telling")
        return Reason("time", value, "rule", "told as new without a date: the day of its telling or the day before")

    def _source(self, same: Callable[[Event], bool]) -> str:
        """The earlier event that set the scene."""
        earlier = [e for e in self.reading.events if e.trigger < self.event.trigger and e.type == self.event.type]
        first = next((e for e in earlier if same(e)), None)
        words = f"“{first.trigger.of(self.text)}” ({first.id})" if first else "an earlier event"
        return f"{words} set the scene"

    def voice(self) -> Reason:
        """Who says it, and what makes it his."""
        voices = {voice.id: voice for voice in self.reading.voices}
        voice = voices.get(self.event.voice)
        value = " ← ".join(voices[v].name for v in voice.chain if v in voices) if voice else None
        told = next((a for a in self.reading.attributions if a.id == self.event.attribution), None)
        if told is None:
            passage = self.facts.hearing.passage(self.event.trigger)
            return Reason(
                "voice", value, "passage", f"no attribution holds it; its {passage.role if passage else ''} speaks"
            )
        words, row = f"the innermost attribution that holds it ({told.id}, {told.directness})", None
        if told.cue is not None:
            words += f", by its cue “{told.cue.of(self.text)}”"
            row = self._cue_row(told.cue)
        if told.source is not None:
            words += f" and its source “{told.source.of(self.text)}”"
        by = "attribution cue" if row else "attribution"
        if self.ruled is not None:
            alike = (each for each in self.ruled if (each.cue, each.source) == (told.cue, told.source))
            found = any(part.holds(self.event.trigger) for each in alike for part in each.content)
            words += "; rules alone find it" if found else "; heard by the encoder, rules alone do not find it so"
        return Reason("voice", value, by, words, row, told.cue or told.source)

    def _cue_row(self, cue: Span) -> str | None:
        sentence = self.parse.at(cue.start)
        for token in sentence.tokens_in(cue) if sentence else ():
            table = {"NOUN": cue_nouns, "ADJ": cue_adjectives}.get(token.pos, cue_verbs)()
            if token.lemma in table:
                return table[token.lemma].line
        return None

    def background(self) -> Reason:
        """Whether it is history or context, and why."""
        event, trigger = self.event, self.telling.trigger
        passage = self.facts.hearing.passage(event.trigger)
        own = self.facts.around.time(self.sentence, self.telling.words)
        why = background_reason(self.reading.document, self.sentence, trigger, passage, own)
        return Reason("background", str(event.background).lower(), "rule", why or "nothing makes it history or context")
