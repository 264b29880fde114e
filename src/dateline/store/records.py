"""Documents, events and verdicts fetched for the pages of a review."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Anchor, Incident, Span, Verdict, encode
from dateline.store.answers import Answers, matching
from dateline.store.editing import edited
from dateline.store.opening import translated
from dateline.store.overlay import added_id, of_event, standing
from dateline.store.rows import EventRow, columns
from dateline.store.splicing import Key
from dateline.store.tales import tales_of

_LISTED = "number, id, outlet, title, published, url, language"


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document's row: its text and the facts about it."""

    id: str
    sha256: str
    text: str
    published: str | None
    outlet: str | None
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as lists show it, with the number of its events."""

    number: int
    id: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    language: str | None
    events: int


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that someone kept; ``query`` is what the address of the list says after the question mark, by name."""

    id: str
    name: str
    query: Mapping[str, tuple[str, ...]]
    owner: str
    made: str


class Records(Answers):
    """Look-ups of single records; ``Store`` is made of it."""

    def documents_of(self, ids: Sequence[str]) -> dict[str, DocumentRecord]:
        """Documents by id."""
        query = "SELECT id, sha256, text, published, outlet, title, url FROM documents"
        rows = self._rows(f"{query} WHERE id IN (SELECT value FROM json_each(?))", json.dumps(list(ids)))
        return {row[0]: DocumentRecord(*row) for row in rows}

    def listed(self, *, words: str = "", outlet: str | None = None, after: int, limit: int) -> tuple[Listed, ...]:
        """Documents in the order in which they came, those after a number."""
        tests, values = ["number > ?"], [after]
        given: list[object] = [*values]
        query = matching(words)
        if query is not None:
            tests.append("number IN (SELECT rowid FROM documents_words WHERE documents_words MATCH ?)")
            given.append(query)
        if outlet is not None:
            tests.append("outlet = ?")
            given.append(outlet)
        rows = self._rows(
            f"SELECT {_LISTED}, (SELECT count(*) FROM events WHERE document = documents.id) FROM documents"
            f" WHERE {' AND '.join(tests)} ORDER BY number LIMIT ?",
            *given,
            limit,
        )
        return tuple(Listed(*row) for row in rows)

    def count_listed(self, *, words: str = "", outlet: str | None = None) -> int:
        """How many documents hold the words and are of the outlet."""
        query = matching(words)
        if query is None and outlet is None:
            return int(self._rows("SELECT count(*) FROM documents")[0][0])
        if query is None:
            return int(self._rows("SELECT count(*) FROM documents WHERE outlet = ?", outlet)[0][0])
        found = "SELECT count(*) FROM documents_words JOIN documents ON number = documents_words.rowid"
        both = f"{found} WHERE documents_words MATCH ? AND (outlet = ? OR ? IS NULL)"
        return int(self._rows(both, query, outlet, outlet)[0][0])

    def events_of(self, keys: Sequence[Key]) -> dict[Key, EventRow]:
        """Events by document and id."""
        rows = self._rows(
            f"SELECT {', '.join('e.' + name for name in columns(EventRow).split(', '))} FROM json_each(?) k"
            " JOIN events e ON e.document = k.value ->> 0 AND e.id = k.value ->> 1",
            json.dumps(keys),
        )
        return {(row[0], row[1]): EventRow.of(row) for row in rows}

    def tale(self, key: Key) -> Incident | None:
        """What one telling says with the edits of people laid over it, as an incident that it alone tells; or None."""
        with self._lock, translated(self.path):
            found = tales_of(self._db, [key]).get(key)
        event, document = self.events_of([key]).get(key), self.documents_of([key[0]]).get(key[0])
        if found is None or event is None or document is None:
            return None
        anchor = Anchor(document.id, document.sha256, Span(event.first, event.last), event.type)
        for verdict in standing(self.verdicts_about(document.sha256)):
            if verdict.decision == "edit" and of_event(verdict) and anchor in verdict.anchors:
                with contextlib.suppress(ValueError):  # one that cannot be set any more is a conflict, told elsewhere
                    found = edited(found, verdict.field or "", verdict.value)
        return found

    def incidents_of(self, document: str) -> dict[str, str]:
        """The shown incident of each event of a document, by the event's id."""
        self.refresh()
        query = "SELECT event, id FROM shown_members JOIN shown USING (number) WHERE document = ?"
        return dict(self._rows(query, document))

    def verdicts_over(self, number: int) -> tuple[Verdict, ...]:
        """The decisions, revoked ones and undos too, that lie upon what is shown under a number."""
        with self._lock, translated(self.path):
            rows = self._rows(
                "SELECT DISTINCT v.verdict FROM shown_members t JOIN incident_members m ON m.document = t.document"
                " AND m.event = t.event JOIN verdict_incidents v ON v.incident = m.incident WHERE t.number = ?"
                " UNION SELECT v.verdict FROM shown_members t JOIN verdict_incidents v ON v.incident = '+' || t.event"
                " WHERE t.number = ?",
                number,
                number,
            )
            return self._these(self._db, {row[0] for row in rows})

    def states(self) -> dict[str, str]:
        """How each incident that people decided about stands, by id."""
        self.refresh()
        return dict(self._rows("SELECT id, state FROM shown WHERE state != 'new'"))

    def incident_under(self, verdict: Verdict) -> str | None:
        """The shown incident that a verdict's tellings belong to now, or None."""
        if self.number_of(verdict.subject) is not None:
            return verdict.subject
        rows = self._rows(
            "SELECT s.id, count(*) FROM json_each(?) a CROSS JOIN documents d ON d.sha256 = a.value ->> 'sha256'"
            " CROSS JOIN events e ON e.document = d.id AND +e.type = a.value ->> 'type' AND e.first < a.value ->> 'end'"
            " AND e.last > a.value ->> 'start' CROSS JOIN shown_members m ON m.document = e.document AND m.event = e.id"
            " CROSS JOIN shown s ON s.number = m.number GROUP BY s.id ORDER BY 2 DESC, s.id LIMIT 1",
            json.dumps([encode(anchor) for anchor in verdict.anchors]),
        )
        if rows:
            return str(rows[0][0])
        added = json.dumps([added_id(anchor) for anchor in verdict.anchors])
        query = "SELECT s.id FROM shown_members m JOIN shown s USING (number)"
        held = self._rows(f"{query} WHERE m.event IN (SELECT value FROM json_each(?)) LIMIT 1", added)
        return str(held[0][0]) if held else None

    def verdicts_about(self, sha256: str) -> tuple[Verdict, ...]:
        """The decisions about tellings in a text, and what undoes them."""
        with self._lock, translated(self.path):
            ids = {row[0] for row in self._rows("SELECT verdict FROM verdict_texts WHERE sha256 = ?", sha256)}
            fresh = ids
            while fresh:
                asked = json.dumps(sorted(fresh))
                undone = self._rows("SELECT id FROM verdicts WHERE revokes IN (SELECT value FROM json_each(?))", asked)
                fresh = {row[0] for row in undone} - ids
                ids |= fresh
            return self._these(self._db, ids)

    def outlets(self) -> tuple[tuple[str, int], ...]:
        """The outlets and how many documents each has."""
        query = "SELECT outlet, count(*) FROM documents WHERE outlet IS NOT NULL GROUP BY outlet ORDER BY 2 DESC, 1"
        return tuple((row[0], row[1]) for row in self._rows(query))

    def sizes(self) -> dict[str, int]:
        """How many rows the main tables hold."""
        names = ("documents", "readings", "events", "incidents", "verdicts")
        return {name: int(self._rows(f"SELECT count(*) FROM {name}")[0][0]) for name in names}

    def producers(self) -> dict[str, dict[str, int]]:
        """How many readings each producer of each layer wrote."""
        out: dict[str, Counter[str]] = {}
        for line, count in self._rows("SELECT producers, count(*) FROM readings GROUP BY producers"):
            for layer, name in json.loads(line).items():
                out.setdefault(layer, Counter())[name] += count
        return {layer: dict(counts) for layer, counts in out.items()}

    # Saved searches -----------------------------------------------------------------------------------

    def save_search(self, search: SavedSearch) -> None:
        """Keep a search; one of the same id is replaced."""
        query = json.dumps({name: list(values) for name, values in search.query.items()}, ensure_ascii=False)
        with self._writing() as db:
            row = (search.id, search.name, query, search.owner, search.made)
            db.execute("INSERT OR REPLACE INTO searches VALUES (?, ?, ?, ?, ?)", row)
            self._bump(db)

    def drop_search(self, id: str) -> bool:
        """Drop a saved search; False where there is none of that id."""
        with self._writing() as db:
            gone = db.execute("DELETE FROM searches WHERE id = ?", (id,)).rowcount
            self._bump(db)
        return bool(gone)

    def searches(self) -> tuple[SavedSearch, ...]:
        """The saved searches by name."""
        rows: Iterable[tuple[str, str, str, str, str]] = self._rows("SELECT * FROM searches ORDER BY name, id")
        return tuple(
            SavedSearch(id, name, {key: tuple(values) for key, values in json.loads(query).items()}, owner, made)
            for id, name, query, owner, made in rows
        )
