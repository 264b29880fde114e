"""Parts of speech and lemmas remembered from use to use are those that spaCy works out anew."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.core import Document, Passage, Span
from dateline.language import spacy_forms
from dateline.language.spacy_door import SpacyLanguage
from dateline.language.spacy_forms import Forms

TEXTS = [
    "There were two checkpoints on the road, and there's a third that nobody mans.",
    "The clerks were told there were no forms; were they? They aren't.",
    "Let's go, the mayor's driver said. The mayor's gone, let 's wait.",
    "He ain't coming, they're gonna leave and we've gotta stay.",
    "C'mon, y'all saw that it was he who had it, didn't you?",
    "They did it, but they have had to do it; 'em too.",
    "The barrage was moving on, so that those moving saw more of those.",
    "Once it got dark, she gets her own, which is hers.",
    "  \n Nothing  but  gaps \n here . ",
]


@pytest.fixture(scope="module")
def language() -> SpacyLanguage:
    return SpacyLanguage()


def parsed(language: SpacyLanguage, text: str) -> Any:
    (doc,) = language._reader.nlp.pipe([text])
    return doc


def uses(doc: Any) -> list[tuple[int, int, int]]:
    return [(token.orth, token.tag, token.dep) for token in doc]


def anew(language: SpacyLanguage, text: str) -> list[tuple[str, str]]:
    doc = parsed(language, text)
    for name in ("attribute_ruler", "lemmatizer"):
        doc = language._reader.nlp.get_pipe(name)(doc)
    return [(token.pos_, token.lemma_.lower()) for token in doc]


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_remembered_is_what_would_be_found_anew(language: SpacyLanguage, order: int) -> None:
    forms = Forms(language._reader.nlp)
    for _ in range(2):
        for text in TEXTS[::order]:
            doc = parsed(language, text)
            assert forms(doc, uses(doc)) == anew(language, text)


def test_what_is_remembered_stays_bounded(language: SpacyLanguage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_forms, "_MOST", 5)
    forms = Forms(language._reader.nlp)
    for text in TEXTS:
        doc = parsed(language, text)
        assert forms(doc, uses(doc)) == anew(language, text)
        assert len(forms._known) <= 5 + len(doc)


def test_a_parse_does_not_depend_on_what_was_parsed_before() -> None:
    def read(language: SpacyLanguage, text: str) -> list[Any]:
        passages = (Passage("p1", Span(0, len(text)), "narration", "v1"),)
        return [tuple(sentence.tokens) for sentence in language(Document.of(text), passages)]

    one, other = SpacyLanguage(), SpacyLanguage()
    forwards = [read(one, text) for text in TEXTS]
    backwards = [read(other, text) for text in reversed(TEXTS)]
    assert forwards == backwards[::-1]
    assert read(one, TEXTS[0]) == forwards[0]
