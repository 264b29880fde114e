"""Parquet, GeoParquet and TimeMap: what comes back, and what the formats' own rules ask."""

from __future__ import annotations

import builtins
import dataclasses
import json
import re

import pytest

from dateline.core import Claim, DatelineError, Document, EventTime, Span
from dateline.exports import FILE_FORMATS, files_writer
from dateline.exports.parquet import incidents_of, readings_of

pyarrow = pytest.importorskip("pyarrow")
# What a TimeMap site's own checks allow: every value of an event is a string but the lists.
EVENT_KEYS = {
    "id description date time time_precision location latitude longitude type category category_full associations"
    " sources comments time_display narrative___stepStyles shape colour"
}
SOURCE_KEYS = {"id title thumbnail paths type affil_s url description parent author date notes"}
ASSOCIATION_KEYS = {"id title desc mode colour type display filter_paths"}


def _files(name, incidents, readings):
    return dict(files_writer(name)(incidents, readings))


@pytest.fixture
def odd(incidents):
    """Incidents with every kind of value: words and numbers in a claim, an open end, no place, strange letters."""
    mixed = Claim(("2024-03-05", None, 7), ("a", "ب"), "ب", "made-1", Span(0, 1), None, True)
    count = dataclasses.replace(incidents[0].counts["killed"], best=None, high=None, claims=(mixed,))
    return (*incidents, dataclasses.replace(incidents[0], id="i3", counts={"injured": count, "killed": count}))


def test_exports_parquet_incidents_come_back(odd, by_id, tmp_path):
    for name, content in _files("parquet", odd, by_id).items():
        (tmp_path / name).write_bytes(content)
    assert incidents_of(tmp_path / "incidents.parquet") == odd
    assert [list(each.counts) for each in incidents_of(tmp_path / "incidents.parquet")] == [list(i.counts) for i in odd]


def test_exports_parquet_readings_come_back(reading, hostile, tmp_path):
    extra = {"rank": 1, "tags": ["a", None], "deep": {"x": 1.5}}
    more = dataclasses.replace(reading, document=Document.of("Ω x", id="made-9", extra=extra), events=())
    held = {each.document.id: each for each in (reading, hostile, more)}
    (tmp_path / "r.parquet").write_bytes(_files("parquet", (), held)["readings.parquet"])
    assert readings_of(tmp_path / "r.parquet") == tuple(held.values())
    assert dict(readings_of(tmp_path / "r.parquet")[2].document.extra) == extra


def test_exports_geoparquet_incidents_come_back(odd, by_id, tmp_path):
    (tmp_path / "i.parquet").write_bytes(_files("geoparquet", odd, by_id)[""])
    assert incidents_of(tmp_path / "i.parquet") == odd


def test_exports_parquet_of_an_earlier_version_comes_back(incidents, tmp_path):
    from pyarrow import BufferReader, parquet

    table = parquet.read_table(BufferReader(_files("parquet", incidents, {})["incidents.parquet"]))
    parquet.write_table(table.drop_columns(["summary"]), tmp_path / "i.parquet")
    assert incidents_of(tmp_path / "i.parquet") == tuple(dataclasses.replace(i, summary="") for i in incidents)


def test_exports_parquet_of_another_kind_is_refused(incidents, by_id, tmp_path):
    for name, content in _files("parquet", incidents, by_id).items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DatelineError, match=r"readings\.parquet: holds dateline\.reading/1"):
        incidents_of(tmp_path / "readings.parquet")
    with pytest.raises(DatelineError, match="no records of dateline"):
        readings_of(tmp_path / "claims.parquet")
    (tmp_path / "broken").write_bytes(b"PAR1")
    with pytest.raises(DatelineError, match="broken"):
        readings_of(tmp_path / "broken")


def test_exports_parquet_claims_are_typed(incidents, by_id):
    from pyarrow import BufferReader, parquet

    table = parquet.read_table(BufferReader(_files("parquet", incidents, by_id)["claims.parquet"]))
    rows = table.to_pylist()
    assert [row["field"] for row in rows] == ["telling"] * 3 + ["killed"] * 3 + ["actor", "telling"]
    assert (rows[3]["value_low"], rows[3]["value_high"], rows[3]["disputed"], rows[3]["latitude"]) == (
        9,
        None,
        True,
        35.47,
    )


