"""Texts to measure speed on, made of the samples' paragraphs."""

from __future__ import annotations

import functools
import random

from benchmarks.journal import ROOT
from dateline.core import Document

SAMPLES = ROOT / "samples"
WORDS = 400
DAY = "2026-05-05"


@functools.cache
def paragraphs() -> tuple[str, ...]:
    """The paragraphs of the samples, without their heads."""
    files = sorted(SAMPLES.glob("*.txt"))
    return tuple(block.strip() for file in files for block in file.read_text(encoding="utf-8").split("\n\n")[2:])


def synthetic(words: int) -> str:
    """A text of so many words, made of the samples' paragraphs again and again."""
    made: list[str] = []
    count = 0
    while count < words:
        made.append(paragraphs()[len(made) % len(paragraphs())])
        count += len(made[-1].split())
    return "\n\n".join(made)


def report(number: int) -> Document:
    """One of endlessly many reports of about 400 words: paragraphs in another order, every figure its own."""
    chance = random.Random(number)
    made: list[str] = []
    count = 0
    while count < WORDS:
        block = chance.choice(paragraphs())
        words = [_varied(word, chance) for word in block.split(" ")]
        made.append(" ".join(words))
        count += len(block.split())
    return Document.of("\n\n".join(made), id=f"r{number}", published=DAY)


def _varied(word: str, chance: random.Random) -> str:
    return str(chance.randint(2, 99)) if word.isdigit() and len(word) < 3 else word


def hundreds(documents: list[Document]) -> float:
    """How many reports of exactly 400 words the documents are worth."""
    return sum(len(document.text.split()) for document in documents) / WORDS
