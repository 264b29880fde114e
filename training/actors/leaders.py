"""Build ``data/actors/leaders.tsv``: heads of state and of government, with their terms.

    python -m training.actors.leaders Phoenix.Countries.actors.txt src/dateline/data/actors/leaders.tsv

The source codes every member of a government alike, so who led it is known only where an office word says so:
a name with the title ("PRESIDENT_KARZAI"), a remark beside a term, or a heading over a list ("# Prime Ministers").
Everybody else is left out, and nothing is added from elsewhere. Deterministic.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

from dateline.knowledge.tables import read_table

HEADER = """# source: Phoenix.Countries.actors.txt, Open Event Data Alliance, 2014 (from CountryInfo.140130.txt)
# licence: MIT, Copyright (c) 2014 Open Event Data Alliance
# date: 2026-11-22
# made by training/actors/leaders.py; one line a term of office, in years; an empty end is open in the source
# aliases: other full names; called: the words that stand for the person behind the title of the office
"""
COLUMNS = ("key", "name", "aliases", "called", "country", "office", "start", "end")
TITLES = {
    "PRIME_MINISTER": "prime minister",
    "PREMIER": "prime minister",
    "PM": "prime minister",
    "PRESIDENT": "president",
    "CHANCELLOR": "chancellor",
    "KING": "king",
}
TITLED = re.compile(rf"(?P<before>(?:[A-Z.]+_)*?)(?P<title>{'|'.join(TITLES)})_(?P<rest>.+)")
NO_OFFICE = ("VICE", "DEPUTY", "FORMER", "EX", "ELECT", "FOREIGN", "OF", "ACTING")
OTHER_TITLE = re.compile(
    r"(?:[A-Z.]+_)?(?:VICE|FORMER|FOREIGN|DEFENSE|MINISTER|SECRETARY|SENATOR|GOV\.?|GOVERNOR|GOVENOR|GENERAL|GEN\.|MR\.?"
    r"|CONGRESSMAN|REPRESENTATIVE|KANZLER|BUNDESKANZLER|PRESIENT|PRESIDENT|THE|US|U\.S\.|UNITED|LEADER|EX|MOSCOW)[_-]"
)
HEADINGS = {"president": "president", "prime minister": "prime minister", "chancellor": "chancellor"}
HEADING = re.compile(r"#.*?\b(president|prime minister|chancellor)s?\b(?: in order)?$", re.I)
REMARKS = (
    (re.compile(r"president of (?!the)|^president$", re.I), "president"),
    (re.compile(r"(?:acting )?(?:pm|prime minister)$", re.I), "prime minister"),
    (re.compile(r"chancellor of", re.I), "chancellor"),
)
TERM = re.compile(r"\s*\[([A-Z]{3})GOV\s*(>|<)?\s*(\d+)(?:-(\d+))?\]\s*(?:[#;]\s*(.*))?")
WORD = re.compile(r"[^\W\d_][^\W\d_'.-]*(?:['.-][^\W\d_]*)*")
ARTICLES = ("AL", "EL")
INITIALS = 3
COUNTRY = re.compile(r"[A-Z].*\s\[[A-Z]{3,6}\]")
PIVOT = 15
OPEN = 99999999


@dataclass(frozen=True)
class Term:
    """A stretch in office: country (ISO 3166-1 alpha-3), days as numbers of the form 20140908, remark."""

    country: str
    start: int
    end: int
    remark: str


@dataclass
class Entry:
    """One person of the source: the spellings in order, the plain terms in government, the heading above."""

    spellings: list[str]
    heading: str = ""
    terms: list[Term] = field(default_factory=list)
    coded: bool = False


@dataclass(frozen=True)
class Leader:
    """A person who led a state or a government."""

    name: str
    aliases: tuple[str, ...]
    called: tuple[str, ...]
    offices: tuple[str, ...]
    terms: tuple[Term, ...]


def day(digits: str) -> int:
    """``"030101"`` → 20030101; two figures up to 15 are of this century."""
    if len(digits) == 6:
        return int(("20" if int(digits[:2]) <= PIVOT else "19") + digits)
    return int(digits[:8])


def entries(path: Path) -> list[Entry]:
    """The entries of the source; one without terms is of the next where both end in one surname."""
    found: list[Entry] = []
    heading = ""
    for raw in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line = raw.rstrip()
        if line.startswith("#"):
            told = HEADING.fullmatch(line)
            heading = HEADINGS[told[1].lower()] if told else ""
        elif line.startswith("+") and found:
            found[-1].spellings.append(spelling(line[1:]))
        elif line.lstrip().startswith("[") and found:
            found[-1].coded = True
            if told := TERM.match(line):
                country, sign, first, last, remark = told.groups()
                end = day(last) if last else OPEN if sign == ">" else day(first)
                found[-1].terms.append(Term(country, day(first), end, (remark or "").strip()))
        elif line and not line[0].isspace() and not line.startswith("#"):
            heading = "" if COUNTRY.match(line) else heading
            name = spelling(line)
            before = found[-1] if found else None
            if before and not before.coded and surname(before.spellings[0]) == surname(name):
                before.spellings.append(name)
            else:
                found.append(Entry([name], heading))
    return found


def spelling(line: str) -> str:
    return re.split(r"[;#]", line)[0].strip().strip("_").upper().replace(" ", "_")


def surname(name: str) -> str:
    return name.rpartition("_")[2]


def listed(found: list[Entry]) -> None:
    """Take the heading from entries after the end of its list: lists go by first term, what follows does not."""
    heading, last, live = "", 0, False
    for entry in found:
        if entry.heading != heading:
            heading, last, live = entry.heading, 0, True
        first = min((term.start for term in entry.terms if not term.remark or office_of(term.remark)), default=0)
        second = any("VICE_PRESIDENT" in name for name in entry.spellings)
        live = live and first >= last and first > 0 and (not second or "PRESIDENT" in titles_of(entry))
        last = first
        if not live:
            entry.heading = ""


def titles_of(entry: Entry) -> set[str]:
    """The titles of heads of state and government that the spellings of an entry begin with."""
    found = (TITLED.fullmatch(name) for name in entry.spellings)
    return {told["title"] for told in found if told and not set(re.split(r"[_-]", told["before"])) & set(NO_OFFICE)}


def leader(entry: Entry) -> Leader | None:
    """The person of an entry, where an office is told; terms whose remark tells another office are left out."""
    offices: dict[str, None] = {}
    called: dict[str, None] = {}
    full: dict[str, None] = {}
    for spelt_so in entry.spellings:
        name = spelt_so
        told = TITLED.fullmatch(name)
        if told and not set(re.split(r"[_-]", told["before"])) & set(NO_OFFICE):
            offices[TITLES[told["title"]]] = None
            name = told["rest"]
        elif told or OTHER_TITLE.match(name) or name.endswith("ADMINISTRATION"):
            continue
        words = [word for word in name.split("_") if word]
        if not all(WORD.fullmatch(word) for word in words):
            continue
        lone = len(words) == 1 or (len(words) == 2 and words[0] in ARTICLES)
        if not lone:
            full["_".join(words)] = None
        elif told or len(words[-1]) > INITIALS:
            called["_".join(words)] = None
    if entry.heading:
        offices[entry.heading] = None
    terms = [(term, office_of(term.remark)) for term in entry.terms]
    offices |= {office: None for _, office in terms if office}
    kept = tuple(term for term, office in terms if office or not term.remark)
    names = [name for name in full if surname(name) not in ("I", "II", "III")] or list(full)
    if not offices or not kept or not names:
        return None
    called = {surname(name): None for name in names} | called
    if "_II" in names[0]:
        called = {name.split("_")[0]: None for name in names}
    spelt = list(dict.fromkeys(written(name) for name in names))
    short = tuple(dict.fromkeys(written(name) for name in called))
    return Leader(spelt[0], tuple(spelt[1:]), short, tuple(sorted(offices)), kept)


def office_of(remark: str) -> str:
    return next((office for pattern, office in REMARKS if pattern.search(remark)), "")


def written(name: str) -> str:
    """``NURI_AL-MALIKI`` → ``Nuri al-Maliki``."""
    words = [re.sub(r"[^\W_]+", lambda m: m[0].capitalize(), word) for word in name.split("_")]
    words = [word if word not in ("Ii", "Iii") else word.upper() for word in words]
    return re.sub(r"\b(?:Al|As|Ul)[- ]", lambda m: m[0][:2].lower() + "-" if m.start() else m[0], " ".join(words))


def settled(leaders: list[Leader]) -> list[Leader]:
    """Leave out terms that lie within another's in the same office, and close open ones where a successor begins."""
    made = []
    for one in leaders:
        peers = [
            (other, term)
            for other in leaders
            if other is not one and set(other.offices) & set(one.offices)
            for term in other.terms
        ]
        terms = []
        for term in one.terms:
            beside = [t for _, t in peers if t.country == term.country]
            within = any(t.start <= term.start and term.end <= t.end and term.end != OPEN for t in beside)
            if within and len(one.terms) > 1:
                continue
            after = [
                t.start
                for o, t in peers
                if t.country == term.country
                and t.start > term.start
                and o.offices == one.offices
                and len(one.offices) == 1
            ]
            terms.append(replace(term, end=min(after)) if term.end == OPEN and after else term)
        made.append(replace(one, terms=tuple(dict.fromkeys(terms))))
    return made


