"""``dateline doctor`` finds what is wrong, says what it is, and is content where all is well."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.doctor import Finding, files, packages, trial
from dateline.knowledge.folder import KnowledgeFolder, using

WITHOUT = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == sys.argv[1]:
            raise ModuleNotFoundError(f"No module named {name!r}")

sys.meta_path.insert(0, Blocked())
from dateline.cli import main
sys.exit(main(["doctor", "--to", "json"]))
"""


def named(findings: object, name: str) -> Finding:
    return next(each for each in findings if each.name == name)  # type: ignore[attr-defined]


def test_doctor_is_content_with_a_whole_installation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "✗" not in told and told.endswith("All is well.\n")
    assert "models/reader/model.onnx" in told and "reader@" in told


def test_doctor_gives_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--to", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["area"] for row in rows} == {"program", "packages", "extras", "data", "trial"}
    assert {row["state"] for row in rows} <= {"well", "absent"}


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of data that may be spoilt."""
    for name in ("models/linker/weights.tsv", "models/event_place/weights.tsv"):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(files.data_path(name), tmp_path / name)
    monkeypatch.setattr(files, "data_path", lambda name: tmp_path / name)
    return tmp_path


def test_doctor_names_a_changed_and_a_missing_model(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "models/linker/weights.tsv").write_text("feature\tweight\n", encoding="utf-8")
    found = list(files.data_findings())
    changed = named(found, "models/linker/weights.tsv")
    assert changed.state == "wrong" and "is not" in changed.about and "training/linker/card.md" in changed.about
    missing = named(found, "models/reader/model.onnx")
    assert missing.state == "wrong" and missing.about.startswith("not there")
    assert named(found, "models/event_place/weights.tsv").state == "well"
    assert main(["doctor"]) == 1
    assert "Wrong: " in capsys.readouterr().out


def test_doctor_names_a_package_that_is_missing_or_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    held = metadata.version

    def version(name: str) -> str:
        if name == "spacy":
            raise metadata.PackageNotFoundError(name)
        return {"numpy": "1.26.0", "pandas": "2.0.0"}.get(name) or held(name)

    monkeypatch.setattr(metadata, "version", version)
    found = [*packages.package_findings(), *packages.extra_findings()]
    assert named(found, "spacy") == Finding("packages", "spacy", "wrong", "not installed")
    assert named(found, "numpy").about == "1.26.0, which does not meet >=2"
    assert named(found, "frames").state == "wrong"


def test_doctor_takes_an_extra_that_is_not_there_for_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", version)
    review = named(packages.extra_findings(), "review")
    assert review.state == "absent" and "pip install 'dateline[review]'" in review.about


def test_doctor_compares_an_installed_package_with_its_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"  # of nothing
    (tmp_path / "told").mkdir()
    (tmp_path / "told" / "a.py").touch()
    (tmp_path / "told" / "b.py").touch()
    info = tmp_path / "told-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: told\nVersion: 1.0\n")
    (info / "RECORD").write_text(f"told/a.py,{digest},0\ntold/b.py,{digest},0\ntold-1.0.dist-info/RECORD,,\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    (found,) = files.record_findings("told")
    assert (found.state, found.about) == ("well", "2 files are as installed")
    (tmp_path / "told" / "b.py").write_text("changed")
    (found,) = files.record_findings("told")
    assert (found.state, found.about) == ("wrong", "1 files are not as installed: told/b.py")


def test_doctor_tells_what_a_reading_gave_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "TEXT", "Nothing happened in Kaduna on Monday.")
    reading = named(trial.trial_findings(), "reading")
    assert reading.state == "wrong" and "gave ()" in reading.about


def test_doctor_names_a_wrong_table_of_the_user_s(tmp_path: Path) -> None:
    (tmp_path / "actors.tsv").write_text("key\tname\n", encoding="utf-8")
    with using(KnowledgeFolder.of(tmp_path)):
        own = named(trial.trial_findings(), "own knowledge")
    assert own.state == "wrong" and "actors.tsv" in own.about


@pytest.mark.slow
@pytest.mark.parametrize("name", ["spacy", "numpy", "packaging"])
def test_doctor_runs_where_a_package_cannot_be_imported(name: str) -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT, name], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    wrong = [row for row in json.loads(done.stdout) if row["state"] == "wrong"]
    assert any(name in row["about"] for row in wrong) and done.stderr == ""
