"""The step: sentence by sentence, names and phrases become mentions, mentions become entities."""

from __future__ import annotations

from dataclasses import replace

from dateline.actors import descriptions, extents, labels
from dateline.actors.book import Book
from dateline.actors.coref import Discourse, Draft, Noun
from dateline.actors.coref import Place as Spot
from dateline.actors.kinds import Described, Describer
from dateline.actors.labelling import Labelling
from dateline.actors.names import Name, learn_acronyms, names
from dateline.actors.naming import namings
from dateline.actors.parts import Parts
from dateline.actors.serving import Serving
from dateline.actors.speaking import Speaking
from dateline.core import (
    Attribution,
    Document,
    Entity,
    Hearing,
    Mention,
    MentionKind,
    Passage,
    Place,
    Span,
    Toponym,
    Voice,
)
from dateline.knowledge.actors import registry
from dateline.knowledge.agents import agents, things
from dateline.knowledge.calendar import calendar
from dateline.knowledge.event_words import event_words
from dateline.knowledge.word_sets import word_set
from dateline.language import Parse, Sentence
from dateline.language.phrases import Phrase, phrases

_COUNTED = ("facility", "weapon", "vehicle", "thing")
_TITLE = 3


class Actors:
    """Finds who and what is mentioned, and which mentions are the same.

    Registered names come first, then acronyms that the document explains, then every noun phrase.
    What a voice calls a party is kept as a label of the entity, never as its name.

    Takes the document, its passages and toponyms; gives mentions and entities. The pipeline calls it:

    >>> import dateline
    >>> reading = dateline.read("The army said its soldiers fired.")
    >>> [(entity.name, entity.kind) for entity in reading.entities][:1]
    [('army', 'force')]
    """

    producer = "rules-actors@1"

    def __init__(self) -> None:
        self._registry = registry()
        self._agents = agents()
        self._naming = word_set("naming")
        self._where = word_set("locative_strong")
        self._days = calendar().months.keys() | calendar().weekdays.keys()
        self._things = things()
        self._describe = Describer(self._registry, self._agents, self._things)
        self._parts = Parts(self._registry, self._agents)
        self._serving = Serving(self._agents, word_set("rank_and_file"), word_set("loyal"), word_set("apart"))
        self._deeds = event_words()
        self._armed = word_set("armed_deed")

    def __call__(
        self,
        document: Document,
        parse: Parse,
        passages: tuple[Passage, ...],
        voices: tuple[Voice, ...],
        attributions: tuple[Attribution, ...],
        toponyms: tuple[Toponym, ...],
        places: tuple[Place, ...],
    ) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
        """Mentions in the order of the text and the entities in the order of their first mention."""
        learned = learn_acronyms(parse, self._registry)
        year = int(document.published[:4]) if document.published else None
        run = _Run(self, document, year, passages, attributions, voices, toponyms)
        for number, sentence in enumerate(parse):
            capitals = sentence.span.of(document.text).isupper() and len(sentence) > _TITLE
            found = names(sentence, self._registry, learned, year=year, capitals=capitals)
            run.sentence(number, sentence, found)
        mentions, entities = run.end()
        return tuple(sorted(mentions, key=lambda m: (m.span, m.id))), entities


