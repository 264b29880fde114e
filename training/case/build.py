"""Build ``lexicons/common_words.tsv``: English words that news writes in lower case.

    python -m training.case.build ../shared/gold src/dateline/data/lexicons/common_words.tsv

A word enters where it was seen at least three times away from a sentence's start and in lower case
at least three times in four. Only the list of words is kept, no text. Deterministic.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SETS = (
    "ud/train.conllu.gz",
    "attribution/train.jsonl.gz",
    "plover_synthetic/train.jsonl.gz",
    "hrdsattack/train.jsonl.gz",
)
WORD = re.compile(r"(?<=[\w,;:'’”)] )[^\W\d_]{2,24}\b")
SEEN, SHARE = 3, 0.75


def texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if path.name.endswith(".conllu.gz"):
                if line.startswith("# text = "):
                    yield line[9:]
            else:
                yield json.loads(line).get("text", "")


def main(gold: str, out: str) -> None:
    lower: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for name in SETS:
        for text in texts(Path(gold) / name):
            for word in WORD.findall(text):
                every[word.lower()] += 1
                lower[word.lower()] += word.islower()
    words = sorted(w for w, n in every.items() if n >= SEEN and lower[w] >= SHARE * n and w.isascii())
    head = [
        "# source: counts over English UD treebanks and news articles (training/case/build.py); words only",
        "# licence: Apache-2.0",
        "# date: 2026-11-22",
        "word",
    ]
    Path(out).write_text("\n".join(head + words) + "\n", encoding="utf-8")
    print(len(words), "words")


if __name__ == "__main__":
    main(*sys.argv[1:])
