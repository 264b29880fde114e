"""What MkDocs asks while it builds the site: generated pages, links that leave the folder, pages nobody listed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from pages import materials, measured, reference, tutorial

ROOT = Path(__file__).parents[1]
MEASURED = "<!-- the measured figures -->"
OTHERS = "More"
_NAMED = re.compile(r"\[([\w-]+\.md)\]\(\1\)")
_LINK = re.compile(r"\[([^\]]*)\]\((\.\./[^)#]+)(#[^)]*)?\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """List the pages that the navigation does not name, so that none is lost."""
    docs = Path(config.docs_dir)
    named = set(re.findall(r"[\w/.-]+\.(?:md|ipynb)", str(config.nav)))
    there = sorted(str(path.relative_to(docs)) for path in docs.rglob("*.md"))
    for entry in config.nav or []:
        if isinstance(entry, dict) and "Decisions" in entry:
            entry["Decisions"] += [name for name in there if name.startswith("decisions/") and name not in named]
    others = [name for name in there if name not in named and not name.startswith("decisions/")]
    if others and config.nav is not None:
        config.nav.append({OTHERS: others})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is generated: the reference, the models' cards, the changes, the executed tutorial."""
    made = {
        "reference/python.md": reference.python_page(),
        "reference/rooms.md": reference.rooms_page(),
        "reference/commands.md": reference.commands_page(),
        "licences.md": materials.licences_page(materials.packages()),
        "changes.md": (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
    }
    for card in sorted(ROOT.glob("training/*/card.md")):
        made[f"cards/{card.parent.name}.md"] = card.read_text(encoding="utf-8")
    text, pictures = tutorial.as_page(tutorial.executed())
    made["tutorial.md"] = text
    for name, content in {**made, **pictures}.items():
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Fill in the measured figures; turn links to files outside the folder into links to cards, or into words."""
    here = posixpath.dirname(page.file.src_uri)
    if MEASURED in markdown:
        markdown = markdown.replace(MEASURED, measured.figures())
    markdown = (
        titled(markdown, _titles(Path(page.file.abs_src_path or "").parent)) if page.file.abs_src_path else markdown
    )
    markdown = markdown.replace("[tutorial.ipynb](tutorial.ipynb)", "[Tutorial](tutorial.md)")
    return _LINK.sub(lambda found: _led(found, here), markdown)


def titled(markdown: str, titles: Mapping[str, str]) -> str:
    """Links whose words are the name of their page say its title.

    >>> titled("See [voices.md](voices.md).", {"voices.md": "Voices"})
    'See [Voices](voices.md).'
    """
    return _NAMED.sub(lambda found: f"[{titles.get(found[1], found[1])}]({found[1]})", markdown)


def _titles(docs: Path) -> dict[str, str]:
    """The first heading of each page by the page's name."""
    heads = {path.name: path.read_text(encoding="utf-8").partition("\n")[0] for path in docs.rglob("*.md")}
    return {name: head.removeprefix("# ") for name, head in heads.items() if name != "README.md"}


def _led(found: re.Match[str], here: str) -> str:
    words, target = found[1], posixpath.normpath(posixpath.join("docs", here, found[2]))
    if target.startswith("docs/"):
        return found[0]
    card = re.fullmatch(r"training/(\w+)/card\.md", target)
    if card:
        return f"[{words}]({posixpath.relpath(f'cards/{card[1]}.md', here or '.')})"
    return f"{words} (`{target}`)"
