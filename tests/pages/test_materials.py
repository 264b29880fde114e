"""The list of materials holds every package of the lock with its hashes and a licence that may stand beside ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages.materials import Package

from pages import materials


def test_materials_know_the_licence_of_every_package() -> None:
    found = materials.packages()
    names = {each.name for each in found}
    assert {"spacy", "numpy", "fastapi", "pandas", "pyarrow"} <= names
    assert all(materials.allowed(each.licence) for each in found)
    assert list(materials.lacking(found)) == [], "make lock"


def test_materials_name_a_licence_that_is_not_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "a.lock"
    lock.write_text(
        "numpy==2.0 \\\n    --hash=sha256:00\nfreeloader==1.0 ; sys_platform == 'win32' \\\n", encoding="utf-8"
    )
    table = tmp_path / "licences.tsv"
    head = "# source: x\n# licence: x\n# date: x\npackage\tlicence\twhere\n"
    table.write_text(head, encoding="utf-8")
    monkeypatch.setattr(materials, "TABLE", table)
    with pytest.raises(ValueError, match=r"freeloader \(says nothing\)"):
        materials.packages(lock)
    table.write_text(head + "freeloader\tGPL-3.0-only\tits file\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"freeloader \(GPL-3.0-only\)"):
        materials.packages(lock)
    table.write_text(head + "freeloader\tGPL-3.0-only OR ISC\tits file\n", encoding="utf-8")
    assert materials.packages(lock)[1] == Package("freeloader", "1.0", "sys_platform == 'win32'", "GPL-3.0-only OR ISC")


def test_materials_page_lists_them_all() -> None:
    page = materials.licences_page((Package("numpy", "2.0", "", "BSD-3-Clause"),))
    assert "| numpy | 2.0 | BSD-3-Clause |  |" in page


@pytest.mark.slow
def test_materials_are_sound_by_the_schema_and_tell_no_time() -> None:
    found = materials.packages()
    told = materials.sbom(found)
    assert materials.faults(told) is None
    assert "timestamp" not in told["metadata"] and "serialNumber" not in told
    lock = materials.LOCK.read_text(encoding="utf-8")
    digests = {
        each["content"] for part in told["components"] for ref in part["externalReferences"] for each in ref["hashes"]
    }
    assert digests == set(re.findall(r"sha256:([0-9a-f]{64})", lock))
    assert all(part["licenses"] for part in told["components"]) and len(told["components"]) == len(found)
    root = told["metadata"]["component"]
    assert root["name"] == "dateline" and len(told["dependencies"][0]["dependsOn"]) > 20
