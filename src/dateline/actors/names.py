"""Names in a sentence: registry entries, acronyms that the document itself explains, proper nouns."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.core import Actor, Span
from dateline.knowledge.actors import Registry
from dateline.knowledge.folding import fold
from dateline.language import Parse, Sentence

_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "del", "la", "los", "las", "y", "al"})
_ARTICLES = ("al-", "el-", "ash-", "an-", "as-")


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``first`` to ``last`` (inclusive) of a sentence that name somebody.

    ``key`` is what tells two names of one bearer together: a registry key or the folded name.
    """

    first: int
    last: int
    key: str
    actor: Actor | None

    def span(self, sentence: Sentence) -> Span:
        """Where the name stands in the document."""
        return Span(sentence[self.first].start, sentence[self.last].end)


def learn_acronyms(parse: Parse, registry: Registry) -> dict[str, Name]:
    """Acronyms that the text explains in parentheses: "Northern Valleys Front (NVF)" → NVF."""
    learned: dict[str, Name] = {}
    for sentence in parse:
        for i in range(1, len(sentence) - 2):
            if sentence[i].text == "(" and sentence[i + 2].text == ")" and _acronym(sentence[i + 1].text):
                name = _expansion(sentence, i, sentence[i + 1].text, registry)
                if name:
                    learned.setdefault(sentence[i + 1].text, name)
    return learned


def names(
    sentence: Sentence, registry: Registry, learned: dict[str, Name], *, year: int | None = None, capitals: bool = False
) -> tuple[Name, ...]:
    """The registered and the learned names of a sentence in order, the longest first where they overlap.

    ``year`` is the report's: who had not begun by then is not meant. ``capitals``: the sentence is
    printed in capitals throughout, so that case tells nothing.
    """
    words = [token.text for token in sentence]
    found: list[Name] = []
    i = 0
    while i < len(words):
        low = words[i].lower()
        if low == "the" or not (capitals or words[i][:1].isupper() or low.startswith(_ARTICLES)):
            i += 1
            continue
        size, actors = registry.longest(words, i, year, capitals)
        known = learned.get(words[i])
        if known and size <= 1:
            found.append(Name(i, i, known.key, known.actor))
            i += 1
        elif size and actors and "/" not in actors[0].key:
            found.append(Name(i, i + size - 1, actors[0].key, actors[0]))
            i += size
        else:
            i += 1
    return tuple(found)


def _acronym(word: str) -> bool:
    return 2 <= len(word) <= 10 and sum(ch.isupper() for ch in word) >= max(2, len(word) // 2) and word.isalnum()


def _expansion(sentence: Sentence, end: int, acronym: str, registry: Registry) -> Name | None:
    """The words before token ``end`` whose initials spell the acronym, or a registered name that ends there."""
    for first in range(max(0, end - 8), end):
        size, actors = registry.longest([t.text for t in sentence.tokens[first:end]], 0)
        if size == end - first and actors:
            return Name(first, end - 1, actors[0].key, actors[0])
    letters = [ch for ch in acronym.upper() if ch.isalpha()]
    i = end - 1
    while i >= 0 and letters:
        word = sentence[i].text
        if word[:1].isupper() and word[0].upper() == letters[-1]:
            letters.pop()
        elif word.lower() not in _SMALL and word != "-":
            return None
        i -= 1
    if letters:
        return None
    return Name(i + 1, end - 1, fold(" ".join(t.text for t in sentence.tokens[i + 1 : end])), None)
