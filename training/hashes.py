"""The hashes of what was trained or compiled: ``python training/hashes.py`` after new weights or a new gazetteer.

Writes ``data/hashes.tsv``, and into each card the lines "sha256 of `FILE`: `HASH`" of its files.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "dateline" / "data"
TABLE = DATA / "hashes.tsv"
COMPILED = {
    "places/countries.json": "countryshapes",
    "places/keys.marisa": "gazetteer",
    "places/names.bin": "gazetteer",
    "places/places.bin": "gazetteer",
    "places/weights.tsv": "places",
}


def cards() -> dict[str, str]:
    """The name of the card of each file that was trained or compiled, by its path under ``data/``."""
    trained = sorted(path for path in (DATA / "models").glob("*/*") if path.is_file() and path.suffix != ".md")
    return {str(path.relative_to(DATA)): path.parent.name for path in trained} | COMPILED


def hashes() -> dict[str, str]:
    """The SHA-256 of each of these files."""
    return {name: hashlib.sha256((DATA / name).read_bytes()).hexdigest() for name in cards()}


def line(name: str, digest: str) -> str:
    """How a card tells a hash."""
    return f"sha256 of `{name}`: `{digest}`"


def rows(text: str) -> dict[str, tuple[str, str]]:
    """The hash and the card by file, as the table holds them."""
    told = [row.split("\t") for row in text.splitlines() if row and not row.startswith("#")][1:]
    return {name: (digest, card) for name, digest, card in told}


def main() -> None:
    """Write the table and the lines of the cards; the date changes only with a hash."""
    now = {name: (digest, f"training/{cards()[name]}/card.md") for name, digest in hashes().items()}
    if not TABLE.is_file() or rows(TABLE.read_text(encoding="utf-8")) != now:
        head = (
            f"# source: training/hashes.py\n# licence: CC0-1.0\n# date: {datetime.date.today()}\nfile\tsha256\tcard\n"
        )
        TABLE.write_text(
            head + "".join(f"{name}\t{a}\t{b}\n" for name, (a, b) in sorted(now.items())), encoding="utf-8"
        )
    for name, (digest, card) in now.items():
        path = ROOT / card
        text = path.read_text(encoding="utf-8")
        told = re.sub(re.escape(line(name, "")[:-2]) + "`[0-9a-f]{64}`", line(name, digest), text)
        path.write_text(
            told if line(name, digest) in told else f"{text.rstrip()}\n\n{line(name, digest)}\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
