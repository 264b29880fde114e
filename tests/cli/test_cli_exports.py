"""`dateline export`: files, folders and coarser places, from a store."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.exports.conftest import make_incident, make_reading

from dateline.cli import main
from dateline.commands import NOT_STARTED
from dateline.core import Incident, IncidentPlace, Reading, Telling
from dateline.store import Store


@pytest.fixture
def stored(tmp_path):
    """A store of one reading and one incident of it."""
    import dataclasses

    reading: Reading = make_reading()
    made: Incident = make_incident()
    place = IncidentPlace("Samarra", 34.198, 43.874, "IQ", "Salah ad Din", 5.0, "city")
    told = (Telling(reading.document.id, reading.events[0].id, ("The Northern Courier",)),)
    path = tmp_path / "news.db"
    with Store(path) as store:
        store.add(reading)
        store.replace_incidents([dataclasses.replace(made, documents=("made-1",), events=told, place=place)])
    return path


def test_cli_export_writes_a_folder(stored, tmp_path):
    out = tmp_path / "site" / "data"
    assert main(["export", "--store", str(stored), "--to", "timemap", "-o", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["associations.json", "events.json", "sources.json"]
    assert json.loads((out / "events.json").read_text(encoding="utf-8"))[0]["latitude"] == "34.198"
    assert main(["export", "--store", str(stored), "--to", "timemap", "-o", str(out)]) == 0


def test_cli_export_writes_a_file_that_is_no_text(stored, tmp_path):
    pytest.importorskip("pyarrow")
    from dateline.exports.parquet import incidents_of

    out = tmp_path / "incidents.parquet"
    assert main(["export", "--store", str(stored), "--to", "geoparquet", "-o", str(out)]) == 0
    with Store(stored) as store:
        assert incidents_of(out) == store.incidents()


@pytest.mark.parametrize("output", [[], ["-o", "-"]])
def test_cli_export_of_files_needs_a_path(stored, output, capsys):
    assert main(["export", "--store", str(stored), "--to", "parquet", *output]) == NOT_STARTED
    assert "-o OUT" in capsys.readouterr().err


def test_cli_export_makes_places_coarser(stored, tmp_path):
    out = tmp_path / "out.csv"
    assert main(["export", "--store", str(stored), "--to", "ucdp", "--generalise", "grid", "-o", str(out)]) == 0
    (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))
    assert (row["latitude"], row["longitude"], row["adm_1"]) == ("34.25", "43.75", "")
    assert "samarra" not in out.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--to", "readings", "--generalise", "adm1"], "whole texts"),
        (["--to", "muc4", "--generalise", "adm1"], "whole texts"),
        (["--to", "csv", "--generalise", "street"], "choose adm1, adm2, grid"),
        (["--to", "shp"], "choose text, jsonl"),
    ],
)
def test_cli_export_refuses_what_makes_no_sense(stored, arguments, told, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["export", "--store", str(stored), *arguments, "-o", str(out)]) == NOT_STARTED
    assert told in capsys.readouterr().err
    assert not out.exists()
