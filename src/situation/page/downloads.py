"""The downloads of an ensemble's and a comparison's page: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from situation.ensemble.ensemble import About
from situation.errors import harmless_json, inert_cell

__all__ = ["comparison_downloads", "ensemble_downloads"]

_ANSWER_COLUMNS = ("share", "mean", "p05", "p25", "p50", "p75", "p95", "unit", "comes", "words", "confidence")
_DIFFERENCE_COLUMNS = ("first", "second", "difference", "less", "equal", "more")


def ensemble_downloads(
    prefix: str, answers: Mapping[str, Any], summary: Mapping[str, Any], about: About
) -> list[dict[str, str]]:
    """The files of one ensemble: answers, shares of control and men by day.

    Args:
        prefix: what each name begins with.
        answers: what `ensemble.results.results` gives.
        summary: the same ensemble by `ensemble_payload.stories_payload`.
        about: what the ensemble is of.
    """
    control = [
        (place, day, holder or "", part, *shares["errors"][number][2 * at : 2 * at + 2])
        for place, shares in summary["shares"].items()
        for number, (day, *parts) in enumerate(shares["rows"])
        for at, (holder, part) in enumerate(zip(shares["holders"], parts, strict=True))
    ]
    men = [
        (actor, day, *(bands[level][day] for level in bands))
        for actor, bands in summary["bands"].items()
        for day in range(len(about.days))
    ]
    questions = [
        (
            row["question"],
            row["text"],
            *_ends(row, "interval"),
            *_ends(row, "outer"),
            *(row.get(key) for key in _ANSWER_COLUMNS),
        )
        for row in answers["questions"]
    ]
    heads = ("question", "text", "interval_low", "interval_high", "outer_low", "outer_high", *_ANSWER_COLUMNS)
    return [
        _json(f"{prefix}questions.json", answers),
        _csv(f"{prefix}questions.csv", heads, questions),
        _csv(f"{prefix}control_by_day.csv", ("place", "day", "holder", "share", "error_low", "error_high"), control),
        _csv(f"{prefix}strengths_by_day.csv", ("actor", "day", "p05", "p25", "p50", "p75", "p95"), men),
    ]


def comparison_downloads(difference: Mapping[str, Any]) -> list[dict[str, str]]:
    """The files of a comparison: the paired differences.

    Args:
        difference: the paired differences, as `comparison.json` holds them.
    """
    rows = [
        (row["question"], row["text"], *_ends(row, "interval"), *(row[name] for name in _DIFFERENCE_COLUMNS))
        for row in difference["questions"]
    ]
    heads = ("question", "text", "interval_low", "interval_high", *_DIFFERENCE_COLUMNS)
    return [_json("comparison.json", difference), _csv("comparison.csv", heads, rows)]


def _ends(row: Mapping[str, Any], name: str) -> tuple[Any, Any]:
    low, high = row.get(name) or (None, None)
    return low, high


def _json(name: str, value: Any) -> dict[str, str]:
    return {
        "name": name,
        "type": "application/json",
        "text": harmless_json(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()),
    }


def _csv(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, str]:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(heads)
    table.writerows(["" if value is None else inert_cell(value) for value in row] for row in rows)
    return {"name": name, "type": "text/csv", "text": text.getvalue()}
