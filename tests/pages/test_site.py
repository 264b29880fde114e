"""The site is built without a warning and a network, and holds what it promises."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.test_house import _commands

import dateline
from benchmarks import published
from pages import doctests, hooks, measured, reference

ROOT = Path(__file__).parents[2]
OFFLINE = """
import socket, sys

def refused(self, address, *rest):
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"the site asked for {address}")
    return held(self, address, *rest)

held = socket.socket.connect
socket.socket.connect = refused
from mkdocs.__main__ import cli
cli()
"""


class Fetched(HTMLParser):
    """What a page fetches when it is shown: scripts, styles, pictures, frames."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag != "a" and not (tag == "link" and told.get("rel") in ("canonical", "next", "prev")):
            self.found += [value for name, value in attrs if name in ("src", "href", "srcset", "data") and value]


@pytest.mark.slow
def test_site_is_built_and_whole(tmp_path: Path) -> None:
    """One test, for a site takes its time to build."""
    command = [sys.executable, "-c", OFFLINE, "build", "--strict", "-d", str(tmp_path)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    fetches_nothing_from_elsewhere(tmp_path)
    holds_every_page_name_and_command(tmp_path)
    shows_the_last_recorded_figures(tmp_path)
    shows_what_the_tutorial_gives(tmp_path)


def fetches_nothing_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        told = Fetched()
        told.feed(page.read_text(encoding="utf-8"))
        assert [each for each in told.found if re.match(r"(https?:)?//", each)] == [], page
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", style.read_text(encoding="utf-8")), style
    assert (site / "search" / "search_index.js").is_file()


def holds_every_page_name_and_command(site: Path) -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").with_suffix(".html")
        assert (site / (name.with_name("index.html") if name.stem == "README" else name)).is_file(), name
    python = (site / "reference" / "python.html").read_text(encoding="utf-8")
    for name in dateline.__all__:
        assert name == "__version__" or re.search(rf'id="dateline\.[\w.]*\.{name}"', python), name
    assert "&gt;&gt;&gt;" in python and "<blockquote" not in python
    commands = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    assert all(f">{command}<" in commands for command in _commands())


def shows_the_last_recorded_figures(site: Path) -> None:
    page = (site / "quality.html").read_text(encoding="utf-8")
    sets = re.findall(r"^## (\w[\w-]*)$", measured.figures(), re.M)
    assert {"timebank", "attribution", "muc4", "incidents"} <= set(sets)
    for name, row in published.latest().items():
        if name in sets:
            assert f"{row['date']}, {row['commit']}" in page, name
            for measure, value in row["figures"].items():
                assert f"{published.shown_figure(measure, value):g}" in page, (name, measure)
    for file in (ROOT / "benchmarks" / "results").glob("*.jsonl"):
        last = json.loads(file.read_text(encoding="utf-8").splitlines()[-1])
        assert f"{last['date']}, {last['commit']}" in page, file


def shows_what_the_tutorial_gives(site: Path) -> None:
    page = (site / "tutorial.html").read_text(encoding="utf-8")
    told = re.sub(r"<[^>]*>", "", page)
    assert "ASSAULT/firearms in Ilagan, PH, 2026-05-05: 14 killed" in told
    assert "8 (Army); 9 (police of Isabela); 14 (provincial health department)" in told
    pictures = re.findall(r'<img alt="png" src="(output_\d+_\d+\.png)"', page)
    assert len(pictures) == 2
    for name in pictures:
        assert (site / name).read_bytes().startswith(b"\x89PNG")


def test_tutorial_is_kept_without_outputs() -> None:
    notebook = json.loads((ROOT / "docs" / "tutorial.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(code) >= 8
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


def test_site_figures_follow_the_results(tmp_path: Path) -> None:
    row = {"name": "plover", "split": "dev", "documents": 60, "figures": {"type": 0.4321}, "date": "d", "commit": "c"}
    (tmp_path / "quality.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    rows = [
        {"name": "lgl", "system": "peer", "documents": 20, "figures": {"acc161": score}, "date": "e", "commit": "f"}
        for score in (1, 2)
    ]
    (tmp_path / "peers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    told = measured.figures(tmp_path)
    assert "| dateline | dev | 43.2 |" in told
    assert "| lgl · peer · 20 documents | acc161 2 | e, f |" in told and "acc161 1" not in told
    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    assert page.count(hooks.MEASURED) == 1 and "| dateline |" not in page


def test_site_examples_are_fenced_and_commands_are_told() -> None:
    told = doctests.fenced("Why.\n\n>>> 1 + 1\n2\n\nMore, as in :func:`read`.\n\n>>> x\n")
    assert told == "Why.\n\n```pycon\n>>> 1 + 1\n2\n```\n\nMore, as in `read`.\n\n```pycon\n>>> x\n```\n"
    page = reference.commands_page()
    assert all(f"# {command}\n" in page for command in _commands())
