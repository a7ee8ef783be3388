"""What stands in the page's tab *Method*: what made the page, what it assumes, how the program was checked, and how it did."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final, TypedDict

import orjson

__all__ = ["BESIDE_SIMPLE_ONES", "AssumptionShape", "IdentityShape", "MethodShape", "method_report", "skill_sentence"]

BESIDE_SIMPLE_ONES: Final = "Forecasts beside simple ones"
"""Under this head the report's failures say how the scores compare with forecasts that need no model."""


class IdentityShape(TypedDict):
    """Which inputs and versions made the page."""

    digest: str
    versions: dict[str, str]
    belief: str
    background: bool | None
    licences: list[str]
    made_by: str


class AssumptionShape(TypedDict):
    """One assumed number or rule behind the reading, with the reason for it."""

    what: str
    value: str
    reason: str


class MethodShape(TypedDict):
    """How the program was checked, where it failed and how it scored, as docs/verification.md and docs/limits.md tell it.

    ``checks``: by group its name, how many checks against what is known exactly, and how many failed. ``failures``: what it
    failed at, and how. ``scores``: by scenario ``columns``, ``rows`` and what is beyond ``luck``. ``joined``: of a hundred pairs
    of reports that the program joins how many people join too, and of a hundred that people join how many it finds.
    ``assumed``: of what, how many numbers, how many of them by judgement alone. ``left_out``: by rule what it leaves out.
    """

    checks: list[list[Any]]
    failures: list[list[str]]
    scores: list[dict[str, Any]]
    joined: list[int]
    assumed: list[list[Any]]
    left_out: list[list[str]]


@cache
def method_report() -> MethodShape:
    """The report that `make docs` writes beside docs/limits.md, from the same results."""
    report: MethodShape = orjson.loads(files("situation.page").joinpath("assets", "method.json").read_bytes())
    return report


def skill_sentence() -> str:
    """What the program's own scores show beside forecasts that need no model, as the report has it from the results."""
    return next(words for head, words in method_report()["failures"] if head == BESIDE_SIMPLE_ONES)
