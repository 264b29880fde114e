"""Readings as one web page: the text with its voices and marks, and the events beside it.

The page is a single file that loads nothing. Left out: TIMEX3 values, coordinates as numbers,
attributions' directness, and mentions that are neither named nor part of an event.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from dateline.core import Reading
from dateline.exports.page import render
from dateline.exports.reading_page import PageBuilder
from dateline.exports.view import ReadingView
from dateline.exports.worldmap import Atlas
from dateline.knowledge.shapes import country_shapes

LAYERS = (
    ("said", "voices"),
    ("trigger", "events"),
    ("actor", "actors"),
    ("count", "counts"),
    ("time", "times"),
    ("place", "places"),
    ("cue", "cues"),
)


def write_html(readings: Iterable[Reading], *, map_of: Atlas | None = None) -> Iterator[str]:
    """The page, with one section a reading and a table of contents where there are several.

    ``map_of`` draws the maps; the countries that ship with the package where it is None.
    """
    builder = PageBuilder(map_of or atlas())
    pages = [builder(ReadingView(reading), number) for number, reading in enumerate(readings, 1)]
    yield render("readings.html.j2", pages=pages, layers=LAYERS)


@functools.cache
def atlas() -> Atlas:
    """The countries that ship with the package, made ready for maps."""
    return Atlas(country_shapes())
