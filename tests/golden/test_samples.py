"""The sample reports, read and linked, against what a careful reader takes from them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from dateline.core import Document, Incident, Reading
from dateline.incidents import link
from dateline.ingest import documents
from dateline.pipeline import Pipeline

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "samples"
EXPECTED: dict[str, Any] = json.loads((HERE / "samples_expected.json").read_text(encoding="utf-8"))
ATTACK, BOMBING, BURNING, MARCH, MANDAUE = (each["name"] for each in EXPECTED["incidents"])


@pytest.fixture(scope="module")
def samples(pipeline: Pipeline) -> tuple[Reading, ...]:
    taken = list(documents([str(SAMPLES)]))
    assert all(isinstance(document, Document) for document in taken)
    return tuple(pipeline(document) for document in taken if isinstance(document, Document))


@pytest.fixture(scope="module")
def linked(samples: Sequence[Reading]) -> tuple[Incident, ...]:
    return link(samples)


@pytest.fixture(scope="module")
def ids(samples: Sequence[Reading]) -> dict[str, str]:
    found = {}
    for name, words in EXPECTED["documents"].items():
        (found[name],) = (r.document.id for r in samples if words in " ".join(r.document.text.split()))
    return found


def expected(name: str) -> Mapping[str, Any]:
    return next(each for each in EXPECTED["incidents"] if each["name"] == name)


def the(name: str, incidents: Sequence[Incident], ids: Mapping[str, str]) -> Incident:
    """The incident that is meant: of the type, near, in the time, with the most tellings of its documents."""
    told = expected(name)
    wanted = {ids[document] for document in told["documents"]}
    near = [i for i in incidents if i.type == told["type"] and i.place and _km(i, told) <= told["km"]]
    assert near, f"nothing of type {told['type']} near {told['lat']}, {told['lon']}"
    return max(near, key=lambda i: (_in_time(i, told), sum(t.document in wanted for t in i.events)))


def _km(incident: Incident, told: Mapping[str, Any]) -> float:
    assert incident.place is not None
    north = (incident.place.lat - told["lat"]) * 111.2
    east = (incident.place.lon - told["lon"]) * 111.2 * math.cos(math.radians(told["lat"]))
    return math.hypot(north, east)


def _in_time(incident: Incident, told: Mapping[str, Any]) -> bool:
    time = incident.time
    return bool(time and time.earliest and time.latest) and (
        told["earliest"] <= time.earliest[:10] and time.latest[:10] <= told["latest"]  # type: ignore[index, union-attr]
    )


def test_samples_are_seven_reports(samples: Sequence[Reading]) -> None:
    assert len(samples) == 7
    assert sorted(r.document.published for r in samples)[::6] == ["2026-05-05", "2026-05-07"]


@pytest.mark.parametrize(
    "name",
    [
        ATTACK,
        BOMBING,
        BURNING,
        MARCH,
        MANDAUE,
    ],
)
def test_samples_incident_is_found(name: str, linked: Sequence[Incident], ids: Mapping[str, str]) -> None:
    incident = the(name, linked, ids)
    assert _in_time(incident, expected(name)), incident.time
    assert incident.documents == tuple(sorted(ids[document] for document in expected(name)["documents"]))


def test_samples_hold_no_other_violence_or_protest(linked: Sequence[Incident]) -> None:
    found = [incident.summary for incident in linked if incident.type in ("ASSAULT", "PROTEST")]
    assert len(found) == EXPECTED["violence_and_protest"], found


@pytest.mark.parametrize("name", [ATTACK, BOMBING, MARCH])
def test_samples_counts_are_chosen(name: str, linked: Sequence[Incident], ids: Mapping[str, str]) -> None:
    incident = the(name, linked, ids)
    for what, told in expected(name)["counts"].items():
        count = incident.counts[what]
        assert {key: getattr(count, key) for key in told if key != "superseded"} == {
            key: value for key, value in told.items() if key != "superseded"
        }


def test_samples_replaced_figure_is_kept(linked: Sequence[Incident], ids: Mapping[str, str]) -> None:
    claims = the(ATTACK, linked, ids).counts["killed"].claims
    assert 11 in {claim.value[0] for claim in claims if claim.superseded}
    assert {8, 9, 14} <= {claim.value[0] for claim in claims if not claim.superseded}


def test_samples_reprint_adds_no_origin(linked: Sequence[Incident], ids: Mapping[str, str]) -> None:
    incident = the(ATTACK, linked, ids)
    told = expected(ATTACK)
    assert told["origins_at_least"] <= incident.origins <= told["origins_at_most"]
    nines = [claim for claim in incident.counts["killed"].claims if claim.document in (ids["wire"], ids["reprint"])]
    assert {claim.document for claim in nines} == {ids["wire"], ids["reprint"]}
    assert len({claim.origin for claim in nines}) == 1


@pytest.mark.parametrize("name", [ATTACK, BOMBING, MARCH])
def test_samples_disagreements_are_told(name: str, linked: Sequence[Incident], ids: Mapping[str, str]) -> None:
    fields = [dispute.field for dispute in the(name, linked, ids).disagreements]
    assert set(expected(name)["disagreements"]) <= set(fields)
    assert not {"time", "place"} & set(fields)


def test_samples_plan_is_no_incident(
    samples: Sequence[Reading], linked: Sequence[Incident], ids: Mapping[str, str]
) -> None:
    for told in EXPECTED["no_incident"]:
        reading = next(r for r in samples if r.document.id == ids[told["document"]])
        start = reading.document.text.index(told["words"])
        end = start + len(told["words"])
        inside = {e.id for e in reading.events if start <= e.trigger.start < end and e.type == "PROTEST"}
        members = {t.event for i in linked for t in i.events if t.document == reading.document.id}
        assert not inside & members


def test_samples_order_does_not_matter(samples: Sequence[Reading], linked: Sequence[Incident]) -> None:
    assert link(samples[::-1]) == linked
