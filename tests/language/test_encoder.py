"""Word pieces keep their code points; heads are read as stretches, values and pairs; no weights, no signals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from dateline.core import Document, ModelError, Span
from dateline.language.encoder import LONGEST, MODEL, Encoder, NoEncoder, load_encoder
from dateline.language.signals import NOTHING, Layout, Signals, Warm, WindowSignals
from dateline.language.wordpieces import WINDOW, Pieces, WordPieces
from dateline.pipeline import Pipeline


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(MODEL / "tokenizer.json")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


ODD = "Kata’ib \U0001f600 said Müller's “naïve” plan\u200b failed; 北京 İzmir ﬁre \ud83d e\u0301."


def test_pieces_point_at_the_words_they_stand_for(pieces: WordPieces) -> None:
    (found,) = pieces.pieces(ODD, (Span(0, len(ODD)),))
    words = [span.of(ODD) for span in found.spans]
    assert words[:3] == ["Kata", "’", "ib"]
    for word in ("\U0001f600", "Müller", "北", "京"):
        assert word in words
    assert all(0 <= a.start < a.end <= b.end for a, b in zip(found.spans, found.spans[1:], strict=False))


def test_pieces_of_a_later_stretch_count_from_the_text(pieces: WordPieces) -> None:
    text = "\U0001f600\U0001f600 Rain fell. Guns fell silent."
    (found,) = pieces.pieces(text, (Span(14, len(text)),))
    assert [span.of(text) for span in found.spans] == ["Guns", "fell", "silent", "."]


def _sentence(size: int, start: int) -> Pieces:
    spans = tuple(Span(start + k, start + k + 1) for k in range(size))
    return Pieces(tuple(range(2000, 2000 + size)), spans)


def test_windows_hold_whole_sentences_and_lose_nothing(pieces: WordPieces) -> None:
    sentences = [_sentence(60, 0), _sentence(60, 60), _sentence(40, 120), _sentence(300, 160), _sentence(5, 460)]
    windows = list(pieces.windows(sentences))
    assert all(len(window) <= WINDOW and len(window) == len(window.spans) + 2 for window in windows)
    assert [span.start for window in windows for span in window.spans] == list(range(465))
    assert len(windows[0].spans) == 120 and windows[1].spans[0].start == 120


def test_an_empty_text_makes_no_window(pieces: WordPieces) -> None:
    assert list(pieces.windows([])) == []
    assert list(pieces.windows(pieces.pieces("  ", (Span(0, 2),)))) == []


LAYOUT = Layout.of({"kind": ["O", "B-x", "I-x", "B-y", "I-y"]}, ["size"], ["to"], 2)


def _window(labels: list[int], start: int = 0, warm: Warm | None = None) -> WindowSignals:
    spans = tuple(Span(start + 2 * k, start + 2 * k + 1) for k in range(len(labels)))
    rows = np.full((len(labels) + 2, 6), -5.0, np.float32)
    for k, label in enumerate(labels, 1):
        rows[k, label] = 5.0
        rows[k, 5] = k
    keys = np.zeros((len(labels) + 2, 4), np.float16)
    keys[:, 0] = 1.0
    keys[:, 2] = np.arange(len(labels) + 2)
    return WindowSignals(LAYOUT, spans, rows, keys, warm)


def test_stretches_are_decoded_from_begin_and_inside() -> None:
    found = _window([0, 1, 2, 1, 3, 4, 4, 2, 0]).stretches("kind", 0)
    assert [(s.label, s.first, s.last) for s in found] == [("x", 1, 2), ("x", 3, 3), ("y", 4, 6), ("x", 7, 7)]
    assert found[2].span == Span(8, 13) and found[2].score > 0.99


def test_signals_answer_by_the_documents_code_points() -> None:
    signals = Signals(LAYOUT, (_window([1, 2]), _window([0, 3], start=10)))
    assert signals.value("size", Span(2, 3)) == 2.0
    assert signals.value("size", Span(12, 13)) == 2.0
    assert signals.value("size", Span(5, 6)) is None
    assert [s.window for s in signals.stretches("kind")] == [0, 1]
    assert signals.partner("to", Span(0, 1), Span(2, 3)) == pytest.approx(2 / 2**0.5)
    assert signals.partner("to", Span(0, 1), Span(10, 11)) is None
    assert not NOTHING and NOTHING.stretches("kind") == () and NOTHING.value("size", Span(0, 1)) is None


def test_a_long_text_keeps_few_keys_at_hand() -> None:
    warm: Warm = {}
    signals = Signals(LAYOUT, tuple(_window([1, 2], start=10 * n, warm=warm) for n in range(200)))
    for _ in range(2):
        told = [signals.partner("to", Span(10 * n, 10 * n + 1), Span(10 * n + 2, 10 * n + 3)) for n in range(200)]
        assert told == [pytest.approx(2 / 2**0.5)] * 200 and len(warm) == 64


def _heard(encoder: Encoder | NoEncoder, text: str) -> Signals:
    pipeline = Pipeline.load()
    document = Document.of(text, published="2024-03-05")
    passages, _ = pipeline.passages(document)
    return encoder(document, pipeline.language(document, passages), passages)


def test_the_heads_hear_a_plain_sentence(encoder: Encoder) -> None:
    text = "The governor said on Friday that shells had struck a market in Kirkuk."
    signals = _heard(encoder, text)
    told = {(s.label, s.span.of(text)) for s in signals.stretches("attribution")}
    assert ("source", "The governor") in told
    assert any(label == "cue" and "said" in words for label, words in told)
    assert any(label == "content" and "struck a market" in words for label, words in told)
    assert "Friday" in " ".join(s.span.of(text) for s in signals.stretches("time"))
    assert "Kirkuk" in [s.span.of(text) for s in signals.stretches("place")]


def test_the_encoder_gives_the_same_answer_twice(encoder: Encoder) -> None:
    text = "Rebels denied that they had shelled the port, a spokesman told reporters."
    a, b = (_heard(encoder, text).stretches("attribution") for _ in range(2))
    assert a == b


def test_long_documents_are_heard_to_a_limit(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert LONGEST >= 50_000
    monkeypatch.setattr("dateline.language.encoder.LONGEST", 300)
    signals = _heard(encoder, "Police said that two men had fled. " * 100)
    assert 150 < sum(len(window.spans) for window in signals.windows) <= 300


def test_without_weights_nothing_is_heard(tmp_path: Path) -> None:
    encoder = load_encoder(tmp_path)
    assert isinstance(encoder, NoEncoder) and encoder.producer == "none"
    assert not _heard(encoder, "Police said that two men had fled.")


@pytest.mark.parametrize("broken", ["model.onnx", "tokenizer.json", "heads.json"])
def test_broken_weights_are_named(tmp_path: Path, broken: str) -> None:
    for name in ("model.onnx", "tokenizer.json", "heads.json"):
        shutil.copy(MODEL / name, tmp_path / name)
    (tmp_path / broken).write_text(json.dumps({"no": "model"}), encoding="utf-8")
    with pytest.raises(ModelError, match=broken):
        load_encoder(tmp_path)


def test_a_mark_of_a_sentence_is_the_mean_over_its_pieces() -> None:
    signals = Signals(LAYOUT, (_window([1, 2, 0]),))
    told = signals.mark("size", Span(0, 3))
    assert told == pytest.approx(1 / (1 + np.exp(-1.5)), abs=1e-3)
    assert signals.mark("size", Span(90, 91)) is None
    assert signals.mark("weight", Span(0, 3)) is None and not signals.hears("weight")
    assert signals.hears("size") and signals.hears("kind")
    assert NOTHING.mark("size", Span(0, 3)) is None
