"""Where an event happened: a choice, by learned weights, among the names of its sentence and "not told"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Entity, Hearing, Mention, Place, Span, Timex, Toponym
from dateline.events.candidates import Candidate, Names
from dateline.events.place_features import Asking, Query, Scenery, score
from dateline.events.place_heard import EVEN, fitting, heard_places
from dateline.events.place_rules import nearest
from dateline.events.time import audible
from dateline.events.triggers import Trigger
from dateline.knowledge.place_words import place_words
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence
from dateline.language.signals import NOTHING, Signals

_VERBAL = word_set("dealings")
_ROLES = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "poss", "attr"})
_SITES = frozenset({"facility", "area"})
_WIDE = frozenset({"country", "admin1", "admin2", "region"})
_SEATED = word_set("seated")
_SICKROOMS = word_set("sickroom")
_LONG_NAME = 4
_WEIGHT, _FARTHEST = 0.6, 6.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The words that tell where an event happened, and the place on the map that they name or lie in, where told."""

    words: Span
    place: Place | None


class Places:
    """Answers, event by event, which name of the sentence says where it happened.

    ``weights`` empty: the rules choose. ``signals``: what the encoder hears of an event's word and a name
    counts beside the weights.
    """

    def __init__(
        self,
        toponyms: Iterable[Toponym],
        places: Iterable[Place],
        timexes: Iterable[Timex],
        mentions: Iterable[Mention],
        entities: Iterable[Entity],
        hearing: Hearing,
        cues: frozenset[int],
        triggers: Mapping[Span, frozenset[int]],
        weights: dict[str, float],
        signals: Signals = NOTHING,
    ) -> None:
        self._names = Names(toponyms, places, timexes, mentions, entities)
        self._hearing = hearing
        self._cues = cues
        self._triggers = triggers
        self._weights = weights
        self._signals = signals
        self._known: dict[Span, Scenery] = {}
        self._scores: dict[Span, float] = {}

    def of(self, sentence: Sentence, words: Sequence[Trigger]) -> Chosen | None:
        """The name that tells where an event happened, None where the sentence does not say.

        ``words``: the event's trigger and its outcomes ("the blast killed nine"), of which any may be placed.
        """
        scenery = self._scenery(sentence)
        if not scenery.candidates and not self._signals:
            return None
        choose = self._best if self._weights else self._by_rules
        found = next((c for t in words if (c := choose(scenery, t))), None)
        return found or next((c for t in words if (c := _seat(scenery, t))), None)

    def why(self, sentence: Sentence, words: Sequence[Trigger]) -> str:
        """Who chose the name that :meth:`of` gives, and by how much, in words."""
        scenery = self._scenery(sentence)
        if not self._weights:
            return "rules: it is the nearest name in the parse behind a preposition of place"
        for trigger in words:
            chosen = self._best(scenery, trigger)
            if chosen is None:
                continue
            told = f"for “{sentence[trigger.i].text}”"
            for value, span in heard_places(sentence, sentence[trigger.i].span, self._signals) or ():
                if span.overlaps(chosen.words):
                    return f"encoder: {told} it is heard with {value:.1f} (even at {EVEN:.1f})"
            asking = self._asking(scenery, trigger)
            least = score(asking.nowhere(), self._weights)
            n = next((n for n, name in enumerate(scenery.candidates) if name.words == chosen.words), None)
            if n is not None:
                own = self._own(scenery, n) + score(asking.of(n), self._weights)
                heard = self._opinion(scenery, trigger, n)
                return f"weights: {told} it scores {own:.1f}, by the encoder {heard:+.1f}; “not told” has {least:.1f}"
        return "weights: no name of the sentence speaks louder than “not told”"

    def _scenery(self, sentence: Sentence) -> Scenery:
        known = self._known.get(sentence.span)
        if known is None:
            known = Scenery(sentence, self._names.of(sentence), self._hearing)
            self._known[sentence.span] = known
        return known

    def _heard(self, scenery: Scenery, trigger: Trigger) -> list[int]:
        """The candidates that stand in the event's voice or in the one that reports that voice."""
        voice = self._hearing.attribution(scenery.sentence[trigger.i].span)
        return [
            n
            for n, other in enumerate(scenery.voices)
            if audible(other, voice) and not scenery.candidates[n].governs  # "Washington said" places nothing
        ]

    def _by_rules(self, scenery: Scenery, trigger: Trigger) -> Chosen | None:
        heard = tuple(scenery.candidates[n] for n in self._heard(scenery, trigger))
        found = nearest(scenery.sentence, trigger, heard, self._cues)
        return Chosen(found.words, found.area or found.place) if found else None

    def _best(self, scenery: Scenery, trigger: Trigger) -> Chosen | None:
        word = scenery.sentence[trigger.i].span
        heard = heard_places(scenery.sentence, word, self._signals)
        allowed = [
            n
            for n in self._heard(scenery, trigger)
            if not _party(scenery, trigger, n)
            and not self._asking(scenery, trigger).elsewhere(n)
            and not (trigger.predicate.weak and in_hospital_name(scenery, scenery.candidates[n]))
        ]
        ranked = self._ranked(scenery, trigger, allowed)
        for _, span in heard or ():
            chosen = self._named(scenery, word, span, [scenery.candidates[n] for n in allowed], ranked)
            if chosen:
                return chosen
        if not ranked:
            return None
        best = _narrowed(scenery, ranked[0])
        return Chosen(best.words, locating(best, scenery, ranked))

    def _named(
        self, scenery: Scenery, word: Span, span: Span, allowed: list[Candidate], ranked: list[Candidate]
    ) -> Chosen | None:
        """A heard stretch as a place: by the names in it, or as bare words where no name covers it.

        Bare words lie in the place that else would have been chosen.
        """
        names = fitting(span, allowed)
        if names:
            best = _narrowed(scenery, names[0])
            return Chosen(best.words, locating(best, scenery, ranked))
        if fitting(span, list(scenery.candidates)):
            return None  # a party, or words of another voice
        if not audible(self._hearing.attribution(span), self._hearing.attribution(word)):
            return None
        return Chosen(span, next((place for name in ranked if (place := name.area or name.place)), None))

    def _asking(self, scenery: Scenery, trigger: Trigger) -> Asking:
        light = trigger.slots.light.verb if trigger.slots.light else None
        others = self._triggers.get(scenery.sentence.span, frozenset()) - {trigger.i}
        return Asking(scenery, Query(trigger.i, light, others))

    def _ranked(self, scenery: Scenery, trigger: Trigger, allowed: Sequence[int]) -> list[Candidate]:
        """The names that speak louder than "not told", the loudest first."""
        asking = self._asking(scenery, trigger)
        least = score(asking.nowhere(), self._weights)
        told = []
        for n in allowed:
            value = self._own(scenery, n) + score(asking.of(n), self._weights) + self._opinion(scenery, trigger, n)
            if value > least:
                told.append((-value, n))
        return [scenery.candidates[n] for _, n in sorted(told)]

    def _opinion(self, scenery: Scenery, trigger: Trigger, n: int) -> float:
        """What the encoder says for or against a name as the place of an event; 0 where it hears nothing."""
        word = scenery.sentence[trigger.i].span
        heard = self._signals.partner("where", word, scenery.candidates[n].span)
        return 0.0 if heard is None else _WEIGHT * max(-_FARTHEST, min(_FARTHEST, heard - EVEN))

    def _own(self, scenery: Scenery, n: int) -> float:
        """The part of a candidate's score that is the same for every event of the sentence."""
        span = scenery.candidates[n].span
        known = self._scores.get(span)
        if known is None:
            known = self._scores[span] = score(scenery.own(n), self._weights)
        return known


