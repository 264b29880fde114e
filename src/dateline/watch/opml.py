"""The feeds that the user named: outlines of OPML files, and addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from dateline.ingest.web import is_address
from dateline.watch.errors import WatchError

LARGEST = 5_000_000
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's address, and its name where the OPML tells one."""

    url: str
    name: str | None = None


def feeds_of(inputs: Iterable[str]) -> tuple[Feed, ...]:
    """The feeds of OPML files and of addresses, each once, in their order.

    Raises WatchError where a file is no OPML, is too large, declares entities, or names no feed at all.

    >>> feeds_of(["https://news.example/rss"])
    (Feed(url='https://news.example/rss', name=None),)
    """
    found: dict[str, Feed] = {}
    for name in inputs:
        for feed in [Feed(name)] if is_address(name) else _outlines(Path(name)):
            found.setdefault(feed.url, feed)
    if not found:
        raise WatchError(f"{', '.join(inputs)}: no feed named there")
    if len(found) > MOST:
        raise WatchError(f"{len(found):,} feeds, more than {MOST:,}")
    return tuple(found.values())


def _outlines(path: Path) -> list[Feed]:
    if not path.is_file():
        raise WatchError(f"{path}: no such file")
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise WatchError(f"{path}: larger than {LARGEST:,} bytes")
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise WatchError(f"{path}: declares a DTD or entities, which no OPML needs") from error
    except (ParseError, ValueError, LookupError) as error:
        raise WatchError(f"{path}: no OPML ({error})") from error
    if root.tag.lower() != "opml":
        raise WatchError(f"{path}: no OPML (its root is {root.tag[:40]})")
    found = []
    for outline in root.iter():
        if str(outline.tag).lower() != "outline":
            continue
        said = {key.lower(): " ".join(value.split()) for key, value in outline.attrib.items()}
        if is_address(said.get("xmlurl", "")):
            found.append(Feed(said["xmlurl"], (said.get("title") or said.get("text") or None)))
    return found
