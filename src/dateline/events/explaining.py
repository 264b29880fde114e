"""Why an event says what it says: the questions that made it are asked once more, and the answers told in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.core import Attribution, Explanation, Reading, Reason
from dateline.core.event import UNTYPED
from dateline.events.asked import Asked
from dateline.events.fillers import Fillers
from dateline.events.status import StatusJudge
from dateline.events.triggers import Trigger
from dateline.knowledge.lexicon import Lexicon, Need, lexicon
from dateline.knowledge.ontology import ontology
from dateline.language import Parse, Sentence
from dateline.language.phrases import meant
from dateline.language.signals import Signals

if TYPE_CHECKING:
    from dateline.events.step import Events

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
        """One explanation an event, in their order.

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
        taken = frozenset(e.trigger.start for e in reading.events if (e.trigger, e.type) in known)
        for s, t in self._events.untold(parse, reading.passages, taken, facts):
            known[s[t.trigger.i].span, t.trigger.predicate.type] = (s, t)
        heard = [e for e in reading.events if e.police and (e.trigger, e.type) not in known]
        for sentence in filter(None, (parse.at(event.trigger.start) for event in heard)):
            for t in self._events.act(sentence, facts.fillers):
                known[sentence[t.trigger.i].span, t.trigger.predicate.type] = (sentence, t)
        found = []
        for event in reading.events:
            if (event.trigger, event.type) in known:
                sentence, telling = known[event.trigger, event.type]
                asked = Asked(reading, facts, parse, ruled, event, sentence, telling)
                reasons = tuple(self._reasons(asked))
                found.append(Explanation(reading.document.id, event.id, event.type, event.trigger, reasons))
        return tuple(found)

    def _reasons(self, asked: Asked) -> Iterator[Reason]:
        yield from self._of_word(asked)
        yield from asked.arguments()
        yield from asked.counts()
        yield asked.place()
        yield asked.time()
        yield from self._of_status(asked)
        yield asked.voice()
        yield asked.background()

    def _of_word(self, asked: Asked) -> Iterator[Reason]:
        """Trigger, type, mode and what other schemes call it."""
        event, telling = asked.event, asked.telling
        trigger = telling.trigger
        row = trigger.predicate
        word = event.trigger.of(asked.text)
        if not row.lemma:
            verb = "a verb" if asked.sentence[trigger.i].pos == "VERB" else "a word for an event"
            if event.police:
                because = f"{verb}; the sentence is heard as telling what the police did ({', '.join(event.police)})"
                yield Reason("trigger", word, "encoder", because, None, event.trigger)
            else:
                yield Reason("trigger", word, "rule", f"{verb}, and every event was asked for", None, event.trigger)
            yield Reason("type", event.type, "rule", "no row of the lexicon holds for it")
            yield Reason("mode", None, "rule", "an event of no coded type has none")
            return
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
        entry = self._ontology.entry(event.type, event.mode) if event.type != UNTYPED else None
        for name, value in (("acled", event.acled), ("muc4", event.muc4)):
            sharper = next((w.predicate for w in telling.words if value and getattr(w.predicate, name) == value), None)
            if sharper is not None:
                yield Reason(name, value, "lexicon", f"the row's note says {name}={value}", sharper.line)
            elif value and entry:
                yield Reason(name, value, "ontology", "the crosswalk of its type and mode", entry.line)

    def _of_status(self, asked: Asked) -> Iterator[Reason]:
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
