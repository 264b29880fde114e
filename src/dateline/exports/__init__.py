"""Readings and incidents in the formats that people use, one file a format.

Each format's module says what the format leaves out. Writers yield pieces of text to be written
one after the other; none opens a file.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dateline.core import Incident, Reading

ReadingsWriter = Callable[[Iterable[Reading]], Iterator[str]]
"""Gives readings as pieces of text."""

IncidentsWriter = Callable[[Sequence[Incident], Mapping[str, Reading]], Iterator[str]]
"""Gives incidents, with their readings by document id, as pieces of text."""

FilesWriter = Callable[[Sequence[Incident], Mapping[str, Reading]], Iterator[tuple[str, bytes]]]
"""Gives incidents as files: name and content."""

ReadingFilesWriter = Callable[[Iterable[Reading]], Iterator[tuple[str, bytes]]]
"""Gives readings as files: name and content."""

READING_FORMATS = ("text", "html", "json", "jsonl", "muc4", "plover", "webanno-jsonld")
"""Formats of readings that are text."""

_TABLES = ("csv", "geojson", "html", "ucdp", "acled-style", "hxl")
INCIDENT_FORMATS = ("text", "jsonl", *_TABLES, "plover", "ftm", "webanno-jsonld")
"""Formats of incidents that are text."""

FILE_FORMATS = ("parquet", "geoparquet", "timemap")
"""Formats of incidents that are a folder of files, or one that is no text: they are written to a path."""

READING_FILE_FORMATS = ("brat", "labelstudio")
"""Formats of readings that are a folder of files."""

__all__ = [
    "FILE_FORMATS",
    "INCIDENT_FORMATS",
    "READING_FILE_FORMATS",
    "READING_FORMATS",
    "FilesWriter",
    "IncidentsWriter",
    "ReadingFilesWriter",
    "ReadingsWriter",
    "files_writer",
    "generalised_store",
    "incidents_writer",
    "reading_files_writer",
    "readings_writer",
]


def readings_writer(name: str, *, width: int | None = None, ansi: bool = False) -> ReadingsWriter:
    """The writer of a format in ``READING_FORMATS``; ``width`` and ``ansi`` matter to ``text`` alone.

    Raises ValueError that lists the formats where the name is none of them.

    >>> list(readings_writer("jsonl")([]))
    []
    """
    if name == "text":
        from dateline.exports.sheet import WIDTH
        from dateline.exports.text import write_text

        return functools.partial(write_text, width=width or WIDTH, ansi=ansi)
    if name == "html":
        from dateline.exports.html import write_html

        return write_html
    if name in ("json", "jsonl"):
        from dateline.exports.readings_jsonl import write_json, write_jsonl

        return write_json if name == "json" else write_jsonl
    if name == "muc4":
        from dateline.exports.muc4 import write_muc4

        return write_muc4
    if name == "plover":
        from dateline.exports.plover import write_plover

        return write_plover
    if name == "webanno-jsonld":
        from dateline.exports.webanno import write_webanno

        return write_webanno
    raise ValueError(f"unknown format of readings {name!r}: choose {', '.join(READING_FORMATS)}")


def incidents_writer(name: str, *, width: int | None = None, ansi: bool = False) -> IncidentsWriter:
    """The writer of a format in ``INCIDENT_FORMATS``; readings are keyed by document id.

    ``width`` and ``ansi`` matter to ``text`` alone. Raises ValueError that lists the formats where
    the name is none of them.

    >>> list(incidents_writer("jsonl")([], {}))
    []
    """
    if name == "text":
        from dateline.exports.incidents_text import write_text
        from dateline.exports.sheet import WIDTH

        return functools.partial(write_text, width=width or WIDTH, ansi=ansi)
    if name == "jsonl":
        from dateline.exports.incidents_jsonl import write_jsonl

        return write_jsonl
    if name == "csv":
        from dateline.exports.claims_csv import write_csv

        return write_csv
    if name == "geojson":
        from dateline.exports.incidents_geojson import write_geojson

        return write_geojson
    if name == "html":
        from dateline.exports.incidents_html import write_html

        return write_html
    if name == "ucdp":
        from dateline.exports.ucdp import write_ucdp

        return write_ucdp
    if name == "acled-style":
        from dateline.exports.acled_style import write_acled_style

        return write_acled_style
    if name == "hxl":
        from dateline.exports.hxl import write_hxl

        return write_hxl
    if name == "plover":
        from dateline.exports.plover import write_plover_incidents

        return write_plover_incidents
    if name == "ftm":
        from dateline.exports.ftm import write_ftm

        return write_ftm
    if name == "webanno-jsonld":
        from dateline.exports.webanno import write_webanno_incidents

        return write_webanno_incidents
    raise ValueError(f"unknown format of incidents {name!r}: choose {', '.join(INCIDENT_FORMATS)}")


def files_writer(name: str) -> FilesWriter:
    """The writer of a format in ``FILE_FORMATS``: it yields (file name, content), the name empty for the path itself.

    Raises ValueError that lists the formats where the name is none of them.

    >>> [name for name, content in files_writer("timemap")([], {})][:1]
    ['events.json']
    """
    if name in ("parquet", "geoparquet"):
        from dateline.exports.parquet import write_geoparquet, write_parquet

        return write_parquet if name == "parquet" else write_geoparquet
    if name == "timemap":
        from dateline.exports.timemap import write_timemap

        return write_timemap
    raise ValueError(f"unknown format of files {name!r}: choose {', '.join(FILE_FORMATS)}")


def reading_files_writer(name: str) -> ReadingFilesWriter:
    """The writer of a format in ``READING_FILE_FORMATS``: it yields (file name, content).

    Raises ValueError that lists the formats where the name is none of them.

    >>> [name for name, content in reading_files_writer("brat")([])][:1]
    ['documents.json']
    """
    if name == "brat":
        from dateline.exports.brat import write_brat

        return write_brat
    if name == "labelstudio":
        from dateline.exports.labelstudio import write_labelstudio

        return write_labelstudio
    raise ValueError(f"unknown format of files {name!r}: choose {', '.join(READING_FILE_FORMATS)}")


def generalised_store(
    incidents: Sequence[Incident], readings: Mapping[str, Reading], level: str | None
) -> tuple[Sequence[Incident], Mapping[str, Reading]]:
    """What a writer of incidents is given: as it is held, or made coarser to a level of ``generalise.LEVELS``.

    Raises ValueError that lists the levels where ``level`` is none of them.

    >>> generalised_store([], {}, None)
    ([], {})
    """
    if level is None:
        return incidents, readings
    from dateline.exports.generalise import GeneralisedReadings, generalised, level_of

    wanted = level_of(level)
    return tuple(generalised(incident, wanted) for incident in incidents), GeneralisedReadings(readings)
