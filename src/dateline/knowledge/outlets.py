"""Who publishes: news agencies, outlets, and the fixed phrases by which their pages are built."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from dateline.knowledge.folding import fold
from dateline.knowledge.tables import Row, read_table

PublisherKind = Literal["agency", "broadcaster", "outlet"]
PhraseRole = Literal["header", "byline", "caption", "boilerplate"]
_TAIL = 160


@dataclass(frozen=True, slots=True)
class Publisher:
    """An agency, broadcaster or outlet; ``country`` is ISO 3166-1 alpha-2, ``domains`` its web addresses."""

    name: str
    kind: PublisherKind
    aliases: tuple[str, ...]
    country: str
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publishers:
    """The tables of agencies and outlets, looked up by name, credit or domain."""

    named: dict[str, tuple[str, Publisher]]
    credited: dict[str, Publisher]
    hosts: dict[str, Publisher]

    def find(self, words: str) -> Publisher | None:
        """The publisher that these words name in running text, or None.

        Short names in capitals must be in capitals here too, names of one word must begin with one.

        >>> found = publishers().find("the AP")
        >>> found.name if found else None
        'Associated Press'
        >>> publishers().find("tap") is None
        True
        """
        bare = neutral(words)
        spelling, publisher = self.named.get(fold(bare), ("", None))
        if publisher and " " in spelling:
            return publisher
        if publisher is None or (spelling.isupper() and not bare.isupper()) or not bare[:1].isupper():
            # agencies written small ("dpa") are known in that one spelling
            return publisher if publisher and bare == spelling else None
        return publisher

    def credit(self, words: str) -> Publisher | None:
        """The publisher that a credit names: "(PA)", "(AP Photo/…)", "(Xinhua)"; or None.

        >>> found = publishers().credit("PA")
        >>> found.name if found else None
        'PA Media'
        """
        return self.find(words) or self.credited.get(fold(words))

    def domain(self, host: str) -> Publisher | None:
        """The publisher of a host name, subdomains included; or None.

        >>> found = publishers().domain("edition.cnn.com")
        >>> found.name if found else None
        'CNN'
        """
        parts = host.lower().rstrip(".").split(".")
        for k in range(len(parts) - 1):
            found = self.hosts.get(".".join(parts[k:]))
            if found:
                return found
        return None


def neutral(words: str) -> str:
    """A name without the article before it, white space made single.

    >>> neutral("the  Department of Defense")
    'Department of Defense'
    """
    return re.sub(r"^(?:the|an?)\s+(?=\S)", "", " ".join(words.split()), flags=re.IGNORECASE)


@functools.cache
def publishers() -> Publishers:
    """The agencies (``outlets/agencies.tsv``) and outlets (``outlets/outlets.tsv``)."""
    named: dict[str, tuple[str, Publisher]] = {}
    credited: dict[str, Publisher] = {}
    hosts: dict[str, Publisher] = {}
    for row in read_table("outlets/agencies.tsv", ("name", "aliases", "credits", "country", "kind")):
        kind = row["kind"]
        if kind not in get_args(PublisherKind):
            raise row.error(f"{kind!r} is no kind of publisher")
        publisher = _publisher(row, cast(PublisherKind, kind))
        _enter(row, named, publisher, refuse=True)
        for short in row.list("credits"):
            credited.setdefault(fold(short), publisher)
    for row in read_table("outlets/outlets.tsv", ("name", "aliases", "domains", "country")):
        publisher = _publisher(row, "outlet", row.list("domains"))
        _enter(row, named, publisher, refuse=False)
        for host in publisher.domains:
            if host in hosts:
                raise row.error(f"{host} belongs to {hosts[host].name} already")
            hosts[host] = publisher
    return Publishers(named, credited, hosts)


def _publisher(row: Row, kind: PublisherKind, domains: tuple[str, ...] = ()) -> Publisher:
    if not row["name"]:
        raise row.error("no name")
    return Publisher(neutral(row["name"]), kind, row.list("aliases"), row["country"], domains)


def _enter(row: Row, named: dict[str, tuple[str, Publisher]], publisher: Publisher, *, refuse: bool) -> None:
    for spelling in (publisher.name, *publisher.aliases):
        key = fold(neutral(spelling))
        held = named.get(key)
        if held and held[1] is not publisher and refuse:
            raise row.error(f"{spelling!r} names {held[1].name} already")
        named.setdefault(key, (neutral(spelling), publisher))


@dataclass(frozen=True, slots=True)
class PagePhrases:
    """What lines of a page's furniture begin and end with."""

    starts: tuple[tuple[PhraseRole, re.Pattern[str]], ...]
    ends: tuple[tuple[PhraseRole, re.Pattern[str]], ...]

    def role(self, line: str) -> PhraseRole | None:
        """The role of a line without white space at its edges, or None where it is no furniture.

        >>> page_phrases().role("Copyright 2019 The Example. All rights reserved.")
        'boilerplate'
        """
        for role, pattern in self.starts:
            if pattern.match(line):
                return role
        tail = line[-_TAIL:]
        for role, pattern in self.ends:
            if pattern.search(tail):
                return role
        return None


@functools.cache
def page_phrases() -> PagePhrases:
    """The phrases of ``outlets/page_phrases.tsv``: ``*`` is up to eighty characters of a line, ``#`` a number."""
    starts: dict[PhraseRole, list[str]] = {}
    ends: dict[PhraseRole, list[str]] = {}
    for row in read_table("outlets/page_phrases.tsv", ("role", "place", "phrase")):
        role, place, phrase = row["role"], row["place"], row["phrase"]
        if role not in get_args(PhraseRole) or place not in ("start", "end", "whole"):
            raise row.error(f"{role!r} or {place!r} is not known")
        words = re.escape(phrase).replace(r"\*", r"[^\n]{0,80}?").replace(r"\#", "[0-9]+").replace(r"\ ", r"\s+")
        close = r"(?!\w)" if phrase[-1].isalnum() else ""
        form = words + (close if place == "start" else r"[.!:…)\]]?\s*\Z")
        (ends if place == "end" else starts).setdefault(cast(PhraseRole, role), []).append(form)
    return PagePhrases(_patterns(starts), _patterns(ends))


def _patterns(forms: dict[PhraseRole, list[str]]) -> tuple[tuple[PhraseRole, re.Pattern[str]], ...]:
    return tuple((role, re.compile("|".join(found), re.IGNORECASE)) for role, found in forms.items())


@functools.cache
def intro_verbs() -> dict[str, Literal["quotation", "statement", "post"]]:
    """Verb forms that announce another's words before a colon, and the role of the words that follow."""
    found: dict[str, Literal["quotation", "statement", "post"]] = {}
    for row in read_table("outlets/intro_verbs.tsv", ("form", "role")):
        role = row["role"]
        if role not in ("quotation", "statement", "post"):
            raise row.error(f"{role!r} is no role that a verb announces")
        found[row["form"]] = cast(Literal["quotation", "statement", "post"], role)
    return found
