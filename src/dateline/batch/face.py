"""What ``import dateline`` offers: read, read_many, link."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.batch.reading import Knowing, readings
from dateline.core import Document, Failure, Incident, IngestError, Reading
from dateline.ingest import Known, Limits, Metadata, document_of, settled, taken
from dateline.ingest.kinds import kind_of_name
from dateline.knowledge.folder import KnowledgeFolder, using
from dateline.knowledge.own import looked_through

_LONGEST_PATH = 1024


def read(
    text_or_path: str | Path | Document,
    *,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    title: str | None = None,
    knowledge: str | Path | None = None,
    limits: Limits | None = None,
) -> Reading:
    """The reading of one report: a text, a file, an address (``http…``), or a Document.

    A string is a file where there is one of that name, an address where it begins so, else the text
    itself. ``published`` is an ISO date or date-time; where it is not given it is looked for in the
    text or page. ``knowledge``: a folder of your own tables, laid over those that ship (see docs/knowledge.md).
    Raises IngestError where nothing can be taken in or a file holds several documents, KnowledgeError with
    file:line where a table is wrong.

    >>> import dateline
    >>> reading = dateline.read("Two soldiers were killed in Goma on 3 March 2024.")
    >>> [(event.type, event.counts[0].best) for event in reading.events]
    [('ASSAULT', 2)]
    """
    known = Known(published, outlet, url, title, today=datetime.date.today())
    document = text_or_path if isinstance(text_or_path, Document) else _one(text_or_path, known, limits)
    return Knowing(_folder(knowledge))()(document)


def read_many(
    documents: Iterable[Document | str | Path | Mapping[str, Any]],
    *,
    published: str | None = None,
    outlet: str | None = None,
    jobs: int = 1,
    knowledge: str | Path | None = None,
    limits: Limits | None = None,
) -> Iterator[Reading | Failure]:
    """A Reading, or a Failure that names the document, for each document in order.

    Given may be Documents, texts, files and folders, addresses, or mappings with the keys of a
    document line (``id``, ``text``, ``published`` …). ``published`` and ``outlet`` count where the
    document does not tell them. With ``jobs`` several processes share the work.
    ``knowledge``: as in :func:`read`.

    Raises IngestError where ``published`` is no date, KnowledgeError where a table is wrong; what is wrong with one
    document is its Failure.

    >>> import dateline
    >>> given = [{"id": "d1", "text": "Two soldiers were killed in Goma.", "published": "2024-03-03"}, {"id": "d2"}]
    >>> for told in dateline.read_many(given):
    ...     print(type(told).__name__, told.error if isinstance(told, dateline.Failure) else len(told.events))
    Reading 1
    Failure no text
    """
    known = Known(published, outlet, today=datetime.date.today())
    return readings(_all(documents, known, limits), jobs=jobs, load=Knowing(_folder(knowledge)))


def link(told: Iterable[Reading | Failure]) -> list[Incident]:
    """The incidents that the readings tell of; failures among them are passed over.

    In the order of their first telling; the same readings in any order give the same incidents.

    >>> import dateline
    >>> texts = ["Two soldiers were killed in Goma on 3 March 2024.", "Protesters marched in Lima on 5 March 2024."]
    >>> [incident.type for incident in dateline.link(dateline.read_many(texts))]
    ['ASSAULT', 'PROTEST']
    """
    from dateline.incidents import link as linked

    return list(linked(tuple(each for each in told if isinstance(each, Reading))))


def _folder(knowledge: str | Path | None) -> KnowledgeFolder | None:
    """The folder, once every table in it is known to be sound: processes that read could not say what is wrong."""
    here = None if knowledge is None else KnowledgeFolder.of(Path(knowledge).resolve())
    with using(here):
        looked_through()
    return here


def _one(given: str | Path, known: Known, limits: Limits | None) -> Document:
    name = _name(given)
    if name is None:
        return settled(str(given), "text", Metadata(), known)
    found = taken([name], known=known, limits=limits)
    first, second = next(found, None), next(found, None)
    if isinstance(first, Failure):
        raise IngestError(first.document, first.error)
    if first is None or second is not None:
        raise IngestError(name, "holds several documents (read_many reads them)" if first else "holds no document")
    return first.document if isinstance(first, Reading) else first


def _all(
    documents: Iterable[Document | str | Path | Mapping[str, Any]], known: Known, limits: Limits | None
) -> Iterator[Document | Reading | Failure]:
    for number, given in enumerate(documents, 1):
        if isinstance(given, Document):
            yield given
            continue
        try:
            if isinstance(given, Mapping):
                yield document_of(dict(given), str(given.get("id") or f"document {number}"), known)
            elif (name := _name(given)) is not None:
                yield from taken([name], known=known, limits=limits)
            else:
                yield settled(str(given), f"document {number}", Metadata(), known)
        except IngestError as error:
            yield Failure(error.document, "ingest", error.reason)


def _name(given: str | Path) -> str | None:
    """The file or address that is meant; None where the string is a text."""
    if isinstance(given, Path):
        return str(given)
    if "\n" in given or len(given) > _LONGEST_PATH or "\0" in given:
        return None
    single = not any(ch.isspace() for ch in given)
    if single and given.lower().startswith(("http://", "https://")):
        return given
    try:
        there = given != "" and Path(given).exists()
    except OSError:
        there = False
    # "report.txt" that is not there is a file's name with a slip, not a report of one word.
    return given if there or (single and kind_of_name(given)) else None
