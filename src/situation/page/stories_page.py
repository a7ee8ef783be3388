"""The page of an ensemble, and that of a comparison, as HTML text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.page.build import build_page
from situation.page.comparison_payload import Side, comparison_payload
from situation.page.ensemble_payload import ensemble_payload
from situation.page.story_reading import example_readings, twin_readings
from situation.record.record import Record

__all__ = ["comparison_page", "ensemble_page"]


def ensemble_page(
    found: Ensemble,
    answers: Mapping[str, Any],
    as_run: Mapping[str, Any],
    record: Record,
    identity: Mapping[str, Any],
    record_draws: RecordDraws | None = None,
    also: int | None = None,
) -> str:
    """The page of an ensemble. The first arguments are those of `ensemble_payload`.

    Args:
        record_draws: what tells its stories again; None: no single story is shown.
        also: the number of a story to be shown among them.
    """
    stories = [] if record_draws is None else example_readings(found, record_draws, also)
    return build_page(ensemble_payload(found, answers, as_run, record, identity, stories))


def comparison_page(
    baseline: Side,
    scenario: Side,
    difference: Mapping[str, Any],
    record: Record,
    record_draws: tuple[RecordDraws, RecordDraws] | None = None,
) -> str:
    """The page of a scenario beside its baseline. The first arguments are those of `comparison_payload`.

    Args:
        record_draws: what tells the stories of the baseline and of the scenario again; None: no single story is shown.
    """
    stories = [] if record_draws is None else twin_readings(baseline[0], scenario[0], record_draws)
    return build_page(comparison_payload(baseline, scenario, difference, record, stories))
