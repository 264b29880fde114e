"""Every figure, origin, dispute and replaced claim of the sample reports, against a reading by hand.

The acts that linking must keep apart are handed to it as decisions: this tests what is made of the tellings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from dateline.cli import main
from dateline.core import Document, Incident, Reading
from dateline.incidents import link, profiled
from dateline.ingest import documents
from dateline.knowledge.folding import fold
from dateline.knowledge.profiles import profiles
from dateline.pipeline import Pipeline
from dateline.store import Store

HERE = Path(__file__).resolve().parent
BY_HAND: dict[str, Any] = json.loads((HERE / "samples_golden.json").read_text(encoding="utf-8"))
CASES = [pytest.param(each, id=each["name"]) for each in BY_HAND["incidents"]]
FIGURES = [
    pytest.param(
        each,
        what,
        profile,
        id=f"{each['name']} {what} {profile}",
        marks=[pytest.mark.xfail(reason=reason, strict=True)]
        if (reason := BY_HAND["known_failures"].get(f"{each['name']} {what} {profile}"))
        else [],
    )
    for each in BY_HAND["incidents"]
    for what, told in each["counts"].items()
    for profile in told
]


@pytest.fixture(scope="module")
def samples(pipeline: Pipeline) -> Mapping[str, Reading]:
    read = [pipeline(d) for d in documents([str(HERE.parent.parent / "samples")]) if isinstance(d, Document)]
    found = {}
    for name, words in BY_HAND["documents"].items():
        (found[name],) = (r for r in read if words in " ".join(r.document.text.split()))
    return found


@pytest.fixture(scope="module")
def incidents(samples: Mapping[str, Reading]) -> Sequence[Incident]:
    apart = []
    for name, one, two in BY_HAND["apart"]:
        apart += [(a, b) for a in events(samples[name], one) for b in events(samples[name], two)]
    assert apart
    return link(list(samples.values()), cannot_link=apart)


def events(reading: Reading, words: str) -> list[tuple[str, str]]:
    found = re.search(r"\s+".join(map(re.escape, words.split())), reading.document.text)
    assert found
    near, end = found.span()
    return [(reading.document.id, e.id) for e in reading.events if near <= e.trigger.start < end]


def the(case: Mapping[str, Any], incidents: Sequence[Incident], samples: Mapping[str, Reading]) -> Incident:
    document, words = case["told"]
    wanted = set(events(samples[document], words))
    found = [i for i in incidents if wanted & {(t.document, t.event) for t in i.events}]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("case", CASES)
def test_incidents_by_hand_origins_grade_and_disputes(
    case: Mapping[str, Any], incidents: Sequence[Incident], samples: Mapping[str, Reading]
) -> None:
    incident = the(case, incidents, samples)
    assert incident.origins == case["origins"]
    assert incident.grade and incident.grade.name == case["grade"]
    assert sorted(each.field for each in incident.disagreements) == case["disagreements"]
    assert all(each.about for each in incident.disagreements)


@pytest.mark.parametrize(("case", "what", "profile"), FIGURES)
def test_incidents_by_hand_figures(
    case: Mapping[str, Any], what: str, profile: str, incidents: Sequence[Incident], samples: Mapping[str, Reading]
) -> None:
    readings = {r.document.id: r for r in samples.values()}
    count = profiled(the(case, incidents, samples), readings, profiles()[profile]).counts[what]
    assert [count.low, count.best, count.high] == case["counts"][what][profile]
    assert count.rule == profile and count.why


def test_incidents_by_hand_claims_and_blame(incidents: Sequence[Incident], samples: Mapping[str, Reading]) -> None:
    case = BY_HAND["incidents"][0]
    incident = the(case, incidents, samples)
    claims = [claim for claim in incident.counts["killed"].claims if not claim.part]
    for name, old in (("standing", False), ("superseded", True)):
        told = {(fold(c.origin), *c.value) for c in claims if c.superseded is old}
        assert told == {tuple(row) for row in case["killed_by"][name]}
    names = {reading.document.id: name for name, reading in samples.items()}
    front = next(p for p in incident.parties if p.role == "actor" and p.name == "Northern Valleys Front")
    told_of = {(front.name, c.status, fold(c.origin), names[c.document]) for c in front.claims}
    assert told_of == {tuple(row) for row in case["blame"]}
    assert [(s.side, s.best) for s in incident.counts["killed"].sides] == [("state", 5), ("civilian", 3)]


def test_incidents_profiled_as_linked(incidents: Sequence[Incident], samples: Mapping[str, Reading]) -> None:
    readings = {r.document.id: r for r in samples.values()}
    assert [profiled(each, readings, profiles()["ucdp"]) for each in incidents] == list(incidents)


def test_incidents_commands_list_and_show(
    incidents: Sequence[Incident],
    samples: Mapping[str, Reading],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = str(tmp_path / "news.db")
    with Store(path) as store:
        for reading in samples.values():
            store.add(reading)
        store.replace_incidents(incidents)
    attack = the(BY_HAND["incidents"][0], incidents, samples)

    def ran(*words: str) -> str:
        assert main([words[0], *words[1:], "--store", path]) == 0
        return capsys.readouterr().out

    assert [each["id"] for each in json.loads(ran("incidents", "--to", "json"))] == [each.id for each in incidents]
    for asked in (
        ("--disagreement", "responsibility"),
        ("--grade", "contested"),
        ("--place", "ilagan", "--type", "assault/FIREARMS"),
        ("--actor", "valleys front", "--since", "2026-05-05", "--until", "2026-05-05"),
        ("--text", "carry out the attack"),
    ):
        found = json.loads(ran("incidents", "--to", "json", *asked))
        assert [each["id"] for each in found] == [attack.id], asked
    assert "0 incidents" in ran("incidents", "--since", "2027-01-01")
    assert "8–14–14 killed" in ran("incidents") and "8–8–14 killed" in ran("incidents", "--profile", "acled")
    told = ran("show", attack.id[:6])
    assert "contested" in told and "replaced" in told and "We did not carry out the attack" in told
    whole = json.loads(ran("show", attack.id, "--to", "json", "--profile", "literal"))
    assert whole["counts"]["killed"]["best"] is None and "Eight" in whole["counts"]["killed"]["words"]
    assert whole["counts"]["killed"]["claims"][0]["quote"]
    assert main(["show", "nothing", "--store", path]) == 2
    assert "no such incident" in capsys.readouterr().err
    assert main(["incidents", "--profile", "nothing.yaml", "--store", path]) == 2
    assert "choose ucdp, acled, literal" in capsys.readouterr().err
