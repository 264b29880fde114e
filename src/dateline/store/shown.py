"""What is shown, written into tables for queries: each incident once the verdicts are laid over it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from dateline import codec
from dateline.core import Anchor, Incident, Span, Verdict
from dateline.store.book import Row
from dateline.store.overlay import ADDED, Overlay, Shown, added_id, of_event, overlaid
from dateline.store.splicing import Key, keys_of
from dateline.store.tales import tales_of

_MARKS = 400
T = TypeVar("T")


def write_shown(db: sqlite3.Connection, shown: Iterable[Shown], change: int) -> list[int]:
    """Put incidents into the tables; one of a known id keeps its number. Gives the numbers."""
    numbers: list[int] = []
    for each in shown:
        row = _row(each, change)
        names = ", ".join(row)
        anew = ", ".join(f"{name} = excluded.{name}" for name in row)
        number = db.execute(
            f"INSERT INTO shown ({names}) VALUES ({', '.join('?' * len(row))})"
            f" ON CONFLICT (id) DO UPDATE SET {anew} RETURNING number",
            tuple(row.values()),
        ).fetchone()[0]
        _write_parts(db, number, each.incident)
        numbers.append(number)
    for some in _some(numbers):
        marks = ", ".join("?" * len(some))
        db.execute(f"DELETE FROM shown_words WHERE rowid IN ({marks})", some)
        db.execute(
            f"""INSERT INTO shown_words (rowid, summary, titles, quotes, names) SELECT number, summary,
            (SELECT group_concat(DISTINCT title) FROM shown_members m JOIN documents d ON d.id = m.document
             WHERE m.number = shown.number),
            (SELECT group_concat(quote, ' … ') FROM shown_members m JOIN events e
             ON e.document = m.document AND e.id = m.event WHERE m.number = shown.number),
            (SELECT group_concat(name) FROM shown_parties p WHERE p.number = shown.number) || ' ' || coalesce(place, '')
            FROM shown WHERE number IN ({marks})""",
            some,
        )
    return numbers


def _write_parts(db: sqlite3.Connection, number: int, incident: Incident) -> None:
    db.execute("INSERT OR REPLACE INTO shown_records VALUES (?, ?)", (number, codec.to_json(incident)))
    db.execute("DELETE FROM shown_members WHERE number = ?", (number,))
    db.execute("DELETE FROM shown_parties WHERE number = ?", (number,))
    members = [(number, *key) for key in sorted(set(keys_of(incident)))]
    db.executemany("INSERT INTO shown_members VALUES (?, ?, ?)", members)
    parties = {(number, party.role, party.entity): party.name for party in incident.parties}
    db.executemany("INSERT INTO shown_parties VALUES (?, ?, ?, ?)", [(*key, name) for key, name in parties.items()])


def _row(shown: Shown, change: int) -> dict[str, object]:
    incident = shown.incident
    time, place = incident.time, incident.place
    killed, injured = (incident.counts.get(what) for what in ("killed", "injured"))
    return {
        "id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "earliest": time.earliest[:10] if time and time.earliest else None,
        "latest": time.latest[:10] if time and time.latest else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "exactness": place.precision if place else None,
        "radius": place.radius_km if place else None,
        "origins": incident.origins,
        "documents": len(incident.documents),
        "tellings": len(incident.events),
        "killed": killed.best if killed else None,
        "injured": injured.best if injured else None,
        "disputed": "\n".join(sorted({each.field for each in incident.disagreements})),
        "grade": incident.grade.name if incident.grade else None,
        "state": shown.state,
        "assigned": shown.assigned,
        "edited": int(bool(shown.edited)),
        "summary": incident.summary,
        "changed": change if shown.verdicts else 0,
    }


# What verdicts lie upon ---------------------------------------------------------------------------------


def touched(db: sqlite3.Connection, verdict: Verdict) -> set[str]:
    """The ids of the incidents, as linked, that hold a telling which the verdict means."""
    found: set[str] = set()
    for anchor in (*verdict.anchors, *verdict.others):
        rows = db.execute(
            "SELECT m.incident FROM documents d CROSS JOIN events e ON e.document = d.id"
            " CROSS JOIN incident_members m ON m.document = e.document AND m.event = e.id"
            " WHERE d.sha256 = ? AND +e.type = ? AND e.first < ? AND e.last > ?",
            (anchor.sha256, anchor.type, anchor.span.end, anchor.span.start),
        )
        found |= {row[0] for row in rows} | {ADDED + added_id(anchor)}
    known = db.execute("SELECT 1 FROM incidents WHERE id = ?", (verdict.subject,)).fetchone()
    return found | ({verdict.subject} if known else set())


def together(db: sqlite3.Connection, seeds: set[str]) -> set[str]:
    """All incidents that verdicts bring together with the given ones, however far the chain runs."""
    found, fresh = set(seeds), set(seeds)
    while fresh:
        near = set()
        for some in _some(sorted(fresh)):
            marks = ", ".join("?" * len(some))
            rows = db.execute(
                "SELECT DISTINCT b.incident FROM verdict_incidents a JOIN verdict_incidents b ON b.verdict = a.verdict"
                f" WHERE a.incident IN ({marks})",
                some,
            )
            near |= {row[0] for row in rows}
        fresh = near - found
        found |= fresh
    return found


def verdicts_on(db: sqlite3.Connection, incidents: set[str]) -> set[str]:
    """The ids of the verdicts that lie upon these incidents."""
    out: set[str] = set()
    for some in _some(sorted(incidents)):
        marks = ", ".join("?" * len(some))
        out |= {
            row[0] for row in db.execute(f"SELECT verdict FROM verdict_incidents WHERE incident IN ({marks})", some)
        }
    return out


def anchors_of(db: sqlite3.Connection, incidents: set[str], verdicts: Sequence[Verdict]) -> dict[Key, Anchor]:
    """The content of every telling of some incidents and of every event that a verdict means."""
    out: dict[Key, Anchor] = {}
    head = "SELECT e.document, e.id, d.sha256, e.first, e.last, e.type FROM"
    for some in _some(sorted(incidents)):
        marks = ", ".join("?" * len(some))
        rows = db.execute(
            f"{head} incident_members m CROSS JOIN events e ON e.document = m.document AND e.id = m.event"
            f" CROSS JOIN documents d ON d.id = e.document WHERE m.incident IN ({marks})",
            some,
        )
        out |= _anchors(rows)
    texts = sorted({anchor.sha256 for verdict in verdicts for anchor in (*verdict.anchors, *verdict.others)})
    for few in _some(texts):
        marks = ", ".join("?" * len(few))
        rows = db.execute(
            f"{head} documents d CROSS JOIN events e ON e.document = d.id WHERE d.sha256 IN ({marks})", few
        )
        out |= _anchors(rows)
    return out


def _anchors(rows: Iterable[Sequence[object]]) -> dict[Key, Anchor]:
    return {
        (str(document), str(event)): Anchor(str(document), str(sha), Span(int(str(a)), int(str(b))), str(kind))
        for document, event, sha, a, b, kind in rows
    }


def laid_over(db: sqlite3.Connection, incidents: set[str], verdicts: Sequence[Verdict]) -> Overlay:
    """The overlay of some incidents and the verdicts on them."""
    held: list[Incident] = []
    for some in _some(sorted(each for each in incidents if not each.startswith(ADDED))):
        marks = ", ".join("?" * len(some))
        rows = db.execute(f"SELECT json FROM incidents WHERE id IN ({marks}) ORDER BY number", some)
        held += [codec.from_json(Incident, row[0]) for row in rows]
    anchors = anchors_of(db, incidents, verdicts)
    retold = any(verdict.decision == "edit" and of_event(verdict) for verdict in verdicts)
    tales = tales_of(db, [key for each in held for key in keys_of(each)]) if retold else {}
    return overlaid(held, anchors, verdicts, tales)


def drop_shown(db: sqlite3.Connection, incidents: set[str], overlay: Overlay) -> list[int]:
    """Take out what was shown of some incidents' tellings, but for what the overlay shows again; gives the numbers."""
    kept = {each.incident.id for each in overlay.shown}
    numbers: dict[int, str] = {}
    for some in _some(sorted(incidents)):
        marks = ", ".join("?" * len(some))
        rows = db.execute(
            "SELECT DISTINCT s.number, s.id FROM incident_members m CROSS JOIN shown_members t"
            " ON t.document = m.document AND t.event = m.event CROSS JOIN shown s ON s.number = t.number"
            f" WHERE m.incident IN ({marks})",
            some,
        )
        numbers |= dict(rows.fetchall())
        added = [each.removeprefix(ADDED) for each in some if each.startswith(ADDED)]
        marks = ", ".join("?" * len(added))
        rows = db.execute(
            "SELECT DISTINCT s.number, s.id FROM shown_members t JOIN shown s ON s.number = t.number"
            f" WHERE t.event IN ({marks})",
            added,
        )
        numbers |= dict(rows.fetchall())
    db.executemany("DELETE FROM shown WHERE number = ?", [(n,) for n, id in numbers.items() if id not in kept])
    return list(numbers)


