"""Briefs of runs: of a run folder, of one against its baseline, or of a situation's record."""

from __future__ import annotations

from typing import Any

from situation.errors import Fault, SituationError
from situation.page.brief import Brief, brief_of
from situation.page.build import payload_of
from situation.page.payload import replay_payload
from situation.record.answers.state import Lens
from situation.record.loading import load
from situation.runs.finding import find_run, find_run_or, find_situation
from situation.runs.identity import replay_identity
from situation.runs.manifest import read_manifest
from situation.runs.pages import page_of_run
from situation.runs.scores import scores_of
from situation.runs.stored_run import open_run
from situation.testimony.handling import Handling, read_tlp, strictest

__all__ = ["brief_of_run"]


def brief_of_run(
    name: str, against: str | None = None, tlp: str | None = None, release: str | None = None
) -> tuple[Brief, str, str]:
    """The brief of a run, the name of what it is of, and what is missing in it; empty where nothing is.

    Args:
        name: a run folder, or a situation, whose replay it then is of.
        against: the run folder of the baseline.
        tlp: the label that the brief bears; None: that of the record.
        release: when the brief is shown, of a situation: what is under embargo then is left out.

    Raises:
        Fault: there is no such run, the label is laxer than that of the record, or a run is given another release.
        SituationError: a file of the run, or its record, is gone or was changed.
    """
    run = find_run_or(name, find_situation)
    note = ""
    if run is None:
        if against is not None:
            raise Fault(
                f"{name} is a situation, which has no baseline.", "Name a run of 'situation run'.", argument="against"
            )
        record = load(find_situation(name), release=release)
        lens, end = Lens(), record.minute(None)
        payload = replay_payload(record, end, lens, replay_identity(record, end, lens))
        stem = record.ground.situation
    else:
        if release is not None:
            advice = "Name it where the run is made."
            raise Fault(f"{name} has the release that it was made with.", advice, argument="release")
        page = page_of_run(run, None if against is None else find_run(against))
        payload, stem, note = payload_of(page.text), page.stem, page.note
    of_stories = run is not None and read_manifest(run)["kind"] == "ensemble"
    scores = None
    if run is not None and of_stories:
        try:
            scores = scores_of(open_run(run))
        except SituationError as error:
            note = f"{note} It is not scored: {error}".strip()
    return brief_of(payload, _mark(payload.get("handling") or {}, tlp), scores), stem, note


def _mark(handling: dict[str, Any], tlp: str | None) -> str:
    """The mark of the brief: that of the record, under a label that is named.

    Raises:
        Fault: the label would show the record to more people than its own lets see it.
    """
    own = handling.get("tlp")
    mark = str(handling.get("mark") or "")
    if tlp is None:
        return mark
    label = read_tlp(tlp)
    if own and strictest([Handling(read_tlp(own)), Handling(label)]).tlp != label:
        raise Fault(
            f"The record is {own}, which is stricter than {label}.", f"Name {own}, or leave it out.", argument="tlp"
        )
    return mark.replace(own, label, 1) if own else ", ".join(part for part in (label, mark) if part)
