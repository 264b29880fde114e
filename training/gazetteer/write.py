"""The three shipped files."""

from __future__ import annotations

import struct
from pathlib import Path

import marisa_trie
from rows import Row, World

from dateline.knowledge.gazetteer import loose

RECORD = struct.Struct("<IiiIII2sHBB")
NONE = 0xFFFFFFFF
ALTERNATE = 1 << 31
MOST = 120
KINDS = ("country", "region", "admin1", "admin2", "city", "town", "district", "facility", "water", "area")
# Countries whose names reach English news through another script, in many spellings.
LOOSE = frozenset((
    "AE", "AF", "AM", "AZ", "BD", "BH", "BY", "DJ", "DZ", "EG", "EH", "ER", "ET", "GE", "IL", "IN", "IQ", "IR", "JO",
    "KG", "KW", "KZ", "LB", "LY", "MA", "MN", "MR", "NP", "OM", "PK", "PS", "QA", "RU", "SA", "SD", "SO", "SS", "SY",
    "TD", "TJ", "TM", "TN", "UA", "UZ", "YE",
))  # fmt: skip
WIDE = ("country", "region", "admin1", "area", "water")


def write(world: World, out: Path) -> None:
    names = bytearray()
    at: dict[str, int] = {}
    records = bytearray()
    for row in world.rows:
        if row.name not in at:
            at[row.name] = len(names)
            names += row.name.encode("utf-8") + b"\0"
        admin1 = world.number.get(row.admin1, NONE) if row.admin1 is not None else NONE
        records += RECORD.pack(
            row.geonames, round(row.lat * 1e5), round(row.lon * 1e5), min(row.population, 0xFFFFFFFE), at[row.name],
            admin1, (row.country or "--").encode("ascii"), min(65535, round(row.radius * 10)), KINDS.index(row.kind),
            int(row.capital),
        )  # fmt: skip
    (out / "places.bin").write_bytes(records)
    (out / "names.bin").write_bytes(names)
    pairs = list(keys(world))
    marisa_trie.RecordTrie("<I", pairs).save(str(out / "keys.marisa"))
    print(f"{len(world.rows)} places, {len({k for k, _ in pairs})} keys, {len(pairs)} pairs")
    for name in ("places.bin", "names.bin", "keys.marisa"):
        print(f"{name} {(out / name).stat().st_size:,} bytes")


def keys(world: World) -> list[tuple[str, tuple[int]]]:
    """(key, (record number, alternates with the high bit)) pairs, sorted; at most MOST places a key."""
    by_key: dict[str, list[tuple[int, bool]]] = {}
    for number, row in enumerate(world.rows):
        for key, alternate in row.keys.items():
            if key:
                by_key.setdefault(key, []).append((number, alternate))
        if row.code and row.kind in ("country", "admin1"):
            by_key.setdefault(f"={row.code}", []).append((number, False))
        if row.capital:
            by_key.setdefault(f"=*{row.country}", []).append((number, False))
    for number, row in enumerate(world.rows):
        if row.country in LOOSE and row.kind in ("city", "town", "admin1", "admin2"):
            by_key.setdefault(f"~{loose(row.name)}", []).append((number, True))
    pairs = []
    for key, found in by_key.items():
        kept = [pair for pair in found if not shadowed(world.rows[pair[0]], [world.rows[n] for n, _ in found])]
        kept.sort(key=lambda pair: (world.rows[pair[0]].kind not in WIDE, pair[1], pair[0]))
        pairs += [(key, (number | ALTERNATE if alternate else number,)) for number, alternate in kept[:MOST]]
    return sorted(pairs)


def shadowed(row: Row, others: list[Row]) -> bool:
    """Whether a second-order unit only repeats a town of its name near by."""
    return row.kind == "admin2" and any(
        other.group == "city"
        and other.country == row.country
        and abs(other.lat - row.lat) + abs(other.lon - row.lon) < 1.0
        for other in others
    )
