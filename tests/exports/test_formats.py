"""Every format by its name, and what each promises of its shape."""

from __future__ import annotations

import csv
import io
import json

import pytest

from dateline.codec import from_json
from dateline.core import Incident, Reading
from dateline.exports import INCIDENT_FORMATS, READING_FORMATS, incidents_writer, readings_writer
from dateline.exports.claims_csv import COLUMNS


@pytest.mark.parametrize("name", READING_FORMATS)
def test_exports_every_reading_format_writes(name, reading, hostile):
    assert "".join(readings_writer(name)([reading, hostile]))
    "".join(readings_writer(name)([]))


@pytest.mark.parametrize("name", INCIDENT_FORMATS)
def test_exports_every_incident_format_writes(name, incidents, by_id):
    assert "".join(incidents_writer(name)(incidents, by_id))
    assert "".join(incidents_writer(name)(incidents, {}))
    "".join(incidents_writer(name)((), {}))


@pytest.mark.parametrize("name", READING_FORMATS)
def test_exports_same_reading_same_bytes(name, reading):
    write = readings_writer(name)
    assert "".join(write([reading])) == "".join(write([reading]))


def test_exports_unknown_formats_list_the_known_ones():
    with pytest.raises(ValueError, match=r"text, html, json, jsonl, muc4"):
        readings_writer("pdf")
    with pytest.raises(ValueError, match=r"text, jsonl, csv, geojson, html"):
        incidents_writer("pdf")


def test_exports_jsonl_comes_back_as_it_went(reading, incidents, by_id):
    assert from_json(Reading, "".join(readings_writer("jsonl")([reading]))) == reading
    lines = "".join(incidents_writer("jsonl")(incidents, by_id)).splitlines()
    assert tuple(from_json(Incident, line) for line in lines) == incidents


def test_exports_json_is_an_object_for_one_and_an_array_for_more(reading, hostile):
    write = readings_writer("json")
    assert json.loads("".join(write([reading])))["document"]["id"] == "made-1"
    assert len(json.loads("".join(write([reading, hostile])))) == 2
    assert json.loads("".join(write([]))) == []


def test_exports_readings_are_written_as_they_come(reading):
    def endless():
        while True:
            yield reading

    for name in ("text", "json", "jsonl", "muc4"):
        assert next(readings_writer(name)(endless()))


def _claims(incidents, readings):
    return list(csv.DictReader(io.StringIO("".join(incidents_writer("csv")(incidents, readings)))))


def test_exports_csv_has_a_row_for_every_claim_and_telling(incidents, by_id):
    rows = _claims(incidents, by_id)
    assert tuple(rows[0]) == COLUMNS
    fields = [row["field"] for row in rows if row["incident_id"] == "i1"]
    assert fields == ["telling"] * 3 + ["killed"] * 3 + ["actor"]
    assert [row["field"] for row in rows if row["incident_id"] == "i2"] == ["telling"]


def test_exports_csv_claims_carry_voice_words_and_place(incidents, by_id):
    (row,) = [r for r in _claims(incidents, by_id) if r["origin"] == "police officials" and r["field"] == "killed"]
    assert (row["value"], row["value_low"], row["value_high"]) == ("9 or more", "9", "")
    assert row["voice_chain"] == "The Northern Courier ← Wire North ← police officials"
    assert row["quote"] == by_id["made-1"].document.text[int(row["start"]) : int(row["end"])] == "At least nine"
    assert (row["place"], row["country"], row["incident_earliest"]) == ("Kirkuk", "IQ", "2024-03-05")
    assert (row["chosen_best"], row["rule"], row["disputed"], row["superseded"]) == ("11", "ucdp", "true", "false")
    (early,) = [r for r in _claims(incidents, by_id) if r["origin"] == "medics" and r["field"] == "killed"]
    assert early["superseded"] == "true"


def test_exports_csv_cells_are_no_formulas(incidents, by_id):
    import dataclasses

    bad = dataclasses.replace(incidents[1], mode="=HYPERLINK(1)", id="@i")
    (row,) = _claims([bad], by_id)
    assert (row["incident_mode"], row["incident_id"]) == ("'=HYPERLINK(1)", "'@i")


def test_exports_geojson_follows_rfc_7946(incidents, by_id):
    made = json.loads("".join(incidents_writer("geojson")(incidents, by_id)))
    assert set(made) == {"type", "features"}
    located, unlocated = made["features"]
    assert located["type"] == "Feature"
    assert located["geometry"] == {"type": "Point", "coordinates": [44.39, 35.47]}
    assert unlocated["geometry"] is None
    told = located["properties"]
    assert (told["killed_low"], told["killed_best"], told["killed_high"]) == (9, 11, 11)
    assert (told["radius_m"], told["where_prec"], told["origins"]) == (12000, "city", 3)
    assert told["disagreements"] == ["killed: 9 or more (police officials) / 11 (Red Banner Front)"]
    assert unlocated["properties"]["killed_best"] is None
    assert unlocated["id"] == "i2"


def test_exports_muc4_shape(reading):
    row = json.loads("".join(readings_writer("muc4")([reading])))
    assert row["docid"] == "made-1"
    (template,) = row["templates"]
    assert template["incident_type"] == "attack"
    assert template["VictimDesc"] == [["nine people"]]
    assert template["Weapon"] == [["mortar rounds"]]
    assert (template["date"], template["stage"], template["victim_number"]) == ("2024-03-05", "accomplished", "9")
    assert template["location"].startswith("IRAQ: ")
    assert template["human_effect"] == ["death"]
