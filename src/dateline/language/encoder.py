"""The shared encoder: one pass over a document's words, all heads at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.core import Document, ModelError, Passage
from dateline.language.parse import Parse
from dateline.language.signals import NOTHING, Layout, Signals, Warm, WindowSignals
from dateline.language.wordpieces import Window, WordPieces

MODEL = Path(str(files("dateline") / "data" / "models" / "reader"))
LONGEST = 50_000
"""Pieces of one document that are read at most: what stands behind them is left to the rules."""
_SILENT = frozenset({"header", "byline", "dateline", "boilerplate"})


class Encoder:
    """MiniLM with heads of its own, run by onnxruntime on one thread: the same answer twice.

    Each window is run by itself. The scale of int8 follows the largest number of a run, so in a batch a window's
    answer would depend on its neighbours, and as time grows with the pieces alone a batch would gain nothing.
    """

    producer = "reader@2"

    def __init__(self, folder: Path = MODEL) -> None:
        """``folder`` holds model.onnx, tokenizer.json and heads.json. ModelError where one is missing or unfit."""
        self._layout = _layout(folder / "heads.json")
        self._pieces = WordPieces(folder / "tokenizer.json")
        self._session = _session(folder / "model.onnx")

    def __bool__(self) -> bool:
        return True

    def __call__(self, document: Document, parse: Parse, passages: tuple[Passage, ...]) -> Signals:
        """What the heads say of every passage that tells something, to 50,000 pieces."""
        silent = {passage.id for passage in passages if passage.role in _SILENT}
        heard: list[WindowSignals] = []
        warm: Warm = {}
        for window in _bounded(self._windows(document, parse, silent)):
            labels, keys = self._run(window)
            heard.append(WindowSignals(self._layout, window.spans, labels, keys, warm))
        return Signals(self._layout, tuple(heard))

    def _windows(self, document: Document, parse: Parse, silent: set[str]) -> Iterator[Window]:
        held: list[Any] = []
        passage = ""
        for sentence in parse:
            if sentence.passage in silent:
                continue
            if sentence.passage != passage:
                yield from self._pieces.windows(held)
                held, passage = [], sentence.passage
            held += self._pieces.pieces(document.text, (sentence.span,))
        yield from self._pieces.windows(held)

    def _run(self, window: Window) -> tuple[NDArray[np.float32], NDArray[np.float16]]:
        labels, keys = self._session.run(None, {"ids": np.array([window.ids], np.int64)})
        return labels[0], keys[0].astype(np.float16)


class NoEncoder:
    """Nothing is heard: what a pipeline without weights runs, so that every step falls back to its rules."""

    producer = "none"

    def __bool__(self) -> bool:
        return False

    def __call__(self, document: Document, parse: Parse, passages: tuple[Passage, ...]) -> Signals:
        """No signals at all."""
        return NOTHING


def load_encoder(folder: Path = MODEL) -> Encoder | NoEncoder:
    """The encoder where its weights are there, else one that hears nothing."""
    return Encoder(folder) if (folder / "model.onnx").is_file() else NoEncoder()


def _bounded(windows: Iterable[Window]) -> Iterator[Window]:
    read = 0
    for window in windows:
        read += len(window)
        if read > LONGEST:
            return
        yield window


def _layout(file: Path) -> Layout:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return Layout.of(told["tags"], told["values"], told["pairs"], told["width"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{file}: {error}") from error


def _session(file: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library has no root class for its own errors
        raise ModelError(f"{file}: {error}") from error
