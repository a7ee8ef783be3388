"""Pages made on request: of a record or an ensemble in memory, and anew from the tables of a run folder."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from attrs import frozen

from situation.ensemble.divergence import some_partings
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.results import results
from situation.errors import Fault, SituationError, of_kind, path_given
from situation.page import build_page
from situation.page.comparison_payload import ComparedRun, comparison_page, difference_handling, whole_difference
from situation.page.contract import DIGEST_DIGITS
from situation.page.ensemble_payload import ensemble_page
from situation.page.payload import replay_payload
from situation.record.alternatives.views import viewed
from situation.record.answers.state import Lens
from situation.record.loading import PARTS, load
from situation.record.record import Record
from situation.runs.finding import RUNS_FOLDER, home_of_run, scenario_of
from situation.runs.folder import leads_out, sound_manifest, write_whole
from situation.runs.identity import comparison_identity, ensemble_identity, replay_identity, scenario_as_run
from situation.runs.manifest import PAGE, check_listed, is_run, read_manifest
from situation.runs.partings import partings_known_or_some
from situation.runs.run_shapes import COMPARISON, read_json
from situation.runs.stored_run import StoredRun, open_run
from situation.runs.writing import replace_page

__all__ = ["RunPage", "dashboard", "page_of_run", "write_page"]

_ENSEMBLE = "Give an ensemble: what run(SCENARIO) returns."
_RECORD_OR_ENSEMBLE = (
    "Give a record from load, or an ensemble from run; the command 'situation dashboard' takes a run folder."
)


def dashboard(what: Record | Ensemble, against: Ensemble | None = None, to: str | Path = "page.html") -> Path:
    """Write the page of a record, of an ensemble, or of an ensemble against its baseline: one file, which needs no network.

    Args:
        what: a record from `load`, or an ensemble from `run`.
        against: the baseline of an ensemble, with the same seed and number of stories.
        to: the file to write.

    Returns:
        The file.

    Raises:
        Fault: a record has a baseline, or an ensemble is not one from `run`.
        SituationError: the two ensembles share no luck.

    Example:
        >>> import situation as sit
        >>> record = sit.load("scenarios/al-qaim-2017")
        >>> sit.dashboard(record, to="page.html")  # doctest: +SKIP
    """
    file = path_given(to, "to")
    if against is not None:
        of_kind(against, Ensemble, "against", _ENSEMBLE)
    if isinstance(what, Record):
        if against is not None:
            raise Fault("A record has no baseline.", "Compare an ensemble with another one.", argument="against")
        lens, end = Lens(), what.minute(None)
        page = build_page(replay_payload(what, end, lens, replay_identity(what, end, lens)))
    elif against is None:
        of_kind(what, Ensemble, "what", _RECORD_OR_ENSEMBLE)
        (ensemble, answers, as_run, identity), draws = _in_memory(what)
        page = ensemble_page(ensemble, answers, as_run, draws.record, identity, draws)
    else:
        baseline, base_draws = _in_memory(against)
        scenario, draws = _in_memory(of_kind(what, Ensemble, "what", _ENSEMBLE))
        partings = some_partings(baseline[0], scenario[0], (base_draws, draws))
        change = whole_difference(baseline, scenario, draws.record, partings)
        page = comparison_page(
            baseline,
            scenario,
            change,
            draws.record,
            _pair_digest(baseline, scenario, draws.record),
            (base_draws, draws),
        )
    write_whole(file, page.encode(), "page", into_new=True)
    return file


def _in_memory(ensemble: Ensemble) -> tuple[ComparedRun, RecordDraws]:
    """An ensemble from `run`, with what retells its stories."""
    if ensemble.origin is None:
        raise Fault("The ensemble does not say which scenario it is of.", "Make it with 'run'.")
    scenario, record = ensemble.origin
    identity = ensemble_identity(scenario, record, ensemble.about.seed, ensemble.about.runs)
    compared = ensemble, results(ensemble), scenario_as_run(scenario), identity
    return compared, RecordDraws(scenario, record, ensemble.about.seed)


@frozen
class RunPage:
    """A page, the file where it belongs, and the name of its pictures.

    Args:
        text: the whole page.
        path: its file, if no other is named.
        stem: the name of what it shows, without an ending.
        run: its run by kind and digest, for the captions of its pictures.
        manifest: that of the run whose own page this is; None: it is no run's own.
        note: what is missing on it, and why; empty: nothing.
    """

    text: str
    path: Path
    stem: str
    run: str
    manifest: Mapping[str, Any] | None
    note: str = ""


def page_of_run(run: Path, against: Path | None = None, story: int | None = None, home: Path | None = None) -> RunPage:
    """Make the page of a run folder.

    Args:
        run: the folder.
        against: the folder of its baseline, to compare an ensemble with another.
        story: one of an ensemble's stories, to show beside them all.
        home: of an ensemble, the folder of its situation; None: the one of its name.

    Raises:
        Fault: it is no run folder, or an argument does not fit its kind.
        SituationError: a file of it, its record, or a run that it needs is gone or was changed.
    """
    manifest = sound_manifest(run)
    kind = str(manifest.get("kind"))
    if kind != "ensemble" and (against is not None or story is not None):
        argument = "story" if story is not None else "against"
        raise Fault(f"{run} is the folder of a {kind}, not of a run of stories.", _NOT_ENSEMBLE, argument=argument)
    named = f"{kind} {manifest['digest'][:DIGEST_DIGITS]}"
    match kind:
        case "replay":
            return RunPage(_replay(run, manifest), run / PAGE, run.name, named, manifest)
        case "comparison":
            text, note = _comparison(run, manifest)
            return RunPage(text, run / PAGE, run.name, named, manifest, note)
        case "ensemble" if against is not None:
            return _against(run, against, story)
        case "ensemble":
            text, note = _ensemble(run, manifest, story, home)
            if story is None:
                return RunPage(text, run / PAGE, run.name, named, manifest, note)
            stem = f"{run.name}-story-{story}"
            return RunPage(text, run.parent / f"{stem}.html", stem, named, None, note)
        case _:
            raise Fault(f"{run}: There is no page of a {kind}.", "Name a replay, an ensemble or a comparison.")


_NOT_ENSEMBLE = "Name a run of 'situation run', or leave it out."


def _replay(run: Path, manifest: Mapping[str, Any]) -> str:
    record = _record(run, manifest)
    lens = Lens(manifest["known_at"], manifest["belief"], manifest["carried"], manifest.get("view", ""))
    return build_page(replay_payload(record, record.inside(manifest["until"]), lens, manifest))


def _comparison(run: Path, manifest: Mapping[str, Any]) -> tuple[str, str]:
    """The page of a comparison, and what is missing on it."""
    base, stored = (_beside(run, str(manifest[which])) for which in ("first", "second"))
    draws, note = _twin_draws(base, stored)
    check_listed(run, manifest)
    change = read_json(run / "comparison.json", COMPARISON)
    record, digest = _record(run, stored.manifest), str(manifest["digest"])
    text = comparison_page(_compared(base), _compared(stored), change, record, digest, draws)
    return text, note


def _ensemble(run: Path, manifest: Mapping[str, Any], story: int | None, home: Path | None) -> tuple[str, str]:
    """The page of an ensemble, and what is missing on it."""
    stored = open_run(run)
    last = stored.ensemble.about.runs - 1
    if story is not None and not 0 <= story <= last:
        raise SituationError(f"There is no story {story}. Give one of 0 to {last}.", argument="story")
    draws, note = _draws(stored, story is not None, home)
    ensemble, answers, as_run, _ = _compared(stored)
    return ensemble_page(ensemble, answers, as_run, _record(run, manifest, home), manifest, draws, story), note


def _against(run: Path, against: Path, story: int | None) -> RunPage:
    """The page of one ensemble against another. Its file lies beside their folders."""
    if story is not None:
        raise SituationError("One story stands beside one ensemble. Leave the baseline out.", argument="story")
    stored, base = open_run(run), open_run(against)
    if base.manifest["record"] != stored.manifest["record"]:
        raise SituationError(f"{against}: This run is of another record, so the two share no luck. Name another.")
    record = _record(run, stored.manifest)
    draws, note = _twin_draws(base, stored)
    pair = _compared(base), _compared(stored)
    change = whole_difference(*pair, record, partings_known_or_some((base, stored), draws, run.parent))
    text = comparison_page(*pair, change, record, _pair_digest(*pair, record), draws)
    stem = f"{change['second']}-against-{change['first']}"
    digests = [run.manifest["digest"][:DIGEST_DIGITS] for run in (stored, base)]
    return RunPage(text, run.parent / f"{stem}.html", stem, f"ensemble {' against '.join(digests)}", None, note)


def _pair_digest(baseline: ComparedRun, scenario: ComparedRun, record: Record) -> str:
    """The digest that a comparison of two ensembles has, whether a folder of it is there or not."""
    first, second = (str(one[3]["digest"]) for one in (baseline, scenario))
    return str(comparison_identity(first, second, difference_handling(record))["digest"])


def _beside(run: Path, digest: str) -> StoredRun:
    """The ensemble of a digest, among the folders beside a comparison's, and those of runs.

    Raises:
        SituationError: it is not there.
    """
    around = dict.fromkeys((run.absolute().parent, RUNS_FOLDER.absolute()))
    for folder in (folder for home in around if home.is_dir() for folder in sorted(home.iterdir())):
        with suppress(SituationError):  # what is broken is not the one
            if is_run(folder) and not leads_out(folder) and read_manifest(folder)["digest"] == digest:
                return open_run(folder)
    short = digest[:DIGEST_DIGITS]
    raise SituationError(
        f"{run}: The run {short} that it compares is not beside it. Put it back, or compare the two again."
    )


def _compared(stored: StoredRun) -> ComparedRun:
    """An ensemble as its folder holds it."""
    return stored.ensemble, stored.answers, stored.as_run, stored.manifest


def _draws(stored: StoredRun, required: bool = False, home: Path | None = None) -> tuple[RecordDraws | None, str]:
    """What retells the stories of a run; None, and a note about it, where its scenario is not here any more.

    Raises:
        SituationError: it is not here, and the stories are required.
    """
    try:
        scenario, record = scenario_of(stored.folder, stored.manifest, home)
    except SituationError as error:
        if required:
            raise
        return None, f"No single story is shown, and no event that parts two. {error}"
    return RecordDraws(scenario, record, stored.ensemble.about.seed), ""


def _twin_draws(base: StoredRun, stored: StoredRun) -> tuple[tuple[RecordDraws, RecordDraws] | None, str]:
    """The same of two runs, the baseline first."""
    draws, note = _draws(stored)
    base_draws, base_note = (None, "") if draws is None else _draws(base)
    return (None, note or base_note) if draws is None or base_draws is None else ((base_draws, draws), "")


def _record(run: Path, manifest: Mapping[str, Any], home: Path | None = None) -> Record:
    """The record that a run is of.

    Raises:
        SituationError: it is not here, or has changed since.
    """
    left = tuple(part for part in PARTS[1:] if part not in manifest["parts"])
    whole = load(home or home_of_run(run, manifest), without=left, release=manifest.get("release"))
    record = viewed(whole, str(manifest.get("view", "")))
    if record.digest != manifest["record"]:
        raise SituationError(f"{run}: The record has changed since. Run it again.")
    if record.geography.digest != manifest["geography"]:
        raise SituationError(f"{run}: The situation's ground.json or NOTICE has changed since. Run it again.")
    return record


def write_page(page: RunPage, out: Path | None) -> Path:
    """Write a page to its file, or to another; a run's own page is entered in its manifest.

    Raises:
        SituationError: it cannot be written.
    """
    path = out or page.path
    if page.manifest is not None and _is_at(path, page.path):
        replace_page(page.path.parent, page.text.encode(), page.manifest)
    else:
        write_whole(path, page.text.encode(), "page")
    return path


def _is_at(path: Path, other: Path) -> bool:
    """Whether two paths are of one place, however they are written."""
    return path.name == other.name and path.parent.resolve() == other.parent.resolve()
