"""All incidents that are shown, as columns in memory: filters, facets, pages, map and timeline in milliseconds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dateline.store.columns import Ints, Mask, Several, Single
from dateline.store.filters import FACETS, FacetValue, Filter, Page, Sort
from dateline.store.plots import Plots

_SINGLE = ("type", "mode", "country", "admin1", "place", "year", "origins", "grade", "state", "assigned")
_SEVERAL = ("actor", "outlet", "disputed")
_NEVER = 4_000_000
_MANY = 5
_BITS = 2**31


@dataclass(frozen=True, slots=True)
class Row:
    """What the book keeps of one shown incident; ``actors`` are (entity, name), dates ISO days."""

    number: int
    type: str
    mode: str | None
    country: str | None
    admin1: str | None
    place: str | None
    earliest: str | None
    latest: str | None
    lat: float | None
    lon: float | None
    origins: int
    documents: int
    killed: int | None
    disputed: tuple[str, ...]
    grade: str | None
    state: str
    assigned: str | None
    changed: int
    actors: tuple[tuple[str, str], ...]
    outlets: tuple[str, ...]
    radius: float | None = None
    texts: tuple[int, ...] = ()


class Book:
    """Columns over the shown incidents. Rows are never moved: a changed incident's old row dies, a new one is added."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._single = {name: Single() for name in _SINGLE}
        self._several = {name: Several() for name in _SEVERAL}
        self._ints: dict[str, Ints] = {
            name: np.empty(0, np.int64)
            for name in ("number", "first", "last", *Sort.__args__)  # type: ignore[attr-defined]
        }
        self._lat = np.empty(0)
        self._lon = np.empty(0)
        self._radius = np.empty(0)
        self._texts: Ints = np.empty((0, 2), np.int64)
        self._alive: Mask = np.empty(0, np.bool_)
        self._orders: dict[str, Ints] = {}
        self.replace((), tuple(rows))

    def __len__(self) -> int:
        return int(self._alive.sum())

    def replace(self, gone: Sequence[int], rows: Sequence[Row]) -> None:
        """Take out the incidents of these numbers, and put rows in; costs a few milliseconds."""
        start = len(self._alive)
        if gone:
            self._alive &= ~np.isin(self._ints["number"], gone)
        singles: dict[str, list[str | None]] = {
            "type": [r.type for r in rows],
            "mode": [r.mode for r in rows],
            "country": [r.country for r in rows],
            "admin1": [r.admin1 for r in rows],
            "place": [r.place for r in rows],
            "year": [(r.earliest or r.latest or "")[:4] or None for r in rows],
            "origins": [str(r.origins) if r.origins < _MANY else f"{_MANY}+" for r in rows],
            "grade": [r.grade for r in rows],
            "state": [r.state for r in rows],
            "assigned": [r.assigned for r in rows],
        }
        for name, values in singles.items():
            self._single[name].extend(values)
        several = {
            "actor": [(n, key, name) for n, r in enumerate(rows, start) for key, name in r.actors],
            "outlet": [(n, outlet, outlet) for n, r in enumerate(rows, start) for outlet in r.outlets],
            "disputed": [
                (n, field, field) for n, r in enumerate(rows, start) for field in (*r.disputed, _any(r.disputed))
            ],
        }
        for name, pairs in several.items():
            self._several[name].extend(pairs)
        self._number(rows)
        nan = float("nan")
        self._lat = np.concatenate([self._lat, [nan if r.lat is None else r.lat for r in rows]])
        self._lon = np.concatenate([self._lon, [nan if r.lon is None else r.lon for r in rows]])
        self._radius = np.concatenate([self._radius, [r.radius or 0.0 for r in rows]])
        self._alive = np.concatenate([self._alive, np.ones(len(rows), np.bool_)])
        held = [(text, r.number) for r in rows for text in r.texts]
        kept = self._texts[~np.isin(self._texts[:, 1], gone)] if gone else self._texts
        self._texts = np.concatenate([kept, np.array(held, np.int64).reshape(-1, 2)])
        self._orders.clear()

    def _number(self, rows: Sequence[Row]) -> None:
        first = [_day(r.earliest or r.latest) for r in rows]
        fresh: dict[str, list[int]] = {
            "number": [r.number for r in rows],
            "first": first,
            "last": [_day(r.latest or r.earliest) for r in rows],
            "newest": [-day if day != _NEVER else 0 for day in first],
            "oldest": first,
            "origins": [-r.origins for r in rows],
            "documents": [-r.documents for r in rows],
            "killed": [-(r.killed or 0) for r in rows],
            "changed": [-r.changed for r in rows],
        }
        for name, values in fresh.items():
            self._ints[name] = np.concatenate([self._ints[name], np.array(values, np.int64)])

    def telling(self, texts: Sequence[int]) -> Ints:
        """The numbers of the incidents that documents, by their numbers, tell."""
        told: Ints = self._texts[np.isin(self._texts[:, 0], np.array(texts, np.int64)), 1]
        return told

    # Questions --------------------------------------------------------------------------------------

    def mask(self, wanted: Filter, found: Sequence[int] | Ints | None = None) -> Mask:
        """The rows that meet all conditions; ``found``: the numbers that hold the words looked for."""
        return self._both(self._fields(wanted), self._rest(wanted, found), without=None)

    def page(
        self,
        wanted: Filter,
        *,
        sort: Sort,
        after: tuple[int, int] | None,
        limit: int,
        found: Sequence[int] | Ints | None,
    ) -> Page:
        """The next ``limit`` incidents after a key in an order."""
        mask = self.mask(wanted, found)
        order = self._order(sort)
        rows = order[mask[order]]
        keys = self._ints[sort][rows] * _BITS + self._ints["number"][rows]
        start = 0 if after is None else int(np.searchsorted(keys, after[0] * _BITS + after[1], side="right"))
        chosen = rows[start : start + limit]
        numbers = tuple(self._ints["number"][chosen].tolist())
        more = start + limit < len(rows)
        last = (int(self._ints[sort][chosen[-1]]), numbers[-1]) if more and numbers else None
        return Page(numbers, len(rows), last)

    def facets(
        self,
        wanted: Filter,
        *,
        found: Sequence[int] | Ints | None,
        most: int = 50,
        names: Sequence[str] = FACETS,
    ) -> dict[str, tuple[FacetValue, ...]]:
        """For each facet its most frequent values; its own condition does not count, so that more can be added."""
        fields, rest = self._fields(wanted), self._rest(wanted, found)
        everything = self._both(fields, rest, without=None)
        out: dict[str, tuple[FacetValue, ...]] = {}
        for name in names:
            mask = self._both(fields, rest, without=name) if name in fields else everything
            column = self._single.get(name) or self._several[name]
            counts = column.counts(mask)
            top = np.argsort(-counts, kind="stable")[:most]
            words = column.words
            out[name] = tuple(FacetValue(words.values[k], words.labels[k], int(counts[k])) for k in top if counts[k])
        return out

    def plots(self, wanted: Filter, found: Sequence[int] | Ints | None = None) -> Plots:
        """The incidents that meet all conditions, for the map and the timeline."""
        mask = self.mask(wanted, found)
        kind = self._single["type"]
        return Plots(
            numbers=self._ints["number"][mask],
            lat=self._lat[mask],
            lon=self._lon[mask],
            days=self._ints["first"][mask],
            types=kind.codes(mask),
            names=kind.words.values,
            never=_NEVER,
            radius=self._radius[mask],
        )

    def counts(self, field: str, wanted: Filter, found: Sequence[int] | Ints | None = None) -> tuple[FacetValue, ...]:
        """All values of a facet among the incidents that meet the conditions, the most frequent first."""
        return self.facets(wanted, found=found, most=len(self._alive) + 1, names=(field,))[field]

    # Parts ------------------------------------------------------------------------------------------

    def _order(self, sort: str) -> Ints:
        if sort not in self._orders:
            self._orders[sort] = np.lexsort((self._ints["number"], self._ints[sort]))
        return self._orders[sort]

    def _fields(self, wanted: Filter) -> dict[str, Mask]:
        given: dict[str, tuple[str, ...]] = {name: getattr(wanted, name) for name in FACETS}
        size = len(self._alive)
        return {
            name: self._single[name].mask(values) if name in self._single else self._several[name].mask(values, size)
            for name, values in given.items()
            if values
        }

    def _rest(self, wanted: Filter, found: Sequence[int] | Ints | None) -> Mask:
        mask = self._alive.copy()
        if wanted.since:
            mask &= (self._ints["last"] >= _day(wanted.since)) & (self._ints["last"] != _NEVER)
        if wanted.until:
            mask &= self._ints["first"] <= _day(wanted.until)
        if wanted.bbox:
            west, south, east, north = wanted.bbox
            mask &= (self._lat >= south) & (self._lat <= north)
            right, left = self._lon >= west, self._lon <= east
            mask &= (right & left) if west <= east else (right | left)
        if found is not None:
            mask &= np.isin(self._ints["number"], np.asarray(found, np.int64))
        return mask

    @staticmethod
    def _both(fields: dict[str, Mask], rest: Mask, *, without: str | None) -> Mask:
        mask = rest
        for name, each in fields.items():
            if name != without:
                mask = mask & each
        return mask


def _any(disputed: tuple[str, ...]) -> str:
    return "any" if disputed else "none"


def _day(date: str | None) -> int:
    """The ordinal of an ISO day; a far one where there is none."""
    try:
        return datetime.date.fromisoformat((date or "")[:10]).toordinal()
    except ValueError:
        return _NEVER
