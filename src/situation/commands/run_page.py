"""The page of a run folder, made anew from its tables: of a replay, an ensemble, a comparison, or two ensembles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from attrs import frozen

from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.twins import compare_twins
from situation.errors import Fault, SituationError
from situation.page import build_page
from situation.page.comparison_payload import ComparedRun, comparison_page
from situation.page.ensemble_payload import ensemble_page
from situation.page.payload import replay_payload
from situation.page.pictures.caption import DIGEST_DIGITS
from situation.record.answers import Lens
from situation.record.loading import PARTS, load
from situation.record.record import Record
from situation.runs.finding import home_of_run, scenario_of
from situation.runs.folder import PAGE, write_whole
from situation.runs.reading import Kept, is_run, manifest_of, open_run
from situation.runs.writing import OPTION, listed

__all__ = ["RunPage", "run_page", "write_page"]


@frozen
class RunPage:
    """A page, where it belongs, and by what name pictures of it go.

    Args:
        text: the whole page.
        path: its file where nobody names another.
        stem: the name of what it shows, without an ending.
        run: what run it is of, by kind and digest, for the captions of its pictures.
        manifest: that of the run whose own page this is; None: it is no run's own.
        note: what it lacks, and why; empty: nothing.
    """

    text: str
    path: Path
    stem: str
    run: str
    manifest: Mapping[str, Any] | None
    note: str = ""


def run_page(run: Path, against: Path | None = None, story: int | None = None) -> RunPage:
    """Make the page of a run folder.

    Args:
        run: the folder.
        against: the folder of its baseline, where an ensemble is to be held against another.
        story: one of an ensemble's stories, to be shown beside them all.

    Raises:
        Fault: it is no run folder, or has no stories.
        SituationError: a file of it, its record, or a run that it needs is gone or was changed.
    """
    manifest = manifest_of(run, anew=True)
    kind = manifest.get("kind")
    if kind != "ensemble" and (against is not None or story is not None):
        option = "--story" if story is not None else "--against"
        raise Fault(f"{option}: {run} is no ensemble, but a {kind}.", "Name a run of 'situation run', or leave it out.")
    if against is not None:
        return _against(run, against, story)
    named = f"{kind} {manifest['digest'][:DIGEST_DIGITS]}"
    if kind == "replay":
        return RunPage(_replay(run, manifest), run / PAGE, run.name, named, manifest)
    if kind == "comparison":
        base, kept = (_beside(run, str(manifest[which])) for which in ("first", "second"))
        record_draws, note = _twin_draws(base, kept)
        change = orjson.loads((run / "comparison.json").read_bytes())
        text = comparison_page(_side(base), _side(kept), change, _record(run, kept.manifest), record_draws)
        return RunPage(text, run / PAGE, run.name, named, manifest, note)
    kept = open_run(run, anew=True)
    if story is not None and not 0 <= story < kept.ensemble.about.runs:
        last = kept.ensemble.about.runs - 1
        raise SituationError(f"--story: There is no story {story}. Give one of 0 to {last}.")
    one, note = _record_draws(kept, must=story is not None)
    text = ensemble_page(*_side(kept)[:3], _record(run, manifest), manifest, one, story)
    if story is None:
        return RunPage(text, run / PAGE, run.name, named, manifest, note)
    stem = f"{run.name}-story-{story}"
    return RunPage(text, run.parent / f"{stem}.html", stem, named, None, note)


def _against(run: Path, against: Path, story: int | None) -> RunPage:
    """The page of one ensemble against another. Its file lies beside their folders."""
    if story is not None:
        raise SituationError("--story: One story stands beside one ensemble. Leave --against out.")
    kept, base = open_run(run, anew=True), open_run(against, anew=True)
    if base.manifest["record"] != kept.manifest["record"]:
        raise SituationError(f"{against}: This run is of another record, so the two share no luck. Name another.")
    record = _record(run, kept.manifest)
    record_draws, note = _twin_draws(base, kept)
    change = compare_twins(base.ensemble, kept.ensemble, record_draws, record.ground)
    text = comparison_page(_side(base), _side(kept), change, record, record_draws)
    stem = f"{change['second']}-against-{change['first']}"
    named = f"ensemble {kept.manifest['digest'][:DIGEST_DIGITS]} against {base.manifest['digest'][:DIGEST_DIGITS]}"
    return RunPage(text, run.parent / f"{stem}.html", stem, named, None, note)


def _replay(run: Path, manifest: Mapping[str, Any]) -> str:
    record = _record(run, manifest)
    lens = Lens(manifest["known_at"], manifest["belief"], manifest["carried"])
    return build_page(replay_payload(record, record.inside(manifest["until"]), lens, manifest))


def _beside(run: Path, digest: str) -> Kept:
    """The ensemble of a digest, among the folders beside a comparison's.

    Raises:
        SituationError: it is not there.
    """
    for folder in sorted(run.absolute().parent.iterdir()):
        if is_run(folder) and orjson.loads((folder / "manifest.json").read_bytes()).get("digest") == digest:
            return open_run(folder, anew=True)
    raise SituationError(
        f"{run}: The run {digest[:12]} that it compares is not beside it. Put it back, or compare the two again."
    )


def _side(kept: Kept) -> ComparedRun:
    """An ensemble as its folder holds it."""
    as_run: dict[str, Any] = orjson.loads((kept.folder / "scenario.json").read_bytes())
    return kept.ensemble, kept.answers, as_run, kept.manifest


def _record_draws(kept: Kept, must: bool = False) -> tuple[RecordDraws | None, str]:
    """What tells the stories of a run again; None, and a word about it, where its scenario is not here any more.

    Raises:
        SituationError: so, where they must be told.
    """
    try:
        scenario, record = scenario_of(kept)
    except SituationError as error:
        if must:
            raise
        return None, f"No single story is shown, and no event that parts two. {error}"
    return RecordDraws(scenario, record, kept.ensemble.about.seed), ""


def _twin_draws(base: Kept, kept: Kept) -> tuple[tuple[RecordDraws, RecordDraws] | None, str]:
    """The same of two runs, the baseline first."""
    mine, note = _record_draws(kept)
    other, also = (None, "") if mine is None else _record_draws(base)
    return (None, note or also) if mine is None or other is None else ((other, mine), "")


def _record(run: Path, manifest: Mapping[str, Any]) -> Record:
    """The record that a run is of.

    Raises:
        SituationError: it is not here, or has changed since.
    """
    left = tuple(part for part in PARTS[1:] if part not in manifest["parts"])
    record = load(home_of_run(run, manifest), without=left)
    if record.digest != manifest["record"]:
        raise SituationError(f"{run}: The record has changed since. Run it again.")
    return record


def write_page(page: RunPage, out: Path | None) -> Path:
    """Write a page to its file, or to another; a run's own page is entered in its manifest.

    Raises:
        SituationError: it cannot be written.
    """
    path = out or page.path
    write_whole(path, page.text.encode(), "page")
    if path == page.path and page.manifest is not None:
        files = {**page.manifest["files"], **listed({path.name: page.text.encode()})}
        manifest = orjson.dumps({**page.manifest, "files": files}, option=OPTION)
        write_whole(path.with_name("manifest.json"), manifest, "page")
    return path
