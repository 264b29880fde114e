"""The tutorial, executed: docs/tutorial.ipynb has no outputs; they are made when the pages are."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import MarkdownExporter
from traitlets.config import Config

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "tutorial.ipynb"


def executed(seconds: int = 240) -> nbformat.NotebookNode:
    """The notebook with its outputs. Raises CellExecutionError where a cell fails."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    quiet = Config({"KernelManager": {"transport": "ipc"}})
    here = {"metadata": {"path": str(ROOT)}}
    return NotebookClient(notebook, timeout=seconds, kernel_name="python3", resources=here, config=quiet).execute()


def as_page(notebook: nbformat.NotebookNode) -> tuple[str, dict[str, bytes]]:
    """The notebook as Markdown, and its pictures by name."""
    body, resources = MarkdownExporter().from_notebook_node(notebook)
    body = re.sub(r"<style[^>]*>.*?</style>\n?", "", body, flags=re.S)
    return body, {name: bytes(data) for name, data in resources.get("outputs", {}).items()}
