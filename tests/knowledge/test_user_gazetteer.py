"""A user's own places: files in, one table out, asked beside the shipped gazetteer."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from dateline.batch.gazetteer_files import Bounds
from dateline.batch.importing import import_gazetteer
from dateline.cli import main
from dateline.core import KnowledgeError
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.tables import data_path
from dateline.knowledge.user_gazetteer import UserGazetteer, default_path, named_path

LIST = """name,lat,lon,country,kind,admin1,population,aliases,radius_km
Tell Marwan,36.21,43.05,IQ,town,Nineveh,,Tall Marwan|Til Merwan,2
"Camp Seven, North",33.1,44.2,,facility,,,,
Nowhere,95,10,,,,,,
,10,10,,,,,,
Short,1,2
Baghdad,33.3,44.4,IQ,planet,,,,
Far,10,10,IRQ,,,,,
"""


def dumped(number: int, name: str, **told: str) -> str:
    cells = [
        str(number),
        name,
        name,
        "",
        "36.5",
        "43.25",
        "P",
        "PPL",
        "IQ",
        "",
        "15",
        "",
        "",
        "",
        "120",
        "",
        "",
        "",
        "",
    ]
    places = {"others": 3, "lat": 4, "lon": 5, "code": 7, "country": 8, "admin1": 10, "population": 14}
    for key, value in told.items():
        cells[places[key]] = value
    return "\t".join(cells)


def made(tmp_path: Path, *files: Path, **options: object) -> tuple[UserGazetteer, list[str]]:
    said: list[str] = []
    import_gazetteer(files, tmp_path / "own.db", broken=said.append, **options)  # type: ignore[arg-type]
    return UserGazetteer(tmp_path / "own.db"), said


def test_user_gazetteer_takes_a_list_and_names_broken_lines(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("\ufeff" + LIST, encoding="utf-8")
    table, said = made(tmp_path, tmp_path / "own.csv")
    assert len(table) == 2
    (place,) = table.places("tell marwan")
    assert (place.lat, place.radius_km, place.admin1, place.alternate) == (36.21, 2.0, "Nineveh", False)
    assert table.places("til merwan")[0].alternate
    assert table.places("camp seven, north")[0].kind == "facility"
    assert [line.split(": ")[0] for line in said] == [f"own.csv:{n}" for n in range(4, 9)]
    assert "planet" in said[3]


def test_user_gazetteer_takes_a_dump_and_leaves_other_features_out(tmp_path: Path) -> None:
    lines = [
        dumped(900001, "Tall Kashaf", others="Tel Keshaf,تل كشاف,Tall Kashaf 2"),
        dumped(900002, "Old Well", code="WLL"),
        dumped(900001, "Tall Kashaf again"),
        dumped(900003, "Broken", lat="north"),
        "900004\tToo short",
        dumped(900005, "Qasr Nu", population="x"),
        dumped(900006, "Dasht Base", code="AIRB"),
    ]
    (tmp_path / "IQ.txt").write_bytes("\n".join(lines).encode() + b"\n\xff\xfe\tnot text\n")
    said: list[str] = []
    done = import_gazetteer([tmp_path / "IQ.txt"], tmp_path / "own.db", broken=said.append)
    assert (done.places, done.passed, done.repeated, done.broken) == (2, 1, 1, 4)
    assert [line.split(": ")[0] for line in said] == ["IQ.txt:4", "IQ.txt:5", "IQ.txt:6", "IQ.txt:8"]
    table = UserGazetteer(tmp_path / "own.db")
    assert [p.kind for p in table.places("dasht base")] == ["facility"]
    assert table.places("tel keshaf")[0].geonames == 900001
    assert table.places("tall kashaf 2") == ()


def test_user_gazetteer_is_asked_beside_the_shipped_one(tmp_path: Path) -> None:
    rows = [
        dumped(900001, "Tall Kashaf", admin1="KY", country="US"),
        dumped(98182, "Baghdad", population="1"),
        dumped(900009, "Baghdad", lat="-10", country="TZ"),
    ]
    (tmp_path / "x.txt").write_text("\n".join(rows), encoding="utf-8")
    table, _ = made(tmp_path, tmp_path / "x.txt")
    both = Gazetteer(data_path("places"), table)
    (found,) = both.candidates("Tall-Kashaf")
    assert found.admin1 == "Kentucky"
    assert both.longest(["in", "Tall", "Kashaf", "today"], 1)[0] == 2
    baghdad = both.candidates("Baghdad")
    assert [e.geonames for e in baghdad].count(98182) == 1
    assert any(e.geonames == 900009 for e in baghdad)
    assert both.label.startswith("+user.")
    assert Gazetteer(data_path("places")).label == ""


def test_user_gazetteer_same_files_give_the_same_digest(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(LIST, encoding="utf-8")
    digests = {made(tmp_path, tmp_path / "own.csv")[0].digest for _ in range(2)}
    assert len(digests) == 1


def test_user_gazetteer_reads_the_right_member_of_a_zip_only(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "US.zip", "w") as archive:
        archive.writestr("readme.txt", "not a table")
        archive.writestr("US.txt", dumped(900001, "Zipton"))
        archive.writestr("../evil.csv", "name,lat,lon\nEvil,1,2\n")
    table, _ = made(tmp_path, tmp_path / "US.zip")
    assert table.places("zipton")
    assert not table.places("evil")


def test_user_gazetteer_bounds_what_a_zip_unpacks_to(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "US.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("US.txt", b"0" * 5_000_000)
    with pytest.raises(KnowledgeError, match="would unpack to"):
        made(tmp_path, tmp_path / "US.zip", bounds=Bounds(small=100_000))
    assert not (tmp_path / "own.db").exists()
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"place,y,x\nA,1,2\n", "a.csv:1: neither a GeoNames dump"),
        ("a.csv", b"name,lat,lon,colour\nA,1,2,red\n", "a.csv:1: columns may be"),
        ("a.csv", b"name,lat,lon\n", "no place in it"),
        ("a.csv", b"", "no place in it"),
        ("a.zip", b"PK not a zip", "a.zip"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "holds no a.txt"),
    ],
)
def test_user_gazetteer_says_what_is_wrong_with_a_file(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(KnowledgeError) as error:
        made(tmp_path, tmp_path / name)
    assert said in str(error.value)


def test_user_gazetteer_overlong_lines_are_broken_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"name,lat,lon\n" + b"x" * 3_000_001 + b"\nFine Place,1,2\n")
    table, said = made(tmp_path, tmp_path / "a.csv")
    assert table.places("fine place")
    assert said == ["a.csv:2: not UTF-8, or too long"]


def test_user_gazetteer_refuses_other_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,lat,lon\nA B C,1,2\n")
    (tmp_path / "own.db").write_text("a letter to a friend")
    with pytest.raises(KnowledgeError, match="not a gazetteer"):
        made(tmp_path, tmp_path / "a.csv")
    assert (tmp_path / "own.db").read_text() == "a letter to a friend"
    with pytest.raises(KnowledgeError, match="no such gazetteer"):
        UserGazetteer(tmp_path / "none.db")


def test_user_gazetteer_lies_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_path() == named_path("user") == tmp_path / "dateline" / "gazetteer.db"
    assert named_path("x.db") == Path("x.db")


def test_user_gazetteer_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.csv").write_text(LIST, encoding="utf-8")
    own = str(tmp_path / "own.db")
    assert main(["gazetteer", "import", str(tmp_path / "own.csv"), "--to", own]) == 1
    said = capsys.readouterr().err
    assert "own.csv:4: lat '95'" in said
    assert "2 places under 4 names" in said
    assert main(["gazetteer", "import", str(tmp_path / "none.csv"), "--to", own]) == 2
    assert "none.csv" in capsys.readouterr().err
    (tmp_path / "report.txt").write_text("Gunmen killed two people in Tell Marwan, Iraq, on Monday.")
    command = [sys.executable, "-m", "dateline", "read", str(tmp_path / "report.txt"), "--to", "jsonl", "--gazetteer"]
    done = subprocess.run([*command, own], capture_output=True, text=True, check=True)
    reading = json.loads(done.stdout)
    assert [p["lat"] for p in reading["places"] if p["name"] == "Tell Marwan"] == [36.21]
    assert "+user." in reading["producers"]["places"]


def test_user_gazetteer_that_is_none_stops_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report.txt").write_text("Gunmen killed two.")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATELINE_GAZETTEER", raising=False)
        patch.setenv("DATELINE_GAZETTEER", "")
        assert main(["read", str(tmp_path / "report.txt"), "--gazetteer", str(tmp_path / "none.db")]) == 2
    assert "no such gazetteer" in capsys.readouterr().err


def test_user_gazetteer_streams(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("w", encoding="utf-8") as out:
        out.writelines(
            dumped(n, f"Place {n % 15_000}ville", others="One Name,Two Names") + "\n" for n in range(1, 20_001)
        )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    table, _ = made(tmp_path, tmp_path / "big.txt")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert len(table) == 20_000
    assert len(table.places("one name")) == 60
    assert grown < 150_000  # kB
    assert time.process_time() - start < 10


@pytest.mark.slow
def test_user_gazetteer_streams_200_000_lines(tmp_path: Path) -> None:
    rows = (dumped(n, f"Village {n}", others=f"Vilage {n},Hamlet {n}") + "\n" for n in range(1, 200_001))
    with (tmp_path / "big.txt").open("w", encoding="utf-8") as out:
        out.writelines(rows)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table, _ = made(tmp_path, tmp_path / "big.txt")
    assert len(table) == 200_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB
    start = time.process_time()
    for n in range(1, 2_001):
        assert table.places(f"village {n}")
    assert time.process_time() - start < 1
