"""Readings and incidents in Parquet, and incidents in GeoParquet 1.1: nothing is left out, the records come back.

``parquet`` is a folder: ``incidents.parquet`` and ``readings.parquet`` with nested columns by the JSON's names, and
``claims.parquet``, the tidy claims for queries. ``geoparquet`` is one file: the incidents with a ``geometry`` column.
Needs pyarrow (``dateline[parquet]``).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from dateline.codec import from_dict, to_dict
from dateline.core import DatelineError, Incident, Reading
from dateline.core.incident import INCIDENT_SCHEMA
from dateline.core.reading import READING_SCHEMA
from dateline.exports.arrow_shapes import arrow, fields_of
from dateline.exports.claims_csv import COLUMNS, claim_rows

T = TypeVar("T", Incident, Reading)
_SCHEMAS = {Incident: INCIDENT_SCHEMA, Reading: READING_SCHEMA}
_NUMBERS = ("latitude", "longitude", "radius_km")
_WHOLE = ("value_low", "value_high", "chosen_low", "chosen_best", "chosen_high", "start", "end")
_TRUTHS = ("disputed", "superseded")
_GEOMETRY = "geometry"


def write_parquet(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[tuple[str, bytes]]:
    """The files of the folder, by name; readings are those of the incidents' documents, in the order of the mapping."""
    yield "incidents.parquet", _file(_table(Incident, incidents))
    yield "readings.parquet", _file(_table(Reading, readings.values()))
    yield "claims.parquet", _file(_claims(incidents, readings))


def write_geoparquet(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[tuple[str, bytes]]:
    """One file, without a name of its own: the incidents with their points; null where the place is not known."""
    pa = arrow()
    table = _table(Incident, incidents)
    points = [(i.place.lon, i.place.lat) if i.place else None for i in incidents]
    table = table.append_column(_GEOMETRY, pa.array([_wkb(*p) if p else None for p in points], pa.binary()))
    known = [point for point in points if point]
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"] if known else []}
    if known:
        lons, lats = [lon for lon, _ in known], [lat for _, lat in known]
        column["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
    geo = {"version": "1.1.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}}
    told = {**(table.schema.metadata or {}), b"geo": json.dumps(geo, sort_keys=True).encode()}
    yield "", _file(table.replace_schema_metadata(told))


_ROWS = 64
"""Records of a group of rows: as many are in memory at a time, and the bytes of a file depend on it."""


@dataclass(frozen=True, slots=True)
class ParquetFormat:
    """Files of one kind of records that are written and read a few at a time, by the same columns."""

    suffix: str = ".parquet"

    @contextmanager
    def writer(self, kind: type[T], path: Path) -> Iterator[Callable[[T], None]]:
        """A function that appends one record to a new file, which is whole at the end of the block."""
        from pyarrow import parquet

        waiting: list[T] = []
        with parquet.ParquetWriter(str(path), _table(kind, []).schema, compression="zstd") as out:

            def add(record: T) -> None:
                waiting.append(record)
                if len(waiting) == _ROWS:
                    out.write_table(_table(kind, waiting))
                    waiting.clear()

            yield add
            if waiting:
                out.write_table(_table(kind, waiting))

    def records(self, kind: type[T], path: Path) -> Iterator[T]:
        """The records of a file. Raises DatelineError where it holds others or cannot be read."""
        arrow()
        from pyarrow import ArrowException, parquet

        try:
            with parquet.ParquetFile(str(path)) as file:
                for group in range(file.num_row_groups):
                    yield from _rows_of(kind, path, file.read_row_group(group))
        except (ArrowException, OSError) as error:
            raise DatelineError(f"{path}: {error}") from error


def incidents_of(path: str | Path) -> tuple[Incident, ...]:
    """The incidents of an ``incidents.parquet`` or a GeoParquet file. Raises DatelineError where it is none."""
    return _records(Incident, path)


def readings_of(path: str | Path) -> tuple[Reading, ...]:
    """The readings of a ``readings.parquet``. Raises DatelineError where it is none."""
    return _records(Reading, path)


def _table(kind: type[T], records: Iterable[T]) -> Any:
    pa = arrow()
    columns = fields_of(kind)
    rows = [to_dict(record) for record in records]
    schema = pa.schema([(name, column.type) for name, column in columns])
    arrays = [pa.array([column.into(row[name]) for row in rows], column.type) for name, column in columns]
    told = {"dateline.schema_version": _SCHEMAS[kind]}
    return pa.table(arrays, schema=schema.with_metadata(told))


def _records(kind: type[T], path: str | Path) -> tuple[T, ...]:
    arrow()
    from pyarrow import ArrowException, parquet

    try:
        table = parquet.read_table(str(path))
    except (ArrowException, OSError) as error:
        raise DatelineError(f"{path}: {error}") from error
    return tuple(_rows_of(kind, path, table))


def _rows_of(kind: type[T], path: str | Path, table: Any) -> Iterator[T]:
    version = (table.schema.metadata or {}).get(b"dateline.schema_version", b"").decode()
    if version != _SCHEMAS[kind]:
        raise DatelineError(f"{path}: holds {version or 'no records of dateline'}, not {_SCHEMAS[kind]}")
    # a file of an earlier version may lack a field that came with a default
    columns = [(name, column) for name, column in fields_of(kind) if name in table.column_names]
    rows = table.select([name for name, _ in columns]).to_pylist()
    for row in rows:
        yield from_dict(kind, {name: column.back(row[name]) for name, column in columns})


def _claims(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Any:
    """The rows of the tidy claims, cells as they are: Parquet knows no formulas."""
    pa = arrow()
    rows = list(claim_rows(incidents, readings))
    arrays = []
    for number, name in enumerate(COLUMNS):
        cells = [row[number] for row in rows]
        if name in _TRUTHS:
            arrays.append(pa.array([cell == "true" for cell in cells], pa.bool_()))
        else:
            kind = pa.float64() if name in _NUMBERS else pa.int64() if name in _WHOLE else pa.string()
            arrays.append(pa.array([None if cell == "" else cell for cell in cells], kind))
    return pa.table(arrays, names=list(COLUMNS))


def _file(table: Any) -> bytes:
    from pyarrow import BufferOutputStream, parquet

    out = BufferOutputStream()
    parquet.write_table(table, out, compression="zstd")
    return bytes(out.getvalue().to_pybytes())


def _wkb(lon: float, lat: float) -> bytes:
    """A point in well-known binary, little-endian.

    >>> _wkb(0.0, 1.0).hex()
    '01010000000000000000000000000000000000f03f'
    """
    return struct.pack("<BIdd", 1, 1, lon, lat)
