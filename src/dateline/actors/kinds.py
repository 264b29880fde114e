"""What a noun phrase is: kind, country and sector, by registry, by tables and by its own words."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from dateline.core import Actor, MentionKind, MentionLevel
from dateline.knowledge.actors import Registry
from dateline.knowledge.agents import Agents, Things
from dateline.knowledge.folding import fold
from dateline.knowledge.leaders import leaders
from dateline.knowledge.titles import titles
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence, Token
from dateline.language.phrases import Phrase

_PERSONAL = frozenset(
    {"he", "she", "they", "it", "we", "i", "you", "him", "her", "them", "us", "me", "his", "its", "their", "our", "my"}
)
_SOME = frozenset({"others", "many", "several", "some", "dozens", "hundreds", "thousands"})
_ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "poss", "agent", "appos", "conj"})
_YEAR = 4
_AGES = frozenset({"year", "month", "week", "day"})
_CURRENCIES = frozenset("$€£¥₹₪₽₺") | {"US$", "A$", "C$"}
_folded = functools.lru_cache(maxsize=65536)(fold)


@dataclass(frozen=True, slots=True)
class Described:
    """What is known about a phrase from its own words alone.

    ``name`` is the bare name (titles and articles left out) or the phrase without determiner and
    number; ``key`` brings equal names together; ``first`` is the name's first token.
    """

    kind: MentionKind
    level: MentionLevel
    name: str
    key: str
    first: int
    actor: Actor | None = None
    country: str | None = None
    sector: str | None = None


def written(tokens: tuple[Token, ...]) -> str:
    """The tokens as they were written: a blank only where there was a gap."""
    text = ""
    for before, token in zip((None, *tokens), tokens, strict=False):
        gap = before is not None and before.end < token.start
        text += (" " if gap else "") + token.text
    return text


def aged(sentence: Sentence, i: int) -> bool:
    """Whether a word is somebody called by age: "an 8-year-old", also where the parse makes "dead" its noun."""
    if sentence[i].lemma == "dead":
        return any(aged(sentence, t.i) for t in sentence.children(i, "amod") if t.lemma == "old")
    return sentence[i].lemma == "old" and any(
        t.lemma in _AGES and t.i < i and sentence.children(t.i, "nummod") for t in sentence.children(i, "npadvmod")
    )


class Describer:
    """Kind, country and sector of noun phrases."""

    def __init__(self, registry: Registry, agents: Agents, things: Things) -> None:
        self._registry = registry
        self._agents = agents
        self._things = things
        self._titles = titles()
        self._leaders = leaders()
        every = (name for actor in registry for name in (actor.name, *actor.aliases))
        self._uncapitalised = frozenset(name for name in every if name.islower())
        self._bodies = word_set("body")
        self._kunya = frozenset({"abu", "umm"})
        self._sites = word_set("site")
        self._happenings = word_set("named_happening")
        self._locative = word_set("locative_strong")

    def __call__(self, sentence: Sentence, phrase: Phrase, year: int | None = None) -> Described:
        """The description of a phrase that no registered name covers, in a report of this year."""
        head = sentence[phrase.head]
        if head.pos == "PRON" or head.lower in _PERSONAL:
            return Described(self._of_pronoun(head.lower), "pronoun", head.text, head.lower, phrase.head)
        first = self._bare(sentence, phrase)
        words = sentence.tokens[first : phrase.last + 1]
        name = written(words)
        plain = name.islower() and name not in self._uncapitalised
        actors = () if plain else self._registry.find(name)
        if actors:
            level: MentionLevel = "name" if head.pos == "PROPN" else "nominal"
            actor = actors[0]
            return Described(actor.kind, level, name, actor.key, first, actor, actor.country, actor.sector)
        if head.pos == "PROPN" and head.text[:1].isupper():
            return self._of_name(sentence, phrase, first, year)
        return self._of_noun(sentence, phrase, first)

    def _bare(self, sentence: Sentence, phrase: Phrase) -> int:
        """The first token that is no determiner, number, possessor or quantity."""
        first = phrase.first
        if phrase.outer != phrase.head:
            first = min([t.i for t in sentence.children(phrase.head) if t.i < phrase.head] + [phrase.head])
        while first < phrase.head and (
            sentence[first].pos in ("DET", "NUM", "PRON", "PUNCT", "SYM", "PART", "ADP", "CCONJ")
            or sentence[first].dep in ("det", "nummod", "quantmod", "predet", "advmod")
        ):
            first += 1
        return first

    def _of_pronoun(self, word: str) -> MentionKind:
        if word in ("he", "she", "him", "her", "his", "i", "me", "my"):
            return "person"
        return "thing" if word in ("it", "its") else "people"

    def _of_name(self, sentence: Sentence, phrase: Phrase, first: int, year: int | None) -> Described:
        last = sentence[phrase.head].lemma
        noun, thing = self._agents.get(last), self._things.get(last)
        body = phrase.head > first and ((noun and noun.kind != "person") or thing)
        start, sector, title = (first, "", "") if body else self._titled(sentence, first, phrase.head)
        start = self._run(sentence, start, phrase.head)
        words = sentence.tokens[start : phrase.head + 1]
        name = written(words)
        country = self._country(sentence, phrase.first if title else first, phrase.head)
        if title and (actor := self._leaders.titled(title, name, year, country)):
            return Described("person", "name", name, actor.key, start, actor, actor.country, actor.sector)
        kind: MentionKind
        if {words[0].lower, last} & self._happenings:
            kind = "thing"
        elif noun and (len(words) > 1 or noun.kind != "person"):
            kind, sector = noun.kind, sector or noun.sector
        elif len(words) > 1 and thing:
            kind = thing.kind
        elif sentence[phrase.head].tag in ("NNS", "NNPS") and self._registry.country(words[-1].text):
            kind = "people"
        elif fold(words[0].text) in self._kunya and len(words) > 1:
            kind = "person"
        elif (len(words) > 1 and last in self._sites) or self._where(sentence, phrase):
            kind = "facility"
        elif sector or start > first or self._like_person(sentence, start, phrase):
            kind = "person"
        else:
            kind = "organisation"
        return Described(kind, "name", name, _folded(name), start, None, country, sector or None)

    def _titled(self, sentence: Sentence, first: int, head: int) -> tuple[int, str, str]:
        """Where the name begins after the last title ("Iraqi Prime Minister Nouri …"), the first sector, that title."""
        i, start, sector, title = first, first, "", ""
        while i < head:
            for size in (3, 2, 1):
                words = fold(" ".join(t.text.rstrip(".") for t in sentence.tokens[i : i + size]))
                words = words if words in self._titles else words.removesuffix("s")  # "Presidents Bush and …"
                if i + size <= head and words in self._titles:
                    start, sector, title = i + size, sector or self._titles[words], words
                    break
            i = max(i + 1, start)
        return start, sector, title

    def _run(self, sentence: Sentence, start: int, head: int) -> int:
        """The first token of the run of capitalised words that ends at the head."""
        i = head
        while i > start and (sentence[i - 1].text[:1].isupper() or sentence[i - 1].text in ("-", "al", "bin", "de")):
            i -= 1
        return i

    def _where(self, sentence: Sentence, phrase: Phrase) -> bool:
        """Whether an unknown name of one word is led by a preposition of place: "in Tulkhana", not "in the NVRC"."""
        token = sentence[phrase.head]
        alone = phrase.first == phrase.head and not token.text.isupper()
        return alone and token.dep == "pobj" and sentence[token.head].lower in self._locative

    def _like_person(self, sentence: Sentence, start: int, phrase: Phrase) -> bool:
        words = sentence.tokens[start : phrase.head + 1]
        if len(words) == 1:
            word = words[0]
            plain = word.tag == "NNP" and word.text[1:].islower() and phrase.first == start
            return plain and word.dep in _ACTING and not any(ch.isdigit() for ch in word.text)
        if not 2 <= len(words) <= 4 or any(t.text.isupper() and len(t.text) > 2 for t in words):
            return False
        return all(t.pos == "PROPN" for t in words) and phrase.first == start

    def _of_noun(self, sentence: Sentence, phrase: Phrase, first: int) -> Described:
        head = sentence[phrase.head]
        name = written(sentence.tokens[first : phrase.last + 1])
        country = self._country(sentence, phrase.first, phrase.head)
        pair = f"{sentence[phrase.head - 1].lower} {head.lemma}" if phrase.head > phrase.first else ""
        agent = self._agents.get(pair) or self._agents.get(head.lemma)
        if agent:
            kind: MentionKind = "group" if head.lemma in self._bodies else agent.kind
            if kind == "person" and head.tag in ("NNS", "NNPS"):
                kind = "people"
            country = country or self._based(sentence, phrase.outer)
            return Described(kind, "nominal", name, _folded(name), first, None, country, agent.sector or None)
        thing = self._things.get(pair) or self._things.get(head.lemma)
        if thing:
            return Described(thing.kind, "nominal", name, _folded(name), first, None, country)
        if head.pos == "NUM" and _CURRENCIES & {token.text for token in sentence.tokens[phrase.first : phrase.head]}:
            return Described("money", "nominal", name, _folded(name), first)
        if aged(sentence, head.i):
            return Described("person", "nominal", name, _folded(name), first, None, country)
        if head.lower in _SOME or self._stands_for_people(sentence, head):
            return Described("people", "nominal", name, _folded(name), first)
        return Described("thing", "nominal", name, _folded(name), first, None, country)

    def _stands_for_people(self, sentence: Sentence, head: Token) -> bool:
        """Whether a number or an adjective is about people: "two were killed", "the wounded"; no year, no "in two"."""
        if head.pos == "NUM":
            return (
                head.dep in _ACTING and "." not in head.text and not (head.text.isdigit() and len(head.text) == _YEAR)
            )
        return head.pos == "ADJ" and any(child.lower == "the" for child in sentence.children(head.i, "det"))

    def _based(self, sentence: Sentence, i: int) -> str | None:
        """The one country where a party is or comes from: "rebels in Ethiopia", "troops from Chad"."""
        told = {
            self._registry.country(sentence[k].text)
            for prep in sentence.children(i, "prep")
            if prep.i > i and prep.lower in ("in", "from", "of")
            for inner in sentence.children(prep.i, "pobj")
            for k in sentence.conjuncts(inner.i)
        }
        return told.pop() if len(told) == 1 else None

    def _country(self, sentence: Sentence, first: int, head: int) -> str | None:
        for i in range(head, first - 1, -1):
            if sentence[i].text[:1].isupper() and (country := self._registry.country(sentence[i].text)):
                return country
        return None
