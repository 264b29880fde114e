"""The words of an entry's HTML: tags dropped, paragraphs kept."""

from __future__ import annotations

import re

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol",
    "p", "pre", "section", "table", "td", "th", "tr", "ul",
))  # fmt: skip
_SILENT = frozenset((
    "audio", "embed", "head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template",
    "video",
))  # fmt: skip
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def words_of(html: str) -> str:
    """The text of a piece of HTML, paragraphs divided by blank lines; scripts and styles are dropped.

    >>> words_of("<p>Two men <b>died</b> &amp; one fled.<script>x()</script></p><p>Police came.")
    'Two men died & one fled.\\n\\nPolice came.'
    """
    from lxml.etree import LxmlError, iterwalk
    from lxml.html import fragment_fromstring

    html = _ODD.sub("", html)
    if "<" not in html and "&" not in html:
        return _paragraphs(html)
    try:
        root = fragment_fromstring(html, create_parent="div")
    except (LxmlError, ValueError, AssertionError):
        return _paragraphs(re.sub(r"<[^<>]*>", " ", html))
    pieces: list[str] = []
    silent = 0
    for event, element in iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else None
        end = event != "start"
        if name in _SILENT:
            silent += -1 if end else 1
        if name in _BLOCKS:
            pieces.append("\n\n")
        said = element.tail if end else element.text
        if said and not silent:
            pieces.append(said if name == "pre" and not end else said.replace("\n", " "))
    return _paragraphs("".join(pieces))


def line_of(words: str | None, *, html: bool = False, most: int = 500) -> str | None:
    """Words as one line of at most ``most`` characters; None where nothing is left.

    >>> line_of(" <b>Shots</b>\\n heard ", html=True), line_of("a < b"), line_of(" ")
    ('Shots heard', 'a < b', None)
    """
    if not words:
        return None
    words = words[: most * 20]
    return " ".join(_ODD.sub("", words_of(words) if html else words).split())[:most].rstrip() or None


def _paragraphs(text: str) -> str:
    lines = (" ".join(part.split()) for part in re.split(r"\n[ \t\r\f\v]*\n", text))
    return "\n\n".join(line for line in lines if line)
