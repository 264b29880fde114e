"""The wheel and the source archive hold what is needed, are small enough, and are the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LARGEST = 200_000_000
PARTS = ("src", "pyproject.toml", "README.md", "LICENSE", "NOTICE", "CHANGELOG.md", ".gitignore")


def built(tree: Path, to: Path) -> dict[str, Path]:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(to)]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {path.suffix: path for path in to.iterdir()}


@pytest.mark.slow
def test_dist_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    """One test, for archives take their time to build."""
    archives = built(ROOT, tmp_path / "first")
    holds_models_data_and_notices(archives)
    works_where_it_is_unpacked(archives, tmp_path)
    is_the_same_from_another_folder_at_another_time(archives, tmp_path)


def is_the_same_from_another_folder_at_another_time(archives: dict[str, Path], tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tree / part, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(ROOT / part, tree / part)
    again = built(tree, tmp_path / "again")
    for kind, path in archives.items():
        assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(again[kind].read_bytes()).digest(), kind


def holds_models_data_and_notices(archives: dict[str, Path]) -> None:
    assert set(archives) == {".whl", ".gz"} and all(path.stat().st_size < LARGEST for path in archives.values())
    wheel = set(zipfile.ZipFile(archives[".whl"]).namelist())
    with tarfile.open(archives[".gz"]) as archive:
        source = {name.partition("/")[2].removeprefix("src/") for name in archive.getnames()}
    data = ROOT / "src" / "dateline"
    shipped = {f"dateline/{path.relative_to(data)}" for path in data.rglob("*") if path.is_file()}
    shipped = {name for name in shipped if "__pycache__" not in name}
    assert shipped <= wheel and shipped <= source
    assert any(name.endswith("licenses/NOTICE") for name in wheel) and "NOTICE" in source
    assert not [name for name in wheel if not name.startswith(("dateline/", "dateline-"))]


def works_where_it_is_unpacked(archives: dict[str, Path], tmp_path: Path) -> None:
    to = str(tmp_path / "lib")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", to]
    subprocess.run([*command, str(archives[".whl"])], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": to}
    command = [sys.executable, "-m", "dateline", "doctor", "--to", "json"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = {row["name"]: row["about"] for row in json.loads(done.stdout)}
    assert to in found["dateline"] and found["RECORD"].endswith("files are as installed")
    (tmp_path / "lib" / "dateline" / "data" / "lexicons" / "titles.tsv").write_text("", encoding="utf-8")
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "titles.tsv" in done.stdout
