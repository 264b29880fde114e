"""Pages drawn from templates: every value escaped, one shell around all of them."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dateline.review import wording
from dateline.review.guard import REVIEWER
from dateline.review.writing_routes import session_of

NAVIGATION = (
    ("Incidents", "/incidents", "i"),
    ("Map", "/map", "m"),
    ("Reports", "/readings", "t"),
    ("Actors", "/actors", "a"),
    ("Places", "/places", "p"),
    ("Changes", "/changes", "c"),
    ("Runs", "/runs", "r"),
)
"""The sections: their names, where they are, and the key that follows ``g``."""

THEME, NOTICE = "dateline_theme", "dateline_notice"
_TEMPLATES = Path(__file__).parent / "templates"


def drawn(request: Request, template: str, *, here: str, status: int = 200, **values: Any) -> Response:
    """A page of ``templates/`` in the shell; ``here`` is the section's name that the navigation marks.

    Templates see ``csrf`` (the token for writes), ``reviewer`` (a name or None), ``path`` and the values given.
    An answer that the browser holds already is sent as 304.
    """
    response = HTMLResponse(status_code=status)
    cookies = request.state.cookies
    theme = cookies.get(THEME)
    page = (
        environment()
        .get_template(template)
        .render(
            csrf=session_of(request, response),
            reviewer=(cookies.get(REVIEWER) or "")[:100] or None,
            theme=theme if theme in ("light", "dark") else None,
            notice=cookies.get(NOTICE) != "read",
            path=request.url.path,
            here=here,
            **values,
        )
    )
    body = page.encode()
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    if status == 200 and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    response.body = body
    response.headers["content-length"] = str(len(body))
    response.headers["etag"] = tag
    response.headers["vary"] = "Cookie"
    return response


@functools.cache
def environment() -> Environment:
    """The templates, with the words and figures that all of them use."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(wording.FILTERS)
    made.globals.update(navigation=NAVIGATION, deeds=wording.DEEDS)
    return made
