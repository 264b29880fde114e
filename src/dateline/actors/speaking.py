"""Who "I" and "we" are, settled when the whole document is read."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.actors.book import Book
from dateline.core import Attribution, Hearing, Span, Voice
from dateline.knowledge.actors import Registry
from dateline.language import Sentence

_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_SPEAKERS = ("organisation", "group", "government", "force", "people")


class Speaking:
    """The pronouns of the first person in what is quoted."""

    def __init__(
        self, hearing: Hearing, voices: Mapping[str, Voice], attributions: tuple[Attribution, ...], registry: Registry
    ) -> None:
        self._hearing, self._voices, self._registry = hearing, voices, registry
        self._told = {a.voice: a.source for a in attributions if a.source}
        self._spoken: list[tuple[int, str, Span]] = []

    @staticmethod
    def own(word: str) -> bool:
        """Whether a word in lower case stands for whoever speaks.

        >>> Speaking.own("we"), Speaking.own("they")
        (True, False)
        """
        return word in _SINGULAR or word in _PLURAL

    def hear(self, number: int, sentence: Sentence, i: int) -> str | None:
        """Keep the pronoun at token ``i``, mention ``number``, for later; the key of its entity if known already."""
        word, span = sentence[i].lower, sentence[i].span
        attribution = self._hearing.attribution(span)
        source = (attribution.source or self._told.get(attribution.voice)) if attribution else None
        if source and not source.holds(span):
            self._spoken.append((number, word, source))
        return self._speaker(sentence) if word in _PLURAL else None

    def settle(self, book: Book) -> None:
        """Tell who they are: "I" a person, "we" a body or people."""
        for number, word, source in self._spoken:
            kinds = ("person",) if word in _SINGULAR else _SPEAKERS
            draft = next((each for each in book.within(source) if each.kind in kinds), None)
            if draft:
                book.give(number, draft)

    def _speaker(self, sentence: Sentence) -> str | None:
        """The key of the entity that speaks here, for "we" and "our"."""
        voice = self._voices.get(self._hearing.voice(sentence.span) or "")
        if voice is None or voice.kind == "outlet":
            return None
        actors = self._registry.find(voice.name)
        return actors[0].key if actors else None
