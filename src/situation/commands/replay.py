"""`situation replay`: the documented sequence as a timeline, and as a run folder with its page."""

from __future__ import annotations

from pathlib import Path

import click

from situation.answers import Lens, entry_answer
from situation.clock import Minute
from situation.commands.ensembles import RUNS
from situation.commands.options import (
    console,
    lens_options,
    open_record,
    situation_argument,
    symbols_option,
    tell_errors,
    tell_json,
)
from situation.pages import build_page
from situation.pages.payload import replay_payload
from situation.pages.symbols import with_symbols
from situation.record import Record
from situation.runs import identity_of, replay_files, write_run
from situation.timeline import timeline

__all__ = ["kept_replay", "replay"]


@click.command(short_help="The documented sequence as a timeline, and its page.")
@situation_argument
@click.option("--until", metavar="T", help="Stop here; the end of the window where left out.")
@lens_options
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="The run folder; runs/NAME-DIGEST if left out."
)
@symbols_option
@click.option("--json", "as_json", is_flag=True, help="Print the log's entries as JSON instead of the timeline.")
@tell_errors
def replay(
    situation: str | None,
    until: str | None,
    lens: Lens,
    without: tuple[str, ...],
    out: Path | None,
    symbols: str | None,
    as_json: bool,
) -> None:
    """Tell what is held to have happened, in order, with who says so; and write the run folder with its page.

    \b
    Examples:
      situation replay
      situation replay --until 2017-11-03 --known-at 2017-11-02 --belief two-origins
    """
    record = open_record(situation, without)
    end = record.inside(until)
    found = record.disputes(**lens.keys)
    folder = kept_replay(record, end, lens, out, symbols=symbols)
    if as_json:
        log = [entry_answer(entry, record.ground) for entry in record.log(**lens.keys).until(end)]
        digest = identity_of(record, end, lens)["digest"]
        tell_json({"run": str(folder), "page": str(folder / "index.html"), "digest": digest, "entries": log})
        return
    screen = console()
    ground = record.ground
    screen.print(ground.title, style="bold")
    screen.print(f"{ground.about}\n", style="dim")
    screen.print(timeline(record, end, lens, found))
    parts = " and ".join(record.parts)
    screen.print(
        f"\n{len(record.reading(**lens.keys).claims)} claims known ({parts}); {len(found.disputes)} disputes, "
        f"{len(found.mismatches)} mismatches, {len(found.untestable)} untestable statements."
    )
    screen.print(f"Page: {folder / 'index.html'}", soft_wrap=True)


def kept_replay(
    record: Record,
    until: Minute,
    lens: Lens,
    out: Path | None = None,
    folder: Path = RUNS,
    symbols: str | None = None,
) -> Path:
    """Write the run folder of a replay, with its page.

    Args:
        record, until, lens: what is replayed, up to when, and through what it is seen.
        out: the run folder; None: one in `folder`, named after the situation and the digest.
        folder: where run folders are kept.
        symbols: `app6` for a page whose map has them too; the run's digest is the same with and without.

    Raises:
        Fault: the symbols were asked for, and what draws them is not installed.
        SituationError: the folder cannot be written, or holds something else.
    """
    identity = identity_of(record, until, lens)
    page = build_page(replay_payload(record, until, lens, identity))
    if symbols:
        page = with_symbols(page)
    target = out or folder / f"{record.ground.situation}-replay-{identity['digest'][:12]}"
    return write_run(target, replay_files(record, until, lens, page, identity))
