"""What an installation is made of: an SBOM in CycloneDX and a list of licences, from the lock of all extras.

``python -m pages.materials FOLDER`` writes ``dateline.cdx.json`` and ``licences.md``. A package's licence is the row of
licences.tsv, else what its own metadata says; one that says nothing, or whose licence is not among those that may be
shipped beside, is an error that names it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import LicenseExpression, get_spdx_licensing

from dateline.knowledge.tables import read_table

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements-extras.lock"
TABLE = Path(__file__).parent / "licences.tsv"
PROJECT = ROOT / "pyproject.toml"
_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?: ; (.*?))? \\$", re.M)
_SAID = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "ISC License": "ISC",
    "PSFL": "PSF-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
MAY = frozenset(
    [
        "Apache-2.0",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "0BSD",
        "ISC",
        "PSF-2.0",
        "CNRI-Python",
        "MPL-1.1",
        "MPL-2.0",
        "Zlib",
        "CC0-1.0",
    ]
)
_SPDX = get_spdx_licensing()


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the lock: its version there, where it is for (a marker, else empty) and its licence (SPDX)."""

    name: str
    version: str
    marker: str
    licence: str


def packages(lock: Path = LOCK) -> tuple[Package, ...]:
    """The packages of a lock. Raises ValueError that names those whose licence is not known or not allowed."""
    told = {row["package"]: row["licence"] for row in read_table(TABLE, ("package", "licence", "where"))}
    found, unknown = [], []
    for name, version, marker in _PACKAGE.findall(lock.read_text(encoding="utf-8")):
        licence = told.get(name) or said(name)
        if licence is None or not allowed(licence):
            unknown.append(f"{name} ({licence or 'says nothing'})")
        found.append(Package(name, version, marker, licence or ""))
    if unknown:
        raise ValueError(f"licences to look at, then a row in {TABLE.name}: {', '.join(unknown)}")
    return tuple(found)


def allowed(licence: str) -> bool:
    """Whether what a licence asks for is met: all parts of AND, one of OR.

    >>> allowed("MIT AND (BSD-2-Clause OR LGPL-2.1-or-later)"), allowed("GPL-2.0-only")
    (True, False)
    """
    return _allowed(_SPDX.parse(licence, validate=True))


def _allowed(part: LicenseExpression) -> bool:
    if isinstance(part, _SPDX.OR):
        return any(_allowed(each) for each in part.args)
    return all(_allowed(each) for each in part.args) if isinstance(part, _SPDX.AND) else str(part) in MAY


def said(name: str) -> str | None:
    """The licence that an installed package tells of itself, as SPDX; None where it is not there or not plain."""
    try:
        held = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    if held["License-Expression"]:
        return str(held["License-Expression"])
    kinds = [each.rpartition(" :: ")[2] for each in held.get_all("Classifier") or () if each.startswith("License ::")]
    for told in (held["License"] or "", *(kinds if len(kinds) == 1 else ())):
        words = _SAID.get(told.strip(), told.strip())
        if words in MAY or re.fullmatch(r"[\w.-]+(?: (?:AND|OR) [\w.-]+)+", words):
            return words
    return None


def sbom(found: tuple[Package, ...], lock: Path = LOCK) -> dict[str, Any]:
    """The list of materials; the same lock and table give the same."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "sbom.json")
        asked = ["requirements", str(lock), "--pyproject", str(PROJECT), "--output-reproducible", "--no-validate"]
        command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", *asked, "-o", str(out)]
        subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": ""})
        told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    licences = {(each.name, each.version): each for each in found}
    refs = {}
    for component in told["components"]:
        each = licences[component["name"], component["version"]]
        refs[component["bom-ref"]] = component["bom-ref"] = f"{component['purl']}"
        component["licenses"] = [{"expression": each.licence}]
        component["description"] = each.marker and f"where {each.marker}"
        if not component["description"]:
            del component["description"]
    straight = sorted(ref for ref in refs.values() if ref.split("/")[1].split("@")[0] in _straight())
    root = told["metadata"]["component"]["bom-ref"]
    told["dependencies"] = [{"ref": root, "dependsOn": straight}, *({"ref": ref} for ref in sorted(refs.values()))]
    return told


def faults(told: dict[str, Any]) -> str | None:
    """What CycloneDX's schema says against it; None where nothing."""
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(told))
    return str(fault) if fault else None


def licences_page(found: tuple[Package, ...]) -> str:
    """The list of licences as a page."""
    lines = [
        "# Licences",
        "",
        "dateline is under Apache-2.0; its data have their own sources and licences, told in `NOTICE`. This is what is",
        "installed beside it: the packages of `requirements-extras.lock`, with all extras. Licences are SPDX",
        "expressions, as the packages tell them of themselves, or as `pages/licences.tsv` says where they don't. None",
        "asks for more than to keep its own files as free as they are.",
        "",
        "| package | version | licence | where |",
        "|---|---|---|---|",
    ]
    lines += [f"| {p.name} | {p.version} | {p.licence} | {f'`{p.marker}`' if p.marker else ''} |" for p in found]
    return "\n".join(lines) + "\n"


def _straight() -> set[str]:
    """What ``pyproject.toml`` itself asks for, with all extras."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    needs = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    return {re.split(r"[^A-Za-z0-9._-]", need)[0].lower() for need in needs}


def lacking(found: tuple[Package, ...]) -> Iterator[str]:
    """What ``pyproject.toml`` asks for and the lock does not hold: ``make lock`` was forgotten."""
    yield from sorted(_straight() - {each.name for each in found})


def main(folder: str) -> None:
    """Write both into a folder."""
    found = packages()
    told = sbom(found)
    if fault := faults(told):
        raise ValueError(fault)
    Path(folder).mkdir(parents=True, exist_ok=True)
    Path(folder, "dateline.cdx.json").write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    Path(folder, "licences.md").write_text(licences_page(found), encoding="utf-8")
    print(f"{len(found)} packages in {folder}/dateline.cdx.json and {folder}/licences.md")


if __name__ == "__main__":
    main(sys.argv[1])
