"""The page from Python, in one call."""

from __future__ import annotations

from pathlib import Path

from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.results import results
from situation.ensemble.twins import compare_twins
from situation.errors import Fault
from situation.page.build import build_page
from situation.page.comparison_payload import ComparedRun, comparison_page
from situation.page.ensemble_payload import ensemble_page
from situation.page.payload import replay_payload
from situation.record.answers import Lens
from situation.record.record import Record
from situation.runs.folder import identity_of as replay_identity
from situation.runs.identity import identity_of, scenario_as_run

__all__ = ["dashboard"]


def dashboard(what: Record | Ensemble, against: Ensemble | None = None, to: str | Path = "page.html") -> Path:
    """Write the page of a record, of an ensemble, or of an ensemble against its baseline: one file, which needs no network.

    Args:
        what: a record, as `load` reads it, or an ensemble, as `run` tells it.
        against: the baseline of an ensemble, told with the same seed and number of stories.
        to: the file to write.

    Returns:
        The file.

    Raises:
        Fault: a record is set against an ensemble, or an ensemble was not told by `run`.
        SituationError: the two ensembles are no twins.

    Example:
        >>> import situation as sit
        >>> record = sit.load("scenarios/al-qaim-2017")
        >>> sit.dashboard(record, to="page.html")  # doctest: +SKIP
    """
    if isinstance(what, Record):
        if against is not None:
            raise Fault("A record has no baseline.", "Set an ensemble against another.")
        lens = Lens()
        end = what.minute(None)
        page = build_page(replay_payload(what, end, lens, replay_identity(what, end, lens)))
    elif against is None:
        page = ensemble_page(*_side(what)[:3], _record(what), _side(what)[3], _record_draws(what))
    else:
        record_draws = _record_draws(against), _record_draws(what)
        change = compare_twins(against, what, record_draws, _record(what).ground)
        page = comparison_page(_side(against), _side(what), change, _record(what), record_draws)
    file = Path(to)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, "utf-8")
    return file


def _record(found: Ensemble) -> Record:
    if found.told_of is None:
        raise Fault("The ensemble does not know what it was told of.", "Tell it with 'run'.")
    return found.told_of[1]


def _record_draws(found: Ensemble) -> RecordDraws:
    """What tells the stories of an ensemble again."""
    record = _record(found)
    assert found.told_of is not None
    return RecordDraws(found.told_of[0], record, found.about.seed)


def _side(found: Ensemble) -> ComparedRun:
    record = _record(found)
    assert found.told_of is not None
    scenario = found.told_of[0]
    identity = identity_of(scenario, record, found.about.seed, found.about.runs)
    return found, results(found), scenario_as_run(scenario), identity
