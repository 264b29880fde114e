"""The part of speech and the lemma of each token, found by spaCy once for each word in each use."""

from __future__ import annotations

import sys
from typing import Any

_MOST = 200_000
"""Uses of words that are remembered at most: then all are forgotten, so that memory does not grow with a corpus."""

Use = tuple[int, int, int]
Form = tuple[str, str]


class Forms:
    """spaCy's attribute ruler and lemmatizer, remembered.

    All but a few of the ruler's patterns look at one token, and at no more of it than its word, tag and
    dependency; the lemmatizer looks at the word and at what the ruler said. So what both say of a token
    follows from these three and need be worked out once. A piece of text where a pattern of several tokens
    holds ("there was", "let's") is always worked out, and nothing is learned from it.
    """

    def __init__(self, nlp: Any) -> None:
        """``nlp`` holds both components; it may have them disabled, so that its pipe does not run them."""
        from spacy.matcher import Matcher

        self._ruler, self._lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        self._vocab = nlp.vocab
        self._known: dict[Use, Form] = {}
        self._joined = Matcher(nlp.vocab)
        several = [pattern for rule in self._ruler.patterns for pattern in rule["patterns"] if len(pattern) > 1]
        self._joined.add("several", several)

    def __call__(self, doc: Any, uses: list[Use]) -> list[Form]:
        """Part of speech and lemma (lower case) of each token; ``uses`` are the numbers of word, tag and dependency."""
        if self._joined(doc):
            return self._worked_out(doc)
        known = self._known
        if len(known) > _MOST:
            known.clear()
            self._lemmatizer.cache.clear()
        try:
            return [known[use] for use in uses]
        except KeyError:
            self._learn({use for use in uses if use not in known})
        return [known[use] for use in uses]

    def _worked_out(self, doc: Any) -> list[Form]:
        return [(token.pos_, sys.intern(token.lemma_.lower())) for token in self._lemmatizer(self._ruler(doc))]

    def _learn(self, uses: set[Use]) -> None:
        """Work out uses, set apart from each other by commas."""
        import numpy
        from spacy.attrs import DEP, TAG
        from spacy.tokens import Doc

        strings = self._vocab.strings
        words = [word for orth, _, _ in uses for word in (strings[orth], ",")]
        told: Any = numpy.zeros((len(words), 2), "uint64")
        told[::2] = [(tag, dep) for _, tag, dep in uses]
        told[1::2, 0] = strings[","]
        doc = Doc(self._vocab, words=words, spaces=[False] * len(words)).from_array([TAG, DEP], told)
        self._known.update(zip(uses, self._worked_out(doc)[::2], strict=True))
