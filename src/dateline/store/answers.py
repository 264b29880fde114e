"""Lists, facets, map and timeline of a store: the book says which, the tables say what."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from dateline.store.columns import Ints
from dateline.store.filters import Bin, FacetValue, Filter, Page, Sort, Spot
from dateline.store.opening import translated
from dateline.store.plots import Step
from dateline.store.reviewing import Reviewing

_SHOWN = (
    "number, id, type, mode, earliest, latest, place, country, admin1, lat, lon, exactness, origins, documents,"
    " tellings, killed, injured, disputed, grade, state, assigned, edited, summary"
)


class Answers(Reviewing):
    """Questions about what is shown; ``Store`` is made of it."""

    _asked: tuple[str, int, int] | None = None
    _held: Ints

    def page(self, wanted: Filter, *, sort: Sort = "newest", after: tuple[int, int] | None = None, limit: int) -> Page:
        """A page of numbers of incidents in an order."""
        found = self._found(wanted.words)
        with self._lock, translated(self.path):
            return self.book().page(wanted, sort=sort, after=after, limit=limit, found=found)

    def shown_rows(self, numbers: Sequence[int]) -> tuple[Mapping[str, Any], ...]:
        """The rows of some incidents, in the order of the numbers given."""
        query = f"SELECT {_SHOWN} FROM shown WHERE number IN (SELECT value FROM json_each(?))"
        names = [name.strip() for name in _SHOWN.split(",")]
        held = {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in self._rows(query, json.dumps(numbers))}
        return tuple(held[number] for number in numbers if number in held)

    def number_of(self, incident: str) -> int | None:
        """The number of a shown incident, or None."""
        self.refresh()
        rows = self._rows("SELECT number FROM shown WHERE id = ?", incident)
        return int(rows[0][0]) if rows else None

    def facets(self, wanted: Filter, *, most: int) -> tuple[int, dict[str, tuple[FacetValue, ...]]]:
        """How many incidents fit, and each facet's most frequent values."""
        found = self._found(wanted.words)
        with self._lock, translated(self.path):
            book = self.book()
            return int(book.mask(wanted, found).sum()), book.facets(wanted, found=found, most=most)

    def counts(self, field: str, wanted: Filter) -> tuple[FacetValue, ...]:
        """All values of one facet among the incidents that fit, the most frequent first."""
        found = self._found(wanted.words)
        with self._lock, translated(self.path):
            return self.book().counts(field, wanted, found)

    def spots(self, wanted: Filter, zoom: int) -> tuple[int, int, tuple[Spot, ...]]:
        """How many incidents fit, how many of them have a place, and the map's spots."""
        found = self._found(wanted.words)
        with self._lock, translated(self.path):
            plots = self.book().plots(wanted, found)
        spots = plots.spots(zoom)
        numbers = [number for _, number in spots if number >= 0]
        rows = self._rows(
            "SELECT number, id FROM shown WHERE number IN (SELECT value FROM json_each(?))", json.dumps(numbers)
        )
        ids = dict(rows)
        drawn = tuple(replace(spot, incident=ids[number]) if number in ids else spot for spot, number in spots)
        return len(plots.numbers), sum(spot.count for spot in drawn), drawn

    def bins(self, wanted: Filter, step: Step) -> tuple[int, int, tuple[Bin, ...]]:
        """How many incidents fit, how many of them have no day, and the timeline's bins."""
        found = self._found(wanted.words)
        with self._lock, translated(self.path):
            plots = self.book().plots(wanted, found)
        bins = plots.bins(step)
        total = len(plots.numbers)
        return total, total - sum(each.count for each in bins), bins

    def roles(self, entities: Sequence[str]) -> dict[str, dict[str, int]]:
        """In how many incidents each party stands in which role."""
        out: dict[str, dict[str, int]] = {}
        query = "SELECT entity, role, count(*) FROM shown_parties WHERE entity IN (SELECT value FROM json_each(?))"
        for entity, role, count in self._rows(f"{query} GROUP BY entity, role", json.dumps(list(entities))):
            out.setdefault(entity, {})[role] = count
        return out

    def points(self, places: Sequence[str]) -> dict[str, tuple[str | None, str | None, float | None, float | None]]:
        """Country, first-level region and mean point of places by name."""
        query = "SELECT place, min(country), min(admin1), avg(lat), avg(lon) FROM shown"
        given = json.dumps(list(places))
        rows = self._rows(f"{query} WHERE place IN (SELECT value FROM json_each(?)) GROUP BY place", given)
        return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}

    def _found(self, words: str) -> Ints | None:
        """The numbers of incidents that hold all the words, in their own row or a document's; None: no words."""
        query = matching(words)
        if query is None:
            return None
        with self._lock, translated(self.path):
            book = self.book()
            asked = (query, self._drawn, self.version())
            if self._asked != asked:
                own = self._rows("SELECT rowid FROM shown_words WHERE shown_words MATCH ?", query)
                texts = self._rows("SELECT rowid FROM documents_words WHERE documents_words MATCH ?", query)
                told = book.telling([row[0] for row in texts])
                self._held = np.union1d(told, np.array([row[0] for row in own], np.int64))
                self._asked = asked
            return self._held


def matching(words: str) -> str | None:
    """The words as a query of SQLite's full-text index that means all of them and nothing else; None for no words.

    >>> matching('two "farmers" NEAR')
    '"two" "farmers" "NEAR"'
    """
    bare = ["".join(ch for ch in word if ch.isalnum() or ch in "'’-.") for word in words.replace("\0", " ").split()]
    kept = [word for word in bare if any(ch.isalnum() for ch in word)]
    return " ".join(f'"{word}"' for word in kept[:32]) or None