def locating(name: Candidate, scenery: Scenery, others: Sequence[Candidate]) -> Place | None:
    """The place of a name, or where the gazetteer lacks it, the one that the sentence says it lies in.

    That is the name inside it ("Ilagan City"), the one that hangs on it ("the embassy in Lima", "Tarsa, Homs"), the
    one that it hangs on ("Lima's Barranco"), else the best other answer (``others``, best first). A street does not
    lie in the town that it is called after ("Quincy Avenue").
    """
    street = _street(scenery, name)
    if not street and (name.area or name.place):
        return name.area or name.place
    inside = [c for c in scenery.candidates if not street and _within(c, name)]
    below = [c for c in scenery.candidates if c.place and name.head in c.chain[1:] and c.first > name.last]
    owners = [c for c in scenery.candidates if c.place and _owns(scenery.sentence, c, name)]
    usable = (c for c in (*inside, *below, *owners, *others) if c.place and not _street(scenery, c))
    found = next(usable, None)
    return found.place if found else None


def _narrowed(scenery: Scenery, name: Candidate) -> Candidate:
    """The town in front of the wide place that it lies in ("in Tarsa, Homs"), else the name itself."""
    for other in scenery.candidates if name.kind in _WIDE and name.place is not None else ():
        place = other.area or other.place
        if other.last + 2 == name.first and place is not None and place.kind not in _WIDE:
            comma = scenery.sentence[other.last + 1].text == ","
            return other if comma and name.place and place.country == name.place.country else name
    return name