class _Run:
    """One document under way."""

    def __init__(
        self,
        step: Actors,
        document: Document,
        year: int | None,
        passages: tuple[Passage, ...],
        attributions: tuple[Attribution, ...],
        voices: tuple[Voice, ...],
        toponyms: tuple[Toponym, ...],
    ) -> None:
        self._step = step
        self._document = document
        self._year = year
        self._hearing = Hearing(passages, attributions)
        self._voices = {voice.id: voice for voice in voices}
        self._labels = Labelling(document.text, self._hearing, attributions, self._voices, step._agents)
        self._toponyms = {start for t in toponyms for start in range(t.span.start, t.span.end)}
        self._discourse = Discourse()
        self._given: set[int] = set()
        self._chains: dict[int, tuple[int, ...]] = {}
        self._speaking = Speaking(self._hearing, self._voices, attributions, step._registry)
        self.book = Book(document)

    def sentence(self, number: int, sentence: Sentence, found: tuple[Name, ...]) -> None:
        """Add the mentions of one sentence."""
        by_head: dict[int, Draft] = {}
        covered: dict[int, Name] = {}
        given = namings(sentence, self._step._naming, self._step._agents)
        self._given = {naming.label for naming in given}
        every = tuple(extents.trimmed(sentence, phrase) for phrase in phrases(sentence))
        self._heads = {phrase.outer: phrase for phrase in every}
        where = {
            name.last for name in found if descriptions.only_where(sentence, name, self._step._where, self._toponyms)
        }
        taken = {i for name in found for i in range(name.first, name.last + 1)}
        self._chains = {
            phrase.head: chain
            for phrase in every
            if phrase.head == phrase.outer and phrase.head not in taken
            if (chain := self._step._parts.sharing(sentence, phrase, taken))
        }
        shared = {i for chain in self._chains.values() for i in chain}
        for name in found:
            draft = self._name(sentence, name, where=name.last in where)
            for i in range(name.first, name.last + 1):
                covered[i] = name
                by_head[i] = draft
        waiting = list(reversed(found))
        for phrase in every:
            while waiting and waiting[-1].last <= phrase.head:
                name = waiting.pop()
                self._note(number, sentence, name.last, by_head[name.last], by_head[name.last].kind)
            if phrase.head not in covered:
                if phrase.head in shared:
                    continue
                draft_or_none = self._phrase(number, sentence, phrase, covered, by_head)
                if draft_or_none:
                    by_head[phrase.head] = draft_or_none
                continue
            if phrase.outer != phrase.head and phrase.outer not in covered:
                self.book.add(phrase.span(sentence), sentence[phrase.head].span, "people", "nominal", None)
            self._labels.before_name(sentence, phrase, covered[phrase.head], by_head)
        for name in reversed(waiting):
            self._note(number, sentence, name.last, by_head[name.last], by_head[name.last].kind)
        for naming in given:
            self._labels.called(sentence, naming, every, by_head)
        for phrase in every:
            told = by_head.get(phrase.head)
            if told and phrase.head not in covered and told.actor is None and told.serves is None:
                told.serves = self._step._serving(sentence, phrase, by_head)

    def end(self) -> tuple[list[Mention], tuple[Entity, ...]]:
        """The mentions, and the entities in the order of their first mention, when all sentences are read."""
        self._speaking.settle(self.book)
        return self.book.settle(), tuple(self.book.entity(draft) for draft in self._discourse.drafts.values())

    def _name(self, sentence: Sentence, name: Name, *, where: bool) -> Draft:
        words = name.span(sentence).of(self._document.text)
        actor = None if where else name.actor
        described = Described(
            kind=actor.kind if actor else "thing" if where else "organisation",
            level="name",
            name=words,
            key=f"{name.key}@" if where else name.key,
            first=name.first,
            actor=actor,
            country=actor.country if actor else None,
            sector=actor.sector if actor else None,
        )
        draft = self._discourse.named(described)
        span = name.span(sentence)
        whole = span
        phrase = next((self._heads[i] for i in range(name.first, name.last + 1) if i in self._heads), None)
        if phrase and extents.tops(sentence, phrase, name.first, name.last):
            first = min(extents.begin(sentence, phrase), name.first)
            first = extents.led(sentence, phrase, first, self._heads)
            last = max(extents.end(sentence, phrase, self._heads), name.last)
            whole = Span(sentence[first].start, sentence[last].end)
        self.book.add(whole, span, draft.kind, "name", draft)
        return draft

    def _phrase(
        self, number: int, sentence: Sentence, phrase: Phrase, covered: dict[int, Name], by_head: dict[int, Draft]
    ) -> Draft | None:
        head = sentence[phrase.head]
        if head.lower in self._step._days:
            return None
        chain = self._chains.get(phrase.head, ())
        if chain:
            phrase = replace(phrase, first=chain[-1])
        described = self._step._describe(sentence, phrase, self._year)
        begin = extents.begin(sentence, phrase)
        end = extents.end(sentence, phrase, self._heads)
        if described.kind == "money":
            span = Span(sentence[begin].start, sentence[phrase.last].end)
            self.book.add(span, head.span, "money", "nominal", None)
            return None
        words = Span(sentence[described.first].start, sentence[phrase.last].end)
        described = replace(described, name=words.of(self._document.text))
        if described.level == "name" and described.actor is None and head.start in self._toponyms:
            return None
        spot = descriptions.spot(number, sentence, phrase.outer, described.kind)
        draft: Draft | None
        group = ""
        if described.level == "pronoun":
            draft = self._pronoun(sentence, phrase, described, spot)
        elif described.level == "name":
            draft = self._discourse.named(described)
        else:
            text = self._document.text
            draft = descriptions.descriptor(sentence, phrase, described, covered, by_head, self._hearing, text)
            draft = draft or descriptions.apposed(sentence, phrase, described, by_head)
            step = self._step
            noun = descriptions.noun(sentence, phrase, described, by_head, step._things, step._registry.country)
            group = noun.group
            draft = draft or self._discourse.nominal(described, noun, spot)
            self._discourse.head(draft, noun.head, spot.plural, heading=noun.heading)
        kind = draft.kind if draft and described.level != "nominal" else described.kind
        if described.level == "name":
            begin = extents.led(sentence, phrase, begin, self._heads)
        counted: int | None = None
        if told := extents.number(sentence, phrase, begin):
            if not (described.kind == "thing" and (head.lemma, "n") in self._step._deeds):
                quantity = Span(sentence[told[0]].start, sentence[told[1]].end)
                self.book.add(quantity, quantity, "quantity", "nominal", None)
            if described.kind in _COUNTED:
                counted, begin = sentence[begin].start, told[1] + 1
        span = Span(sentence[begin].start, sentence[end].end)
        if described.level == "name" and described.first > phrase.first:
            head_span = Span(sentence[described.first].start, head.end)
        else:
            head_span = head.span
        self.book.add(span, head_span, kind, described.level, draft, counted)
        if draft:
            site = group == head.lemma  # a town is no better a bearer of "it" than any other thing
            self._discourse.note(
                draft, spot, "thing" if site else kind, group=group, pronoun=described.level == "pronoun"
            )
        if draft and described.level == "nominal" and not self._given & {phrase.head, phrase.outer}:
            voice = self._labels.teller(sentence, phrase)
            label = (
                labels.of_phrase(sentence, phrase, voice, self._step._agents, self._document.text) if voice else None
            )
            if label and not (draft.labels and label.span.holds(draft.labels[-1].span)):
                descriptions.bearer(sentence, phrase, draft, covered, by_head).labels.append(label)
        self._beside(sentence, phrase, chain, described, spot, covered, by_head)
        return draft

    def _beside(
        self,
        sentence: Sentence,
        phrase: Phrase,
        chain: tuple[int, ...],
        described: Described,
        spot: Spot,
        covered: dict[int, Name],
        by_head: dict[int, Draft],
    ) -> None:
        """The parties in front of a head: others that share it, and whose deed or thing it is."""
        parts = self._step._parts
        deed = sentence[phrase.head].lemma in self._step._armed
        if chain:
            phrase = replace(phrase, first=chain[0])
        found = list(parts.owners(sentence, phrase, described, covered))
        found += parts.states(sentence, phrase, described, covered, deed)
        told = {part.last for part in found}
        found += [
            part
            for part in parts.elliptic(sentence, chain, phrase.head, described)
            if part.last not in covered and part.last not in told
        ]
        for part in found:
            i = part.last
            if part.described.kind == "nationality":
                self.book.add(sentence[i].span, sentence[i].span, "nationality", "name", None)
                continue
            if part.described.level == "name" or part.described.actor:
                draft = self._discourse.named(part.described)
            else:
                noun = Noun(sentence[i].lemma, extents.Modifiers(), "", False, False, True, False)
                draft = self._discourse.nominal(part.described, noun, replace(spot, i=i, subject=False))
            span = Span(sentence[part.first].start, sentence[i].end)
            self.book.add(span, sentence[i].span, part.described.kind, part.described.level, draft)
            by_head[i] = draft

    def _pronoun(self, sentence: Sentence, phrase: Phrase, described: Described, spot: Spot) -> Draft | None:
        """The entity of a pronoun; who "I" and "we" are is settled when the whole document is read."""
        if Speaking.own(described.key):
            key = self._speaking.hear(len(self.book.mentions), sentence, phrase.head)
            return self._discourse.drafts.get(key or "")
        return None if extents.empty(sentence, phrase.head) else self._discourse.pronoun(described, spot)

    def _note(self, number: int, sentence: Sentence, i: int, draft: Draft, kind: MentionKind) -> None:
        self._discourse.note(draft, descriptions.spot(number, sentence, i, kind), kind)
