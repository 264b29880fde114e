"""Which language a text is in: what is not English is named and left unread, not read wrongly."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dateline.core import UNSUPPORTED, Document, Passage, Reading, Span, Voice, content_id
from dateline.knowledge.word_sets import word_set

READ = "en"
"""The language that the steps read (ISO 639)."""
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4000
_ENGLISH = 0.1
_FEWEST, _FEWEST_LATIN = 8, 40
_SURE, _HARDLY = 0.5, 0.02
_LATIN = 0x250


def tongue_of(text: str) -> str | None:
    """The language that most of a text is in (an ISO 639 code), None where that cannot be told.

    Up to 12,000 characters of the beginning, the middle and the end are looked at. Where one word in
    ten is one of English grammar the text is English; only where it is not is the model of py3langid
    asked (loaded then, once); what may well be English is never called another language. Names and
    figures alone are of no language.

    >>> tongue_of("The bridge was closed by the army, and nobody was hurt.")
    'en'
    >>> tongue_of("El puente fue cerrado por el ejército y nadie resultó herido.")
    'es'
    >>> tongue_of("1 2 3") is None
    True
    """
    words = [word.lower() for word in _WORD.findall(_sampled(text))]
    letters = sum(map(len, words))
    mostly_latin = 2 * sum(len(word) for word in words if ord(word[0]) < _LATIN) > letters
    if mostly_latin and sum(word in _grammar() for word in words) >= _ENGLISH * len(words) > 0:
        return READ
    if letters < (_FEWEST_LATIN if mostly_latin else _FEWEST):
        return None
    likely = dict(_identifier().rank(" ".join(words)))
    tongue = next(iter(likely))
    return tongue if likely[tongue] >= _SURE and (tongue == READ or likely[READ] < _HARDLY) else None


def in_its_tongue(document: Document) -> Document:
    """The document with its language as the text tells it; what was given stands where the text does not tell."""
    told = tongue_of(document.text)
    if told is None or told == _primary(document.language):
        return document
    return replace(document, language=told)


def is_read(document: Document) -> bool:
    """Whether the steps can read a document's language; one that nobody knows is taken for English."""
    return _primary(document.language) in (None, READ)


def unread(document: Document, layers: Iterable[str]) -> Reading:
    """The reading of a document in a language that is not read: the outlet's own words, and nothing of them."""
    voice = Voice(content_id("v", document.sha256, "outlet"), document.outlet or "outlet", "outlet", ())
    voice = replace(voice, chain=(voice.id,))
    whole = Span(0, len(document.text))
    name = content_id("p", document.sha256, whole.start, whole.end, "narration")
    passages = (Passage(name, whole, "narration", voice.id, document.published),) if whole.end else ()
    producers = dict.fromkeys(layers, UNSUPPORTED)
    return Reading(document, passages, (voice,), (), (), (), (), (), (), (), (), producers)


def _sampled(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = (len(text) - _SAMPLE) // 2
    return " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def _primary(language: str | None) -> str | None:
    """The language of a tag without region or script: "en" of "en-GB"."""
    return re.split("[-_]", language.strip().lower())[0] or None if language else None


@functools.cache
def _grammar() -> frozenset[str]:
    return word_set("english")


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