def joined(terms: tuple[Term, ...]) -> list[Term]:
    """The terms in order, those that overlap or follow one another within a year as one."""
    found: list[Term] = []
    for term in sorted(terms, key=lambda t: t.start):
        if found and found[-1].country == term.country and term.start // 10000 <= found[-1].end // 10000:
            found[-1] = replace(found[-1], end=max(found[-1].end, term.end))
        else:
            found.append(term)
    return found


def rows(leaders: list[Leader], codes: dict[str, str]) -> list[tuple[str, ...]]:
    """The lines of the table, by key."""
    made = []
    for one in leaders:
        key = re.sub(r"[^a-z]+", "-", one.name.lower()).strip("-")
        for term in joined(one.terms):
            end = "" if term.end == OPEN else str(term.end)[:4]
            start = str(term.start)[:4]
            if term.country in codes:
                cells = (key, one.name, "|".join(one.aliases), "|".join(one.called), codes[term.country])
                made.append((*cells, "|".join(one.offices), start, end))
    return sorted(set(made))


def main(source: str, target: str) -> None:
    """Write the table."""
    table = read_table("places/country_codes.tsv", ("iso2", "iso3", "numeric", "name", "ucdp", "acled"))
    codes = {row["iso3"]: row["iso2"] for row in table} | {"KSV": "XK"}
    found = entries(Path(source))
    listed(found)
    leaders = settled([made for entry in found if (made := leader(entry))])
    lines = ["\t".join(COLUMNS), *("\t".join(row) for row in rows(leaders, codes))]
    Path(target).write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
