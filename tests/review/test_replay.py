"""Any sequence of decisions and undos gives the same state again: imported at once, and over a run with other ids."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.review import made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.core import Incident, Reading
from dateline.review import deciding
from dateline.review.decisions import Decided, Undone
from dateline.review.errors import Refused
from dateline.store import Store
from dateline.store.splicing import keys_of

PAIRS = [made(number) for number in range(4)]
READINGS = [reading for both, _ in PAIRS for reading in both]
INCIDENTS = [incident for _, incident in PAIRS]
REVIEWERS = ("ana", "ben")
DAY = {"earliest": "2020-02-01", "latest": "2020-02-03", "precision": "day"}
FIELDS = (
    ("killed", {"low": 1, "best": 2, "high": 5}),
    ("killed", {}),
    ("injured", {"low": 3, "best": 3, "high": None}),
    ("time", DAY),
    ("type", {"to": "PROTEST"}),
    ("place", {"name": "Elsewhere", "lat": 1.0, "lon": 2.0}),
    ("party.actor", {"name": "Hill Front"}),
    ("party.actor", {}),
    ("summary", {"to": "as a person tells it"}),
)

Step = tuple[str, int, int, int, str]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("accept", "reject", "edit", "retell", "drop", "add", "merge", "split", "link", "assign", "comment", "undo")
        ),
        st.integers(0, 11),
        st.integers(0, 11),
        st.integers(0, len(FIELDS) - 1),
        st.sampled_from(REVIEWERS),
    ),
    max_size=14,
)


def take(store: Store, step: Step) -> None:
    """One step of a person at the store as it is shown; what the application refuses is not taken."""
    kind, first, second, which, who = step
    shown = sorted(store.shown_incidents(), key=lambda each: each.id)
    decided = store.verdicts()
    if kind == "undo":
        if decided:
            deciding.undo(store, decided[first % len(decided)].id, Undone(), who)
        return
    if not shown:
        return
    one, two = shown[first % len(shown)], shown[second % len(shown)]
    document, event = keys_of(one)[second % len(one.events)]
    field, value = FIELDS[which]
    body: dict[str, object] = {"decision": kind, "subject": one.id}
    if kind == "edit":
        body |= {"field": field, "value": value}
    elif kind == "retell":
        body |= {"decision": "edit", "subject": event, "document": document, "field": field, "value": value}
        body |= {"words": {"start": 0, "end": 4}}
    elif kind == "drop":
        body |= {"decision": "reject", "subject": event, "document": document}
    elif kind == "add":
        body |= {
            "subject": document,
            "document": document,
            "type": "PROTEST",
            "words": {"start": 10, "end": 12 + first},
        }
        body |= {"other": two.id} if which % 2 else {}
    elif kind == "merge":
        body |= {"other": two.id}
    elif kind == "split":
        body |= {"tellings": [[document, event]]}
    elif kind == "link":
        body |= {"other": two.id, "value": {"answer": ("same", "different", "unsure")[which % 3]}}
    elif kind == "assign":
        body |= {"value": {"to": who} if which % 2 else {}}
    deciding.decide(store, Decided.model_validate(body), who)


def state(store: Store, name: Callable[[str], str] = str, *, ids: bool = True) -> list[object]:
    """All that is shown, in an order of its own; ``name`` turns an event's id into the one to compare by."""
    store.refresh()
    rows = store._rows("SELECT id, state, assigned, edited, json FROM shown JOIN shown_records USING (number)")
    out = []
    for id, stand, assigned, edited, json in rows:
        incident = store._record(Incident, json)
        events = tuple(dataclasses.replace(each, event=name(each.event)) for each in incident.events)
        plain = dataclasses.replace(incident, id=id if ids else "", events=tuple(sorted(events, key=repr)))
        out.append((repr(plain), stand, assigned, edited))
    return sorted(out, key=repr)


def anew(readings: Sequence[Reading], incidents: Sequence[Incident]) -> tuple[list[Reading], list[Incident]]:
    """The same, as a newer run would give them: other ids."""
    fresh = [
        dataclasses.replace(r, events=tuple(dataclasses.replace(e, id=f"xnew{e.id}") for e in r.events))
        for r in readings
    ]
    linked = [
        dataclasses.replace(
            i,
            id=f"inew{i.id}",
            events=tuple(dataclasses.replace(t, event=f"xnew{t.event}") for t in i.events),
        )
        for i in incidents
    ]
    return fresh, linked


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_replay_any_sequence_of_decisions_and_undos_gives_the_same_state(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "a.db") as store:
        store.add_many(READINGS)
        store.replace_incidents(INCIDENTS)
        store.book()
        for step in steps:
            try:
                take(store, step)
            except Refused:
                continue
        verdicts, expected = store.verdicts(), state(store)
        with Store(Path(folder) / "b.db") as again:
            again.add_many(READINGS)
            again.replace_incidents(INCIDENTS)
            again.import_verdicts(verdicts)
            assert state(again) == expected
            assert len(again.book()) == len(store.book())
        with Store(Path(folder) / "c.db") as newer:
            readings, incidents = anew(READINGS, INCIDENTS)
            newer.import_verdicts(verdicts)
            newer.add_many(readings)
            newer.replace_incidents(incidents)
            assert state(newer, lambda id: id.removeprefix("xnew"), ids=False) == state(store, ids=False)
