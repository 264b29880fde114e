"""Write the golden readings anew: ``make golden``; look at the difference before it is committed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from dateline import codec
from dateline.core import Reading
from dateline.ingest import documents
from dateline.pipeline import Pipeline

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "samples"
FOLDER = HERE / "readings"


def golden(pipeline: Pipeline) -> Iterator[tuple[str, str]]:
    """(name, JSON) of the reading of each sample document, in a fixed order."""
    for number, found in enumerate(pipeline.read_many(_samples()), 1):
        assert isinstance(found, Reading), found
        data = codec.to_dict(found)
        del data["document"]["text"]  # stands in samples/; its hash is kept
        yield f"{number:02}.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _samples() -> Iterator:
    paths = sorted(str(path) for path in SAMPLES.iterdir() if path.suffix in (".txt", ".html", ".jsonl"))
    yield from documents(paths)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.json"):  # those of other processors, too: they are written anew there
        path.unlink()
    for name, text in golden(Pipeline.load()):
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
