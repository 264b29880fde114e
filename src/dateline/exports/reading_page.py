"""A reading laid out for a page: paragraphs of marked runs, voices with their signs, maps and lines.

Every mark has a key that is unique on the page; cards, chips and rows point to marks by these keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from dateline.core import Medium, Span
from dateline.exports.phrases import chain, clean
from dateline.exports.reading_text import Block, Sign, span_key, text_blocks
from dateline.exports.timeline import Moment, Timeline, timeline
from dateline.exports.view import STANDINGS, EventView, Fact, Framing, ReadingView
from dateline.exports.worldmap import Atlas, Site, WorldMap

_HUES = 8
_LINES = ("solid", "dashed", "dotted", "double", "wavy")


@dataclass(frozen=True, slots=True)
class Card:
    """An event beside the text; ``parts`` are the keys of its arguments, place, time and counts."""

    key: str
    view: EventView
    signs: tuple[Sign, ...]
    parts: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """Everything that the template draws of one reading."""

    anchor: str
    view: ReadingView
    link: str
    signs: tuple[Sign, ...]
    blocks: tuple[Block, ...]
    groups: tuple[tuple[str, tuple[Card, ...]], ...]
    timeline: Timeline | None
    map: WorldMap | None
    framings: tuple[tuple[Framing, Sign | None, str], ...]
    media: tuple[tuple[Medium, str, str], ...]


class PageBuilder:
    """Lays readings out one after the other; ``number`` makes their keys differ."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    def __call__(self, view: ReadingView, number: int) -> ReadingPage:
        """The page of one reading."""
        prefix = f"r{number}"
        signs = _signs(view)
        return ReadingPage(
            anchor=prefix,
            view=view,
            link=_web(view.reading.document.url),
            signs=tuple(signs.values()),
            blocks=text_blocks(view, prefix, signs),
            groups=_groups(view, prefix, signs),
            timeline=_timeline(view, prefix, signs),
            map=self._atlas(_sites(view, prefix)),
            framings=tuple(
                (f, signs.get(f.chain[-1].id) if f.chain else None, span_key(prefix, f.span)) for f in view.framings()
            ),
            media=tuple((m, _web(m.url), span_key(prefix, m.span)) for m in view.reading.media),
        )


def _web(url: str | None) -> str:
    """The address where it is one of the web; other schemes could act when clicked."""
    return url if url and url.lower().startswith(("http://", "https://")) else ""


def _signs(view: ReadingView) -> dict[str, Sign]:
    signs: dict[str, Sign] = {}
    number = 0
    for voice in view.reading.voices:
        outlet = voice.kind == "outlet" or voice is view.reading.voices[0]
        letter = "" if outlet else _letter(number)
        classes = "v0" if outlet else f"v{number % _HUES + 1} {_LINES[number % len(_LINES)]}"
        number += not outlet
        names = chain(view.chain_names(view.chain(voice.id)))
        signs[voice.id] = Sign(voice, view.voice_name(voice), letter, classes, names)
    return signs


def _letter(number: int) -> str:
    first, second = divmod(number, 26)
    return (ascii_uppercase[(first - 1) % 26] if first else "") + ascii_uppercase[second]


def _groups(view: ReadingView, prefix: str, signs: dict[str, Sign]) -> tuple[tuple[str, tuple[Card, ...]], ...]:
    groups = []
    for standing, words in STANDINGS:
        cards = tuple(
            Card(
                key=f"{prefix}e{event.number}",
                view=event,
                signs=tuple(signs[voice.id] for voice in event.chain),
                parts=" ".join(span_key(prefix, span) for span in _parts(event)),
            )
            for event in view.events
            if event.standing == standing
        )
        if cards:
            groups.append((words, cards))
    return tuple(groups)


def _parts(event: EventView) -> Iterator[Span]:
    facts: list[Fact] = [*event.who, *event.whom, *event.means]
    facts += [fact for fact in (event.when, event.where) if fact]
    for fact in facts:
        yield from fact.spans
    for count in event.counts:
        yield count.span


def _timeline(view: ReadingView, prefix: str, signs: dict[str, Sign]) -> Timeline | None:
    moments = [Moment(f"{prefix}e{e.number}", e.number, e.event.time, e.standing != "new") for e in view.events]
    published = (view.reading.document.published or "")[:10]
    flags = [(published, "published", True)] if published else []
    anchors: dict[str, list[str]] = {}
    for passage in view.reading.passages:
        sign = signs.get(passage.voice)
        if passage.anchor and passage.anchor[:10] != published and sign and sign.letter:
            letters = anchors.setdefault(passage.anchor[:10], [])
            if sign.letter not in letters:
                letters.append(sign.letter)
    flags += [
        (iso, f"{', '.join(letters)} speak{'s' * (len(letters) == 1)}", False) for iso, letters in anchors.items()
    ]
    return timeline(moments, flags)


def _sites(view: ReadingView, prefix: str) -> tuple[Site, ...]:
    found: dict[str, list[tuple[str, int]]] = {}
    for event in view.events:
        place = view.place(event.event.place.place) if event.event.place else None
        if place:
            found.setdefault(place.id, []).append((f"{prefix}e{event.number}", event.number))
    sites = []
    for id, events in found.items():
        place = view.place(id)
        if place:
            sites.append(Site(clean(place.name), place.lat, place.lon, place.radius_km, tuple(events)))
    return tuple(sites)