def test_exports_geoparquet_passes_the_validator(odd, by_id):
    validator = pytest.importorskip("geoparquet_validator")
    for incidents in (odd, odd[1:2], ()):
        report = validator.check_bytes("incidents.parquet", _files("geoparquet", incidents, by_id)[""])
        assert report["outcomes"]
        assert validator.conformant(report, "core"), report


def test_exports_geoparquet_metadata(odd, by_id):
    from pyarrow import BufferReader, parquet

    schema = parquet.read_schema(BufferReader(_files("geoparquet", odd, by_id)[""]))
    told = json.loads(schema.metadata[b"geo"])
    assert (told["version"], told["primary_column"]) == ("1.1.0", "geometry")
    assert told["columns"]["geometry"]["bbox"] == [44.39, 35.47, 44.39, 35.47]
    assert schema.metadata[b"dateline.schema_version"] == b"dateline.incident/1"


@pytest.mark.parametrize("name", FILE_FORMATS)
def test_exports_same_files_same_bytes(name, odd, by_id):
    assert _files(name, odd, by_id) == _files(name, odd, by_id)
    assert _files(name, (), {})


@pytest.mark.parametrize("name", ["parquet", "geoparquet"])
def test_exports_parquet_says_what_to_install(name, incidents, monkeypatch):
    real = builtins.__import__

    def without(module, *rest):
        if module.partition(".")[0] == "pyarrow":
            raise ImportError(module)
        return real(module, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(DatelineError, match=r"install dateline\[parquet\]"):
        _files(name, incidents, {})


def test_exports_unknown_files_list_the_known_ones():
    with pytest.raises(ValueError, match="parquet, geoparquet, timemap"):
        files_writer("shp")


def test_exports_timemap_follows_the_sites_checks(odd, by_id):
    files = {name: json.loads(content) for name, content in _files("timemap", odd, by_id).items()}
    assert set(files) == {"events.json", "sources.json", "associations.json"}
    assert [event["id"] for event in files["events.json"]] == ["i1", "i3"]  # i2 has no date
    kinds = {each["id"] for each in files["associations.json"]}
    for event in files["events.json"]:
        assert set(event) <= set(*map(str.split, EVENT_KEYS))
        assert all(isinstance(v, str) for k, v in event.items() if k not in ("associations", "sources"))
        assert re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", event["date"])
        assert bool(event["latitude"]) == bool(event["longitude"])
        assert set(event["associations"]) <= kinds
        assert set(event["sources"]) <= set(files["sources.json"])
    for key, source in files["sources.json"].items():
        assert set(source) <= set(*map(str.split, SOURCE_KEYS))
        assert source["id"] == key
        assert isinstance(source["paths"], list)
    for each in files["associations.json"]:
        assert set(each) <= set(*map(str.split, ASSOCIATION_KEYS))
        assert each["mode"] in ("FILTER", "CATEGORY", "NARRATIVE")


def test_exports_timemap_tells_what_it_cannot_hold_in_words(incidents, by_id):
    files = _files("timemap", incidents, by_id)
    (event,) = json.loads(files["events.json"])
    assert event["date"] == "3/5/2024"
    assert "killed: 9–11–11" in event["description"]
    assert "Disputed: killed: 9 or more (police officials) / 11 (Red Banner Front)" in event["description"]
    assert (event["latitude"], event["longitude"], event["location"]) == ("35.47", "44.39", "Kirkuk, IQ")
    assert json.loads(files["sources.json"])["made-1"]["paths"] == ["https://courier.example/kirkuk"]


def test_exports_timemap_links_only_to_the_web_and_gives_the_hour(incidents, hostile):
    time = EventTime("2024-03-05T06:30:00", "2024-03-05T06:30:00", "minute")
    made = dataclasses.replace(incidents[0], documents=(hostile.document.id,), time=time)
    files = _files("timemap", [made], {hostile.document.id: hostile})
    assert json.loads(files["sources.json"])[hostile.document.id]["paths"] == []
    assert json.loads(files["events.json"])[0]["time"] == "06:30"
