"""The columns of the coded datasets, HXL and what no CSV may hold."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from pathlib import Path

import pytest

from dateline.core import EventTime, IncidentPlace, Party
from dateline.exports import FILE_FORMATS, INCIDENT_FORMATS, READING_FORMATS, acled_style, incidents_writer, ucdp
from dateline.knowledge.acled_types import acled_types
from dateline.knowledge.country_codes import country_codes
from dateline.knowledge.ontology import ontology

DOCS = Path(__file__).parents[2] / "docs" / "formats.md"


def _rows(name, incidents, readings):
    return list(csv.DictReader(io.StringIO("".join(incidents_writer(name)(incidents, readings)), newline="")))


def test_exports_ucdp_has_the_49_columns_in_order(incidents, by_id):
    assert len(ucdp.COLUMNS) == 49
    assert ucdp.COLUMNS[:6] == ("id", "relid", "year", "active_year", "code_status", "type_of_violence")
    assert ucdp.COLUMNS[-5:] == ("best", "high", "low", "gwnoa", "gwnob")
    (row,) = _rows("ucdp", incidents, by_id)
    assert tuple(row) == ucdp.COLUMNS


def test_exports_ucdp_row(incidents, by_id):
    (row,) = _rows("ucdp", incidents, by_id)
    assert (row["id"], row["relid"], row["year"]) == ("1", "i1", "2024")
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("3", "Red Banner Front", "Civilians")
    assert (row["low"], row["best"], row["high"], row["deaths_unknown"]) == ("9", "11", "11", "11")
    assert int(row["best"]) == sum(int(row[f"deaths_{who}"]) for who in ("a", "b", "civilians", "unknown"))
    assert (row["where_prec"], row["date_prec"], row["event_clarity"]) == ("1", "1", "1")
    assert (row["date_start"], row["date_end"]) == ("2024-03-05", "2024-03-05")
    assert (row["country"], row["region"], row["adm_1"]) == ("Iraq", "Middle East", "Kirkuk")
    assert (row["geom_wkt"], row["priogrid_gid"]) == ("POINT (44.39 35.47)", str(ucdp.priogrid(35.47, 44.39)))
    assert row["code_status"] == "Check deaths"
    assert row["source_original"] == "police officials;Red Banner Front"
    parallel = {len(row[name].split(";")) for name in ("source_article", "source_office", "source_date")}
    assert parallel == {3} == {len(row["source_headline"].split(";"))}


def test_exports_ucdp_leaves_out_what_killed_nobody(incidents):
    count = dataclasses.replace(incidents[0].counts["killed"], low=0, best=0, high=0)
    assert not ucdp.deadly(dataclasses.replace(incidents[0], counts={"killed": count}))
    assert ucdp.deadly(dataclasses.replace(incidents[0], counts={"killed": dataclasses.replace(count, high=None)}))
    assert not ucdp.deadly(incidents[1])


@pytest.mark.parametrize(
    ("actor", "other", "kind", "first"),
    [
        (("iraq/army", "Iraqi army", "force"), ("islamic-state", "Islamic State", "group"), "1", "Iraqi army"),
        (("islamic-state", "Islamic State", "group"), ("iraq/army", "Iraqi army", "force"), "1", "Iraqi army"),
        (("n1", "Red Banner Front", "group"), ("n2", "Free River Front", "group"), "2", "Red Banner Front"),
        (("iraq/army", "Iraqi army", "force"), ("n3", "farmers", "people"), "3", "Iraqi army"),
        (("iraq/army", "Iraqi army", "force"), ("iraq/police", "Iraqi police", "force"), "", "Iraqi army"),
        (("iraq/army", "Iraqi army", "force"), ("turkey/army", "Turkish army", "force"), "1", "Iraqi army"),
        (None, ("n3", "farmers", "people"), "", ""),
    ],
)
def test_exports_ucdp_type_of_violence_follows_the_parties(incidents, actor, other, kind, first):
    told = [("actor", actor), ("victim" if other[2] == "people" else "recipient", other)]
    parties = tuple(Party(role, *party[:2], (), party[2]) for role, party in told if party)
    (row,) = _rows("ucdp", [dataclasses.replace(incidents[0], parties=parties)], {})
    assert (row["type_of_violence"], row["side_a"]) == (kind, first)


def test_exports_ucdp_numbers_actors_where_the_registry_does(incidents):
    told = (
        ("actor", "taliban", "Taliban"),  # 303 in the UCDP Actor Dataset
        ("recipient", "islamic-state", "Islamic State"),  # two numbers there: none is chosen
    )
    parties = tuple(Party(role, key, name, (), "group") for role, key, name in told)
    (row,) = _rows("ucdp", [dataclasses.replace(incidents[0], parties=parties)], {})
    assert (row["side_a"], row["side_a_new_id"]) == ("Taliban", "303")
    assert (row["side_b"], row["side_b_new_id"]) == ("Islamic State", "")


def test_exports_ucdp_blank_codes_where_the_dataset_has_none(incidents):
    open_end = dataclasses.replace(
        incidents[0], time=EventTime(None, "2024-03-05", "unknown"), place=None, documents=("gone",)
    )
    (row,) = _rows("ucdp", [open_end], {})
    assert (row["date_prec"], row["where_prec"], row["latitude"], row["year"]) == ("", "", "", "2024")


def test_exports_acled_style_has_the_31_columns_in_order(incidents, by_id):
    assert len(acled_style.COLUMNS) == 31
    assert (acled_style.COLUMNS[0], acled_style.COLUMNS[-1]) == ("event_id_cnty", "timestamp")
    first, second = _rows("acled-style", incidents, by_id)
    assert tuple(first) == acled_style.COLUMNS
    assert (first["event_type"], first["disorder_type"]) == ("Explosions/Remote violence", "Political violence")
    assert (first["fatalities"], first["iso"], first["region"]) == ("9", "368", "Middle East")
    assert (first["time_precision"], first["geo_precision"]) == ("1", "1")
    assert (first["actor1"], first["inter1"]) == ("Red Banner Front", "Political militia")
    assert (first["inter2"], first["civilian_targeting"]) == ("Civilians", "Civilians targeted")
    assert (second["event_type"], second["actor1"], second["timestamp"]) == ("Protests", "Protesters", "")


def test_exports_acled_style_says_that_it_is_none_of_acled(incidents, by_id):
    assert all("not ACLED data" in row["tags"] for row in _rows("acled-style", incidents, by_id))
    assert re.search(r"`acled-style`.*not ACLED data", DOCS.read_text(encoding="utf-8"))


def test_exports_acled_style_forces_abroad_are_external(incidents):
    parties = (Party("actor", "turkey/army", "Turkish army", (), "force"),)
    (row,) = _rows("acled-style", [dataclasses.replace(incidents[0], parties=parties)], {})
    assert (row["inter1"], row["interaction"]) == ("External/Other forces", "External/Other forces only")


def test_exports_ucdp_allies_are_no_rivals_and_clashes_have_two_actors(incidents):
    army, rebels = Party("actor", "iraq/army", "Iraqi army", (), "force"), Party("actor", "n1", "RBF", (), "group")
    farmers, dead = Party("victim", "n3", "farmers", (), "people"), Party("victim", "n4", "soldiers", (), "force")
    told = {(army, rebels, farmers): "3", (army, rebels, dead): "1", (army, rebels): "1", (army, dead): ""}
    for parties, kind in told.items():
        (row,) = _rows("ucdp", [dataclasses.replace(incidents[0], parties=parties)], {})
        assert row["type_of_violence"] == kind, parties


def test_exports_acled_style_names_civilians_once(incidents):
    parties = (
        Party("actor", "n1", "gunmen", (), "group"),
        Party("victim", "n2", "farmers", (), "people"),
        Party("victim", "n3", "two women", (), "people"),
        Party("recipient", "iraq/army", "Iraqi army", (), "force"),
    )
    (row,) = _rows("acled-style", [dataclasses.replace(incidents[0], parties=parties)], {})
    assert (row["actor2"], row["assoc_actor_2"]) == ("Iraqi army", "Civilians (Iraq)")
    assert (row["interaction"], row["civilian_targeting"]) == ("Political militia-State forces", "")


def test_exports_acled_types_hold_every_crosswalk():
    told = {ontology().entry(t, m).acled for t in ontology().types for m in (None, *ontology().modes(t))}
    assert told - {None} <= set(acled_types())
    assert len(acled_types()) == 25
    assert len({kind.event for kind in acled_types().values()}) == 6


def test_exports_country_codes_of_odd_countries():
    assert country_codes("XK").numeric is None
    assert country_codes("NA").iso3 == "NAM"
    assert country_codes("ZZ") is None


def test_exports_hxl_passes_the_validator(incidents, by_id, tmp_path):
    hxl = pytest.importorskip("hxl")
    path = tmp_path / "incidents.csv"
    path.write_text("".join(incidents_writer("hxl")(incidents, by_id)), encoding="utf-8", newline="")
    with hxl.data(str(path), hxl.InputOptions(allow_local=True)) as source:
        rows = list(source)
        assert [row.get("#affected+killed") for row in rows] == ["11", None]
        assert rows[0].get("#geo+lat") == "35.47"
        assert rows[0].get("#country+code") == "IRQ"
    with hxl.data(str(path), hxl.InputOptions(allow_local=True)) as source:
        problems = []
        assert hxl.schema(None, callback=problems.append).validate(source), problems


@pytest.mark.parametrize("name", ["csv", "ucdp", "acled-style", "hxl"])
def test_exports_no_csv_cell_is_a_formula(name, incidents, by_id):
    bad = '=HYPERLINK("http://x.example")'
    parties = (Party("actor", "n1", bad, (), "group"), Party("recipient", "n2", "@" + bad, (), "group"))
    place = IncidentPlace("+1", -5.0, -7.5, "IQ", "\t=2", 12.0, "town")
    made = dataclasses.replace(
        incidents[0], id="-1", parties=parties, place=place, documents=(bad, "a;=b"), summary=bad
    )
    text = "".join(incidents_writer(name)([made], by_id))
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
            assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
            assert not re.search(r";[=+@\t-]", cell), cell


@pytest.mark.parametrize("name", INCIDENT_FORMATS)
def test_exports_same_incidents_same_bytes(name, incidents, by_id):
    assert "".join(incidents_writer(name)(incidents, by_id)) == "".join(incidents_writer(name)(incidents, by_id))


@pytest.mark.parametrize("name", (*READING_FORMATS, *INCIDENT_FORMATS, *FILE_FORMATS))
def test_exports_every_format_is_in_the_docs(name):
    assert re.search(rf"^\|.*`{name}`.*\|.+\|.+\|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
