"""What the parser keeps of the documents before."""

from __future__ import annotations

import gc
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from spacy.vocab import Vocab

from dateline.core import Document, Passage, Span
from dateline.language import spacy_door
from dateline.language.parse import Parse, Token
from dateline.language.spacy_door import SpacyLanguage


def made_up(number: int) -> Document:
    chance = random.Random(number)
    words = [
        "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(4)).capitalize()
        for _ in "ab" * 40
    ]
    return Document.of(f"Police in {words[0]} freed three men. " + " met ".join(words) + ".", id=f"d{number}")


def test_parser_forgets_the_words_of_a_long_run(monkeypatch: pytest.MonkeyPatch) -> None:
    language = SpacyLanguage()
    most = len(language._reader.nlp.vocab) + 200
    whole = [language(each, (passage(each),)) for each in map(made_up, range(12))]
    assert len(language._reader.nlp.vocab) > most + 200
    monkeypatch.setattr(spacy_door, "_MOST_WORDS", most)
    sizes, again = [], []
    for each in map(made_up, range(12)):
        again.append(language(each, (passage(each),)))
        sizes.append(len(language._reader.nlp.vocab))
    assert [tokens(each) for each in again] == [tokens(each) for each in whole]
    assert max(sizes) < most + 200 and min(sizes[3:]) < most


@pytest.mark.parametrize("apart", [True, False])
def test_parser_lets_go_of_the_model_before(apart: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    language = SpacyLanguage()
    gc.unfreeze()
    gc.collect()
    before = vocabularies()
    monkeypatch.setattr(spacy_door, "_MOST_WORDS", 0)
    if apart:
        gc.freeze()
    try:
        language(made_up(1), (passage(made_up(1)),))
        assert (gc.get_freeze_count() > 0) == apart
    finally:
        gc.unfreeze()
    assert vocabularies() == before


def test_parser_may_be_asked_by_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    language = SpacyLanguage()
    documents = [made_up(number) for number in range(24)]
    whole = [tokens(language(each, (passage(each),))) for each in documents]
    monkeypatch.setattr(spacy_door, "_MOST_WORDS", len(language._reader.nlp.vocab) // 2)
    with ThreadPoolExecutor(3) as threads:
        again = list(threads.map(lambda each: tokens(language(each, (passage(each),))), documents))
    assert again == whole


def vocabularies() -> int:
    return sum(isinstance(each, Vocab) for each in gc.get_objects())


def tokens(parse: Parse) -> list[Token]:
    return [token for sentence in parse.sentences for token in sentence]


def passage(document: Document) -> Passage:
    return Passage("p1", Span(0, len(document.text)), "narration", "v1", None)
