"""Documents, changes, conflicts, runs, agreement, links and searches as the API gives them."""

from __future__ import annotations

import datetime

from dateline.core import StoreError, content_id
from dateline.review.deciding import UNNAMED
from dateline.review.decisions import AgreementView, Imported, LinkView, PairView, SearchGiven, SearchView
from dateline.review.errors import NotThere, NotUnderstood, clash
from dateline.review.evidence import verdict_view
from dateline.review.models import ConflictView, DocumentPage, DocumentRow, VerdictView
from dateline.review.models_lists import ChangesPage, FailureView, RunsView, RunView
from dateline.review.questions import offset_of
from dateline.store import Store
from dateline.store.agreement import agreements
from dateline.store.constraints import constraints
from dateline.store.records import SavedSearch
from dateline.store.verdict_lines import verdicts_of


def documents(store: Store, *, words: str, outlet: str | None, cursor: str | None, limit: int) -> DocumentPage:
    """A page of documents in the order in which they came."""
    found = store.listed(words=words, outlet=outlet, after=offset_of(cursor), limit=limit + 1)
    items = [
        DocumentRow(
            id=each.id,
            number=each.number,
            outlet=each.outlet,
            title=each.title,
            published=each.published,
            url=each.url,
            language=each.language,
            events=each.events,
        )
        for each in found[:limit]
    ]
    total = store.count_listed(words=words, outlet=outlet)
    return DocumentPage(total=total, items=items, next=str(items[-1].number) if len(found) > limit else None)


def changes(store: Store, *, cursor: str | None, limit: int) -> ChangesPage:
    """The feed of decisions, the latest first."""
    found = store.changes(before=offset_of(cursor) if cursor else None, limit=limit + 1)
    items = [
        verdict_view(each, not store.is_undone(each.id), number).model_copy(
            update={"incident": store.incident_under(each)}
        )
        for number, each in found[:limit]
    ]
    return ChangesPage(items=items, next=str(found[limit - 1][0]) if len(found) > limit else None)


def verdict(store: Store, id: str) -> VerdictView:
    """One decision, with the incident that it lies upon now. Raises NotThere."""
    known = store.verdict(id)
    if known is None:
        raise NotThere(f"no verdict {id}")
    view = verdict_view(known, not store.is_undone(id))
    return view.model_copy(update={"incident": store.incident_under(known)})


def conflicts(store: Store) -> list[ConflictView]:
    """Standing decisions that no longer fit."""
    out = []
    for each in store.conflicts():
        known = store.verdict(each.verdict)
        if known is not None:
            view = verdict_view(known, not store.is_undone(known.id))
            out.append(ConflictView(verdict=view, kind=each.kind, about=each.about, incident=each.incident))
    return out


def runs(store: Store) -> RunsView:
    """Runs, failures, producers and sizes."""
    made = [
        RunView(
            number=run.number,
            started=run.started,
            finished=run.finished,
            inputs=list(run.inputs),
            version=run.version,
            read=run.read,
            skipped=run.skipped,
            failed=run.failed,
        )
        for run in store.runs()
    ]
    failures = [FailureView(document=f.document, stage=f.stage, error=f.error) for f in store.failures()]
    return RunsView.model_validate(
        {**store.sizes(), "runs": made, "failures": failures, "producers": store.producers()}
    )


def agreement_of(store: Store) -> AgreementView:
    """How far every two reviewers agree."""
    pairs = [
        PairView(
            first=each.first,
            second=each.second,
            field=each.field,
            both=each.both,
            agree=each.agree,
            raw=each.raw,
            kappa=each.kappa,
        )
        for each in agreements(store.verdicts())
    ]
    return AgreementView(pairs=pairs)


def links(store: Store) -> list[LinkView]:
    """Tellings that people hold to be of one happening or of two."""
    return [
        LinkView(
            answer=each.answer,
            left=(each.left.document, each.left.sha256),
            right=(each.right.document, each.right.sha256),
            verdict=each.verdict,
        )
        for each in constraints(store.verdicts())
    ]


def take_in(store: Store, body: bytes) -> Imported:
    """Take in decisions as JSONL. Raises NotUnderstood that names the line, Clash where an id is taken."""
    try:
        found = verdicts_of(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotUnderstood("not UTF-8") from error
    except ValueError as error:
        raise NotUnderstood(str(error)) from error
    try:
        new = store.import_verdicts(found)
    except StoreError as error:
        raise clash(error) from error
    return Imported(given=len(found), new=new)


def searches(store: Store) -> list[SearchView]:
    """Saved searches by name."""
    return [_search(each) for each in store.searches()]


def keep_search(store: Store, given: SearchGiven, reviewer: str | None) -> SearchView:
    """Keep a search; the same name of the same person replaces the earlier one."""
    owner = given.reviewer or reviewer or UNNAMED
    made = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    query = {name: tuple(values) for name, values in given.query.items()}
    search = SavedSearch(content_id("q", owner, given.name), given.name, query, owner, made)
    store.save_search(search)
    return _search(search)


def _search(search: SavedSearch) -> SearchView:
    query = {name: list(values) for name, values in search.query.items()}
    return SearchView(id=search.id, name=search.name, query=query, owner=search.owner, made=search.made)
