"""What a generalised export may hold, whatever the format."""

from __future__ import annotations

import dataclasses

import pytest

from dateline.core import Claim, Disagreement, IncidentLabel, IncidentPlace, Party, Span, Telling
from dateline.exports import FILE_FORMATS, INCIDENT_FORMATS, files_writer, generalised_store, incidents_writer
from dateline.exports.generalise import LEVELS, coarser, generalised, hidden, level_of

TARSA = IncidentPlace("Samarra", 34.198, 43.874, "IQ", "Salah ad Din", 5.0, "city")
SECRET = ("samarra", "tarsa", "34.198", "43.874", "courier.example", "mill road")


@pytest.fixture
def leaky(incidents, reading):
    """An incident whose every word but the kind, day and figures tells the town."""
    voice = ("Samarra Today", "Reuters", "Samarra police")
    claim = Claim(("the mill in Tarsa",), voice, "mayor of Samarra", "samarra-1.txt", Span(0, 4), "2024-03-05")
    place = Claim(("Samarra",), voice, "police officials", "samarra-1.txt", Span(0, 4), "2024-03-05")
    told = Claim((3, 3), voice, "police officials", "samarra-1.txt", Span(0, 4), "2024-03-05")
    parties = (
        Party("actor", "islamic-state", "Islamic State of Samarra", (claim,), "group"),
        Party("victim", "n1", "Samarra shopkeepers", (claim,), "people"),
        Party("victim", "n2", "three farmers", (), "people"),
        Party("target", "n3", "mill road clinic", (claim,), "facility"),
    )
    incident = dataclasses.replace(
        incidents[0],
        documents=("samarra-1.txt",),
        events=(Telling("samarra-1.txt", "x1", voice),),
        place=TARSA,
        parties=parties,
        counts={"killed": dataclasses.replace(incidents[0].counts["killed"], claims=(told,))},
        disagreements=(Disagreement("place", (place,)), Disagreement("killed", (told,))),
        labels=(IncidentLabel("n1", "the Samarra gang", voice), IncidentLabel("islamic-state", "militants", voice)),
        summary="ASSAULT in Samarra, IQ",
    )
    document = dataclasses.replace(
        reading.document,
        id="samarra-1.txt",
        outlet="Samarra Today",
        title="Samarra",
        url="https://courier.example/tarsa",
    )
    return incident, {"samarra-1.txt": dataclasses.replace(reading, document=document)}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", INCIDENT_FORMATS)
def test_exports_generalised_text_formats_do_not_leak(name, level, leaky):
    incident, readings = leaky
    text = "".join(incidents_writer(name)(*generalised_store([incident], readings, level))).lower()
    assert text
    assert not [word for word in SECRET if word in text]
    assert "kirkuk" not in text.replace("kirkuk governorate", "")  # the text of the report


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", FILE_FORMATS)
def test_exports_generalised_files_do_not_leak(name, level, leaky):
    if name != "timemap":
        pytest.importorskip("pyarrow")
    incident, readings = leaky
    held = generalised_store([incident], readings, level)
    for file, content in files_writer(name)(*held):
        if name == "timemap":
            text = content.decode().lower()
        else:
            from pyarrow import BufferReader, parquet

            text = str(parquet.read_table(BufferReader(content)).to_pylist()).lower()
        assert not [word for word in (*SECRET, "kirkuk") if word in text], file


def test_exports_generalised_levels_of_a_town():
    first = coarser(TARSA, "adm1")
    assert (first.precision, first.country, first.admin1) == ("admin1", "IQ", first.name)
    assert first.radius_km > 50
    assert coarser(TARSA, "adm2") == first  # which second-order unit it lies in is not known
    cell = coarser(TARSA, "grid")
    assert (cell.lat, cell.lon, cell.admin1, cell.country) == (34.25, 43.75, None, "IQ")


@pytest.mark.parametrize(
    ("place", "level", "precision"),
    [
        (dataclasses.replace(TARSA, precision="admin2", radius_km=30.0), "adm2", "admin2"),
        (dataclasses.replace(TARSA, precision="admin2", radius_km=30.0), "adm1", "admin1"),
        (dataclasses.replace(TARSA, precision="admin2", radius_km=30.0), "grid", "area"),
        (dataclasses.replace(TARSA, precision="admin1", radius_km=90.0), "grid", "admin1"),
        (dataclasses.replace(TARSA, precision="country", radius_km=500.0), "grid", "country"),
        (dataclasses.replace(TARSA, admin1="Nowhere at all"), "adm1", "country"),
        (dataclasses.replace(TARSA, admin1=None), "adm2", "country"),
    ],
)
def test_exports_generalised_never_becomes_finer(place, level, precision):
    made = coarser(place, level)
    assert made.precision == precision
    assert made.radius_km >= place.radius_km


def test_exports_generalised_open_sea_has_no_place_left():
    assert coarser(IncidentPlace("Red Sea", 20.0, 38.5, None, None, 50.0, "water"), "adm1") is None


@pytest.mark.parametrize(("lat", "lon"), [(0.0, 0.0), (89.99, 179.99), (-90.0, -180.0), (90.0, 180.0), (-0.01, -0.01)])
def test_exports_generalised_cell_holds_the_point(lat, lon):
    cell = coarser(dataclasses.replace(TARSA, lat=lat, lon=lon), "grid")
    assert abs(cell.lat - lat) <= 0.25
    assert min(abs(cell.lon - lon), 360 - abs(cell.lon - lon)) <= 0.25
    assert -90 < cell.lat < 90
    assert -180 < cell.lon < 180


def test_exports_generalised_keeps_what_is_harmless(leaky):
    incident, _ = leaky
    made = generalised(incident, "grid")
    assert [(p.role, p.name) for p in made.parties] == [
        ("actor", "Islamic State"),
        ("victim", "people"),
        ("victim", "three farmers"),
        ("target", "facility"),
    ]
    assert made.events[0].voice == ("withheld", "Reuters", "withheld")
    assert [each.field for each in made.disagreements] == ["killed"]
    assert made.counts["killed"].claims[0].value == (3, 3)
    assert made.counts["killed"].claims[0].origin == "police officials"
    assert [each.text for each in made.labels] == ["withheld", "militants"]
    assert made.documents == (hidden("samarra-1.txt"),)
    assert made.id == incident.id
    assert made.time == incident.time


def test_exports_generalised_readings_hold_no_text(leaky):
    _, readings = leaky
    _, held = generalised_store([], readings, "adm1")
    (reading,) = held.values()
    assert (reading.document.text, reading.document.title, reading.document.url, reading.document.outlet) == (
        "",
        None,
        None,
        None,
    )
    assert reading.document.published == "2024-03-06"
    assert not reading.events
    assert held.get("samarra-1.txt") is None


@pytest.mark.parametrize("words", ["35.47, 44.39", "route 12345", "مدينة", "Hamlet", "34°11′N", "samarra"])
def test_exports_generalised_withholds_what_it_does_not_know(words, leaky):
    incident = dataclasses.replace(leaky[0], labels=(IncidentLabel("n9", words, ()),))
    assert generalised(incident, "adm1").labels[0].text == "withheld"


def test_exports_generalised_unknown_level_lists_the_known_ones():
    with pytest.raises(ValueError, match="adm1, adm2, grid"):
        level_of("street")
    assert generalised_store((), {}, None) == ((), {})
