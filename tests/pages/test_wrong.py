"""docs/what_it_gets_wrong.md is true: it is still wrong there, and in just this way."""

from __future__ import annotations

import pytest
from pages.wrong import NOTHING, PAGE, Example, examples, found

EXAMPLES = examples(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.title for example in EXAMPLES])
def test_wrong_example_is_still_wrong(example: Example) -> None:
    now = set(found(example))
    assert now != set(example.right), "cured: take the example out, and keep its sentence as a case of its room"
    assert now == set(example.says), "it says something else now: tell the example anew (python -m pages.wrong)"


def test_wrong_page_has_examples_of_every_kind() -> None:
    assert len(EXAMPLES) >= 8
    assert any(len(example.reports) > 1 for example in EXAMPLES)
    for example in EXAMPLES:
        assert example.says and example.right and set(example.says) != set(example.right)
        assert all(len(row) == len(example.fields) for row in (*example.says, *example.right))


def test_wrong_reader_of_the_page_finds_what_a_reading_says() -> None:
    page = """# Page

### It is right here

> Protesters marched in
> Lima on 5 March 2024.

Written on 2024-03-06.

| | type | where | when | killed |
|---|---|---|---|---|
| it says | PROTEST/demo | Lima | 2024-03-05 | – |
| right | PROTEST/demo | Lima | 2024-03-05 | – |

### Nothing is told

> The sun shone in Lima.

Written on 2024-03-06.

| | type |
|---|---|
| it says | – |
| right | – |
"""
    first, second = examples(page)
    assert first.reports == ("Protesters marched in Lima on 5 March 2024.",)
    assert found(first) == first.says
    assert found(second) == ((NOTHING,),)
    with pytest.raises(ValueError, match="No table"):
        examples("### No table\n\n> Words.\n\nWritten on 2024-03-06.\n")
