"""Countries' codes and the regions in which the large hand-coded datasets put them."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from dateline.knowledge.tables import Row, read_table

_COLUMNS = ("iso2", "iso3", "numeric", "name", "ucdp", "acled")


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """A country: ISO 3166-1 codes (``numeric`` None where it has none), its name and its regions."""

    iso2: str
    iso3: str
    numeric: int | None
    name: str
    ucdp_region: str
    acled_region: str


@functools.cache
def _table() -> dict[str, CountryCodes]:
    return {row["iso2"]: _codes(row) for row in read_table("places/country_codes.tsv", _COLUMNS)}


def country_codes(iso2: str | None) -> CountryCodes | None:
    """The codes of a country by its ISO 3166-1 alpha-2 code; None where it is not known.

    >>> country_codes("TR").iso3, country_codes("TR").numeric, country_codes("TR").ucdp_region
    ('TUR', 792, 'Middle East')
    >>> country_codes(None) is None
    True
    """
    return _table().get(iso2) if iso2 else None


def _codes(row: Row) -> CountryCodes:
    if len(row["iso2"]) != 2 or len(row["iso3"]) != 3 or not (row["numeric"] or "0").isdecimal():
        raise row.error("codes of two and three letters and a number are needed")
    number = int(row["numeric"]) if row["numeric"] else None
    return CountryCodes(row["iso2"], row["iso3"], number, row["name"], row["ucdp"], row["acled"])
