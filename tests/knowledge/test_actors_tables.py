"""The registry's tables hold together: enough rows, one key each, no name for two bearers by accident."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from dateline.core import KnowledgeError
from dateline.knowledge.actor_rows import (
    BODY_COLUMNS,
    GROUP_COLUMNS,
    ORGANISATION_COLUMNS,
    STATE_COLUMNS,
    body_of_row,
    named_actor,
    state_actor,
)
from dateline.knowledge.actors import registry
from dateline.knowledge.leaders import leaders
from dateline.knowledge.spelling import name_key
from dateline.knowledge.tables import Row, read_table

GROUPS = read_table("actors/armed_groups.tsv", GROUP_COLUMNS)
ORGANISATIONS = read_table("actors/organisations.tsv", ORGANISATION_COLUMNS)
STATES = read_table("actors/states.tsv", STATE_COLUMNS)
BODIES = read_table("actors/state_bodies.tsv", BODY_COLUMNS)
AMBIGUOUS = {row["name"]: row.list("keys") for row in read_table("actors/ambiguous.tsv", ("name", "keys"))}
ENTRIES = [named_actor(row) for row in (*GROUPS, *ORGANISATIONS)] + [state_actor(row) for row in STATES]


def test_actors_tables_are_large_enough() -> None:
    assert len(GROUPS) >= 500
    assert len(ORGANISATIONS) >= 250
    assert len(STATES) >= 200
    assert len(registry()) == len(ENTRIES) + len(leaders().actors())


def test_actors_keys_are_unique_slugs() -> None:
    keys = [actor.key for actor in ENTRIES]
    assert len(keys) == len(set(keys))
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_actors_rows_are_clean() -> None:
    for actor in ENTRIES:
        assert actor.country is None or re.fullmatch(r"[A-Z]{2}", actor.country), actor
        assert actor.start is None or actor.end is None or actor.start <= actor.end, actor
        assert actor.source, actor
        for name in (actor.name, *actor.aliases):
            assert name_key(name), actor
            assert "_" not in name and "  " not in name, actor


def test_actors_groups_are_no_governments() -> None:
    assert [row["name"] for row in GROUPS if row["name"].startswith("Government")] == []


def test_actors_names_of_two_bearers_are_listed_as_ambiguous() -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    for actor in ENTRIES:
        for name in (actor.name, *actor.aliases):
            bearers[name_key(name)].add(actor.key)
    shared = {name: keys for name, keys in bearers.items() if len(keys) > 1}
    assert {name: set(keys) for name, keys in AMBIGUOUS.items()} == shared


def test_actors_states_have_what_the_rules_need() -> None:
    codes = [row["iso2"] for row in STATES if not row["end"]]
    assert len(codes) == len(set(codes))
    assert sum(not row.list("adjectives") for row in STATES) <= 8


def test_actors_every_body_has_a_name_and_heads() -> None:
    bodies = [body_of_row(row) for row in BODIES]
    assert len({body.key for body in bodies}) == len(bodies)
    heads = [head for body in bodies for head in body.heads]
    assert len(heads) == len(set(heads))
    assert all("{name}" in body.name and body.heads for body in bodies)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("x\tX\t\t\t\tIQ\tABC\t\t\tme", "no PLOVER sector"),
        ("x\tX\t\t\t\tIQ\tREB\t19\t\tme", "no year"),
        ("\tX\t\t\t\tIQ\tREB\t\t\tme", "no key"),
        ("x y\tX\t\t\t\tIQ\tREB\t\t\tme", "no key"),
    ],
)
def test_actors_a_wrong_row_is_named_by_file_and_line(tmp_path: Path, cells: str, reason: str) -> None:
    table = tmp_path / "groups.tsv"
    head = "# source: a\n# licence: b\n# date: 2026-01-01\n" + "\t".join(GROUP_COLUMNS)
    table.write_text(f"{head}\n{cells}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"^groups\.tsv:5: .*{reason}"):
        [named_actor(row) for row in read_table(table, GROUP_COLUMNS)]


def test_actors_a_wrong_kind_is_named_by_file_and_line() -> None:
    cells = dict.fromkeys(ORGANISATION_COLUMNS, "") | {"key": "x", "name": "X", "kind": "planet", "sector": "GOV"}
    with pytest.raises(KnowledgeError, match=r"^orgs\.tsv:7: 'planet' is no mention kind"):
        named_actor(Row("orgs.tsv", 7, cells))
