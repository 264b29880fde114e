"""Under which folded names a place is found."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dateline.knowledge.folding import fold

if TYPE_CHECKING:
    from rows import Row

__all__ = ["bare", "bare_cities", "fold", "keys_of_areas", "keys_of_cities", "keys_of_facilities", "latin"]

ENGLISH = {"US", "GB", "CA", "AU", "NZ", "IE"}
_TYPES = (
    "province|governorate|district|county|region|state|department|prefecture|oblast|municipality|division|rayon|raion|"
    "republic|krai|kray|voivodeship|emirate|territory|canton|parish|municipio|department|wilaya|autonomous region|"
    "administrative region|metropolitan city|metropolitan region|autonomous okrug|autonomous oblast"
)
_AFTER = re.compile(rf"\s+({_TYPES})$", re.I)
_BEFORE = re.compile(
    r"^(muhafazat|provincia|province|estado|state|departamento|department|distrito|district|municipio|region|región|"
    r"wilayat|wilaya de|wilaya|gouvernorat|gobierno|oblast|county|republic|commonwealth|kingdom)"
    r"\s+(of\s+|de\s+la\s+|de\s+|del\s+|d')?",
    re.I,
)
_ARTICLE = re.compile(r"^(al|el|ad|ar|as|ash|at|az|an|la|le|los|las)\s+")
_SHORT = {"saint": "st", "mount": "mt", "fort": "ft", "sainte": "ste"}
_WORDY = re.compile(r"^(the|city of|town of|kota|lungsod|thanh pho|bandar raya|dakbayan|municipality)\b")


def latin(name: str) -> bool:
    """Whether every letter is a Latin one and the name starts with a capital."""
    letters = [ch for ch in unicodedata.normalize("NFKD", name) if ch.isalpha() and ch not in "ʼʻʿʾ"]
    return bool(letters) and all(ch < "\u0250" for ch in letters) and letters[0].isupper()


def bare(name: str) -> str:
    """A unit's name without the word for its kind: "Anbar Governorate" → "Anbar"."""
    short = _AFTER.sub("", name)
    if short == name and not name.lower().startswith("county "):
        short = _BEFORE.sub("", name)
    return short if len(short) > 2 else name


def spellings(key: str) -> set[str]:
    """A key and its forms with Saint, Mount and Fort shortened or written out, and with its article left off."""
    found = {key}
    words = key.split()
    for long, short in _SHORT.items():
        found |= {
            " ".join(short if w == long else w for w in words),
            " ".join(long if w == short else w for w in words),
        }
    return {" ".join(k.split()) for k in found if k}


def close(name: str, other: str) -> float:
    a, b = _ARTICLE.sub("", fold(name)).replace(" ", ""), _ARTICLE.sub("", fold(other)).replace(" ", "")
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def keys_of_cities(row: Row) -> dict[str, bool]:
    keys = dict.fromkeys(spellings(fold(row.name)), False)
    article = _ARTICLE.sub("", fold(row.name))
    if row.country not in ENGLISH and (len(article) > 3 or row.population >= 50_000):
        keys.setdefault(article, row.population < 20_000)
    for name in sorted(set(row.others)):
        if wanted(row, name):
            main = row.population >= 100_000 and close(row.name, name) >= 0.75
            for key in spellings(fold(name)):
                keys[key] = keys.get(key, True) and not main
                short = _ARTICLE.sub("", key)
                if row.country not in ENGLISH and len(short) > 4 and row.population >= 20_000:
                    keys.setdefault(short, True)
    return keys


def bare_cities(rows: list[Row]) -> None:
    """A city is found without its last word "City" too ("Mandaue"), but not among the English-speaking countries.

    Left out are names of countries, regions and persons, and of another sizeable town of the same country.
    """
    others: dict[tuple[str, str], int] = {}
    taken = set(_PERSONS)
    for row in rows:
        if row.group == "city":
            key = row.country, fold(row.name)
            others[key] = max(others.get(key, 0), row.population)
        elif row.kind in ("country", "region"):
            taken.update(row.keys)
    for row in rows:
        key = fold(row.name)
        short = key.removesuffix(" city")
        if row.group != "city" or short == key or row.country in ENGLISH or len(short) < 4 or short in taken:
            continue
        if others.get((row.country, short), 0) * 10 < max(1, row.population):
            row.keys.setdefault(short, True)


_PERSONS = ("ho chi minh",)


def wanted(row: Row, name: str) -> bool:
    """Whether an alternate name is one that English news might print, and not the country's own name."""
    key, main = fold(name), fold(row.name)
    if main.startswith(key + " ") and main.removeprefix(key + " ") in ("city", "municipality", "district"):
        return row.country == "US"
    if not latin(name) or len(key) < 4 or (name.isupper() and len(name) < 6) or _WORDY.match(key):
        return False
    if any(ch.isdigit() for ch in name) or len(key.split()) > 4 or "," in name:
        return False
    if row.country in ENGLISH:
        shorter, longer = main.startswith(key + " "), key.startswith(main + " ")
        if row.population >= 200_000:
            return shorter or longer
        return row.country != "US" and shorter and row.population >= 20_000
    if row.population >= 150_000 or row.capital:
        return len(key) >= 5 or close(row.name, name) >= 0.6
    if row.population >= 15_000:
        return close(row.name, name) >= 0.55 and len(key) >= 5
    return close(row.name, name) >= 0.75 and len(key) >= 5


def keys_of_areas(row: Row) -> dict[str, bool]:
    keys = dict.fromkeys(spellings(fold(row.name)), False)
    typed = row.kind == "admin2" and row.country in ENGLISH and not row.hand
    for name in (row.name, *row.others):
        if row.group == "admin" and (not latin(name) or (name.isupper() and not row.hand) or len(fold(name)) < 3):
            continue
        if typed and not re.search(r"\b(county|parish|borough|district)\b", name, re.I) and row.country == "US":
            continue
        if typed and row.country == "US":
            keys.setdefault(fold(re.sub(r"\s+(County|Parish|Borough)$", "", name)), True)
        forms = {fold(name)} if typed or row.group != "admin" else {fold(name), fold(bare(name))}
        if fold(name).startswith("county ") and row.country in ("IE", "GB"):
            forms |= {"co " + fold(name)[7:], fold(name)[7:]}
        for form in forms:
            for key in spellings(form):
                if len(key) > 1:
                    keys.setdefault(key, row.group == "admin" and close(row.name, name) < 0.6)
                short = _ARTICLE.sub("", key)
                if row.group == "admin" and row.country not in ENGLISH and len(short) > 3:
                    keys.setdefault(short, keys[key])
    return keys


_BASE = re.compile(r"\b(air ?base|air force base|afb)\b", re.I)


def keys_of_facilities(row: Row) -> dict[str, bool]:
    keys = {fold(row.name): False}
    if match := _BASE.search(row.name):
        stem = row.name[: match.start()].strip()
        for kind in ("air base", "airbase", "air force base", "afb"):
            keys.setdefault(fold(f"{stem} {kind}"), True)
        if stem.lower().startswith("al "):
            keys.setdefault(fold(f"Ain {stem} airbase"), True)
    if fold(row.name).endswith("international airport"):
        keys.setdefault(fold(row.name).replace("international airport", "airport"), True)
    return {key: other for key, other in keys.items() if len(key.split()) > 1}
