"""Readers that read next to nothing, for tests of what goes on around them (workers import this by name)."""

from __future__ import annotations

import os
import time

from dateline.core import Document, Event, Incident, Passage, Reading, Span, Telling, Voice


def read(document: Document) -> Reading:
    """One passage, and an event for the first "killed"; some words make it fail."""
    text = document.text
    if "raises" in text:
        raise AttributeError("a defect")
    if "kills the worker" in text:
        os._exit(9)
    if "slow" in text:
        time.sleep(0.02)
    at = text.find("killed")
    told = (Span(at, at + 6),) if at >= 0 else ()
    return Reading(
        document=document,
        passages=(Passage("p1", Span(0, len(text)), "narration", "v1", document.published),),
        voices=(Voice("v1", document.outlet or "outlet", "outlet", ("v1",)),),
        attributions=(),
        timexes=(),
        toponyms=(),
        places=(),
        mentions=(),
        entities=(),
        events=tuple(
            Event("x1", span, "ASSAULT", None, (), None, None, (), "asserted", "certain", False, None, "v1", (span,))
            for span in told
        ),
        media=(),
        producers={"events": "fake@1"},
    )


def load() -> object:
    return read


def link(readings: object) -> tuple[Incident, ...]:
    """One incident of everything."""
    told = [r for r in readings if r.events]  # type: ignore[attr-defined]
    if not told:
        return ()
    return (
        Incident(
            id="i1",
            type="ASSAULT",
            mode=None,
            documents=tuple(r.document.id for r in told),
            events=tuple(Telling(r.document.id, "x1", ("outlet",)) for r in told),
            time=None,
            place=None,
            parties=(),
            counts={},
            origins=len(told),
            disagreements=(),
            labels=(),
        ),
    )
