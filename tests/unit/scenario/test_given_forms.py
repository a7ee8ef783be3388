"""Which keys of a given event are lists: the docs say it, and a problem shows the right form."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_origin, get_type_hints

import pytest

from situation.scenario.checks.given import GIVABLE
from tests.unit.valley_stories import problems, valley


@pytest.mark.parametrize(
    ("keys", "advice"),
    [
        ("against: [rebels], by: [north]", "['rebels'] stands where text belongs. Write it without brackets: rebels."),
        ("against: [rebels, south]", "['rebels', 'south'] stands where text belongs. Name one, without brackets."),
        ("against: rebels, by: north", "'north' stands where a list belongs. Put it in brackets: [north]."),
        ("against: rebels, by: {north: 1}", "{'north': 1} stands where a list belongs. Put it in brackets: [a, b]."),
        ("against: rebels, by: [[north]]", "['north'] stands where text belongs. Write it without brackets: north."),
    ],
)
def test_a_problem_shows_the_right_form(tmp_path: Path, keys: str, advice: str) -> None:
    line = f"  shut: {{event: {{event: RouteSealed, link: arlen--dell, {keys}}}, when: [{{after: 1 d}}]}}\n"
    found = problems(valley(tmp_path).plant("plan.yaml", "given:\n", f"given:\n{line}"))
    assert [text.partition(": ")[2] for text in found] == [advice]


def test_the_docs_name_every_key_that_is_a_list() -> None:
    text = Path("docs/first-situation.md").read_text("utf-8")
    sentence = re.search(r"Lists in brackets, be it of one name, are (.*?):", text)
    assert sentence is not None
    lists = {name for cls in GIVABLE for name, kind in get_type_hints(cls).items() if get_origin(kind) is tuple}
    assert set(re.findall(r"`(\w+)`", sentence[1])) == lists
