"""The page of an ensemble, and that of a comparison, as HTML text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from situation.ensemble.columns import Ensemble
from situation.pages.comparison_payload import Side, comparison_payload
from situation.pages.ensemble_payload import ensemble_payload
from situation.pages.page import build_page
from situation.record import Record
from situation.story import Story

__all__ = ["comparison_page", "ensemble_page"]


def ensemble_page(
    found: Ensemble,
    answers: Mapping[str, Any],
    as_run: Mapping[str, Any],
    record: Record,
    identity: Mapping[str, Any],
    story: tuple[int, Story] | None = None,
) -> str:
    """The page of an ensemble. The arguments are those of `ensemble_payload`."""
    return build_page(ensemble_payload(found, answers, as_run, record, identity, story))


def comparison_page(baseline: Side, scenario: Side, difference: Mapping[str, Any], record: Record) -> str:
    """The page of a scenario beside its baseline. The arguments are those of `comparison_payload`."""
    return build_page(comparison_payload(baseline, scenario, difference, record))