def book_rows(db: sqlite3.Connection, numbers: Sequence[int] | None = None) -> Iterator[Row]:
    """What the book of incidents keeps: of all, or of those of some numbers."""
    for some in (None,) if numbers is None else _some(sorted(numbers)):
        where, given = ("", ()) if some is None else (f" WHERE number IN ({', '.join('?' * len(some))})", tuple(some))
        actors: dict[int, list[tuple[str, str]]] = {}
        for number, entity, name in db.execute(f"SELECT number, entity, name FROM shown_parties{where}", given):
            actors.setdefault(number, []).append((entity, name))
        outlets: dict[int, list[str]] = {}
        members = f"(SELECT number, document FROM shown_members{where}) m CROSS JOIN documents d ON d.id = m.document"
        texts: dict[int, list[int]] = {}
        for number, text, outlet in db.execute(f"SELECT DISTINCT m.number, d.number, d.outlet FROM {members}", given):
            texts.setdefault(number, []).append(text)
            if outlet:
                outlets.setdefault(number, []).append(outlet)
        query = (
            "SELECT number, type, mode, country, admin1, place, earliest, latest, lat, lon, origins, documents, killed,"
            f" disputed, grade, state, assigned, changed, radius FROM shown{where} ORDER BY number"
        )
        for row in db.execute(query, given):
            disputed = tuple(row[13].split("\n")) if row[13] else ()
            actor, outlet = tuple(actors.pop(row[0], ())), tuple(outlets.pop(row[0], ()))
            told: tuple[Any, ...] = (
                *row[:13],
                disputed,
                *row[14:18],
                actor,
                outlet,
                row[18],
                tuple(texts.pop(row[0], ())),
            )
            yield Row(*told)


def _some(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Slices that fit into one query."""
    for start in range(0, len(items), _MARKS):
        yield items[start : start + _MARKS]
