"""Why an event says what it says: the questions that made it are asked once more, and the answers told in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from dateline.core import (
    Argument,
    Attribution,
    Count,
    Entity,
    Event,
    Explanation,
    Mention,
    Place,
    Reading,
    Reason,
    Span,
    Timex,
)
from dateline.events.background import background_reason
from dateline.events.fillers import Fillers
from dateline.events.status import StatusJudge
from dateline.events.tellings import Telling
from dateline.events.triggers import Trigger
from dateline.knowledge.cues import cue_adjectives, cue_nouns, cue_verbs
from dateline.knowledge.lexicon import Lexicon, Need, lexicon
from dateline.knowledge.ontology import ontology
from dateline.language import Parse, Sentence
from dateline.language.phrases import meant
from dateline.language.signals import Signals

if TYPE_CHECKING:
    from dateline.events.step import Events, Facts

_PARTS = {"v": "verb", "n": "noun", "a": "adjective"}


class Explaining:
    """Explains the events of a reading by the functions that made them; nothing is kept while reading for it."""

    def __init__(self, events: Events, judge: StatusJudge) -> None:
        self._events = events
        self._judge = judge
        self._lexicon = lexicon()
        self._ontology = ontology()

    def __call__(
        self, reading: Reading, parse: Parse, signals: Signals, ruled: tuple[Attribution, ...] | None = None
    ) -> tuple[Explanation, ...]:
        """One explanation an event, in their order; an event of no coded type has none.

        ``ruled``: the attributions that rules alone find; None where that is not known.
        """
        facts, told = self._events.opened(
            reading.document,
            parse,
            reading.passages,
            reading.attributions,
            reading.timexes,
            reading.toponyms,
            reading.places,
            reading.mentions,
            reading.entities,
            reading.voices,
            signals,
        )
        known = {(s[t.trigger.i].span, t.trigger.predicate.type): (s, t) for s, t in told}
        found = []
        for event in reading.events:
            if (event.trigger, event.type) in known:
                sentence, telling = known[event.trigger, event.type]
                asked = _Asked(reading, facts, parse, ruled, event, sentence, telling)
                reasons = tuple(self._reasons(asked))
                found.append(Explanation(reading.document.id, event.id, event.type, event.trigger, reasons))
        return tuple(found)

    def _reasons(self, asked: _Asked) -> Iterator[Reason]:
        yield from self._of_word(asked)
        yield from asked.arguments()
        yield from asked.counts()
        yield asked.place()
        yield asked.time()
        yield from self._of_status(asked)
        yield asked.voice()
        yield asked.background()

    def _of_word(self, asked: _Asked) -> Iterator[Reason]:
        """Trigger, type, mode and what other schemes call it."""
        event, telling = asked.event, asked.telling
        trigger = telling.trigger
        row = trigger.predicate
        word = event.trigger.of(asked.text)
        told = _conditions(asked.sentence, trigger, asked.facts.fillers)
        because = f"{_which(self._lexicon, trigger)} of “{row.lemma}” ({_PARTS[row.pos]}) {told}"
        yield Reason("trigger", word, "lexicon", because, row.line, event.trigger)
        yield Reason("type", event.type, "lexicon", "the row names it", row.line)
        first = next((w for w in telling.words if w.predicate.mode and w.predicate.mode == event.mode), None)
        if first is not None:
            because = "the row names it" if first is trigger else f"from its outcome “{asked.word(first)}”"
            yield Reason("mode", event.mode, "lexicon", because, first.predicate.line)
        else:
            yield Reason("mode", event.mode, "lexicon", "no row of its words names a mode")
        entry = self._ontology.entry(event.type, event.mode)
        for name, value in (("acled", event.acled), ("muc4", event.muc4)):
            sharper = next((w.predicate for w in telling.words if value and getattr(w.predicate, name) == value), None)
            if sharper is not None:
                yield Reason(name, value, "lexicon", f"the row's note says {name}={value}", sharper.line)
            elif value:
                yield Reason(name, value, "ontology", "the crosswalk of its type and mode", entry.line)

    def _of_status(self, asked: _Asked) -> Iterator[Reason]:
        event, sentence, trigger = asked.event, asked.sentence, asked.telling.trigger
        opinion = asked.facts.signals.value("factuality", event.trigger)
        plain, sign = self._judge(sentence, trigger), self._judge.decided(sentence, trigger)
        heard = "" if opinion is None else f"; the encoder hears {opinion:+.1f} on a scale from -3 to 3"
        span = event.status_cue
        for name, value, before in (
            ("status", event.status, plain.status),
            ("certainty", event.certainty, plain.certainty),
        ):
            if value != before:
                yield Reason(name, value, "encoder", f"no cue speaks{heard}")
            elif span is None:
                yield Reason(name, value, "rule", f"no cue speaks against the plain assertion{heard}")
            elif sign.cue is not None:
                told = f"“{span.of(asked.text)}” is a cue ({sign.cue.kind}: {sign.cue.cue})"
                gave = getattr(sign.cue, name)
                turn = f", turned from {gave} by what governs it" if gave and gave != value else ""
                yield Reason(name, value, "status cue", told + turn, sign.cue.line, span)
            elif trigger.predicate.status:
                yield Reason(name, value, "lexicon", "the word itself says so", trigger.predicate.line, span)
            else:
                why = "it is asked" if span.of(asked.text) == "?" else f"“{span.of(asked.text)}” says so"
                yield Reason(name, value, "rule", why, None, span)


class _Asked:
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
        return self.sentence[trigger.i].text

    def arguments(self) -> Iterator[Reason]:
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
        for word in self.telling.words:
            frame = word.predicate.frame
            for role in (argument.role, "target") if argument.role == "victim" and frame else (argument.role,):
                for slot in frame.slots(role) if frame else ():
                    if frame and any(i in word.slots[slot] for i in numbers):
                        people = "; a target that is people is a victim" if role != argument.role else ""
                        told = f"it stands in {slot} of “{self.word(word)}”{people}"
                        return f"frame {frame.name}", told, frame.line or None
        for _, k in self.telling.arguments:
            if set(numbers) & set(fillers.owners(sentence, k)):
                return "rule", f"“{sentence[k].text}” is said to be theirs", None
        return "rule", "handed on from the deed that this one is part of", None

    def _is(self, i: int, argument: Argument) -> bool:
        mention = self.facts.fillers.at(self.sentence, i)
        return mention is not None and mention.id == argument.mention

    def counts(self) -> Iterator[Reason]:
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
        place, around, words = self.event.place, self.facts.around, self.telling.words
        own = around.place(self.sentence, words)
        by, _, because = around.why(self.sentence, words).partition(": ")
        if place is None:
            return Reason("place", None, by, because)
        known = self._places.get(place.place or "")
        value = f"{known.name} ({known.country}, {known.kind})" if known else None
        if own is None:
            source = self._source(lambda other: other.place == place)
            return Reason("place", value, "scene", f"its sentence tells none; {source}", None, place.span)
        return Reason("place", value, by, because, None, place.span)

    def time(self) -> Reason:
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
        event, trigger = self.event, self.telling.trigger
        passage = self.facts.hearing.passage(event.trigger)
        own = self.facts.around.time(self.sentence, self.telling.words)
        why = background_reason(self.reading.document, self.sentence, trigger, passage, own)
        return Reason("background", str(event.background).lower(), "rule", why or "nothing makes it history or context")


def _which(lexicon: Lexicon, trigger: Trigger) -> str:
    """Which of the rows of a word it was."""
    row = trigger.predicate
    rows = lexicon.of(row.lemma, row.pos)
    if row not in rows or len(rows) == 1:
        return "the row"
    return f"row {rows.index(row) + 1} of {len(rows)}, the first that holds,"


def _conditions(sentence: Sentence, trigger: Trigger, fillers: Fillers) -> str:
    needs = [_condition(sentence, trigger, need, fillers) for need in trigger.predicate.needs]
    return f"holds: {'; '.join(needs)}" if needs else "asks for no condition"


def _condition(sentence: Sentence, trigger: Trigger, need: Need, fillers: Fillers) -> str:
    """A condition that holds, with the words that make it hold."""
    if need.test == "light":
        light = trigger.slots.light
        return f"carried by the light verb “{sentence[light.verb].text}”" if light else "carried by a light verb"
    if need.test == "passive":
        return "the verb is passive"
    if need.test == "no":
        return f"no {need.slot}"
    words = []
    for k in trigger.slots[need.slot]:
        head = meant(sentence, k)
        if need.test == "lemma" and not {sentence[k].lemma, sentence[head].lemma} & need.values:
            continue
        if need.test == "kind" and not any(fillers.is_kind(sentence, head, kind) for kind in need.values):
            continue
        words.append(f"“{sentence[head].text}”")
    kind = f" is {' or '.join(sorted(need.values))}" if need.test == "kind" else ""
    return f"{need.slot} {', '.join(words[:3])}{kind}"