def in_hospital_name(scenery: Scenery, name: Candidate) -> bool:
    """Whether a name is a hospital's: where the hurt were taken and died is not where it happened."""
    sentence = scenery.sentence
    k = name.last + 1
    while k < len(sentence) and k <= name.last + _LONG_NAME and sentence[k].text[:1].isupper():
        k += 1
    words = sentence.tokens[name.first : k]
    return any(t.lemma in _SICKROOMS for t in words) or any(sentence[i].lemma in _SICKROOMS for i in name.chain[1:2])


def _seat(scenery: Scenery, trigger: Trigger) -> Chosen | None:
    """Where a court sits that does something: "a Lima court sentenced him"."""
    sentence = scenery.sentence
    courts = [i for i in trigger.slots["subj"] if sentence[i].lemma in _SEATED] if trigger.slots.verbal else []
    for name in scenery.candidates:
        if name.place is not None and name.kind not in _WIDE and sentence[name.head].head in courts:
            return Chosen(name.words, name.place)
    return None


def _street(scenery: Scenery, name: Candidate) -> bool:
    """Whether a name is a street's or square's: the word behind it says so, or its last one where it is no known place.

    In small letters ("a Lima park") such a word tells what stands in the town.
    """
    if name.place is not None and name.place.kind in _SITES:
        return False
    sentence, after = scenery.sentence, place_words().after
    ends = [name.last + 1] if name.place else [name.last, name.last + 1]
    words = [sentence[k].text.rstrip(".") for k in ends if k < len(sentence)]
    return any(word[:1].isupper() and after.get(word.lower()) == "street" for word in words)


def _within(inner: Candidate, name: Candidate) -> bool:
    """Whether a name holds a smaller place than a country: a U.S. embassy need not be in the United States."""
    return inner.place is not None and inner.kind != "country" and name.first <= inner.first and inner.last <= name.last


def _owns(sentence: Sentence, owner: Candidate, name: Candidate) -> bool:
    """Whether a name stands before another as its possessor: "Lima's Barranco"."""
    token = sentence[owner.head]
    return token.dep == "poss" and name.first <= token.head <= name.last


def _party(scenery: Scenery, trigger: Trigger, n: int) -> bool:
    """Whether a name is who acts or is acted on in words and dealings ("supported Iraq"), not where that happened."""
    arc = scenery.sentence[scenery.candidates[n].head].dep
    return trigger.predicate.type in _VERBAL and arc in _ROLES
