"""`situation replay`: the documented sequence as a timeline, and as a run folder with its page."""

from __future__ import annotations

from pathlib import Path

import click

from situation.commands.cli import main
from situation.commands.options import (
    lens_options,
    open_record,
    report_errors,
    situation_argument,
    symbols_option,
)
from situation.commands.output import console, print_json, print_judgements, print_lens, print_problem
from situation.log.fold import breaches
from situation.log.value_words import count_in_words
from situation.record.answers.not_believed import not_believed, not_believed_answer
from situation.record.answers.state import Lens, entry_answer
from situation.record.answers.timeline import disputed_entries, timeline
from situation.record.record import Record
from situation.runs.identity import replay_identity
from situation.runs.manifest import PAGE, read_manifest
from situation.runs.replays import stored_replay
from situation.runs.stored_run import stored_judgements

__all__: list[str] = []


@main.command("replay")
@situation_argument
@click.option("--until", metavar="T", help="Stop at this time; the end of the window if left out.")
@lens_options
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="The run folder; runs/NAME-DIGEST if left out."
)
@symbols_option
@click.option("--json", "as_json", is_flag=True, help="Print the log's entries as JSON instead of the timeline.")
@report_errors
def _replay(
    situation: str | None,
    until: str | None,
    lens: Lens,
    without: tuple[str, ...],
    out: Path | None,
    symbols: str | None,
    as_json: bool,
) -> None:
    """Show what is held to have happened, in order, with who says so, and write the run folder with its page.

    \b
    Examples:
      situation replay al-qaim-2017
      situation replay al-qaim-2017 --until 2017-11-03 --known-at 2017-11-02 --belief two-origins
    """
    record = open_record(situation, without)
    end = record.inside(until)
    disputes = record.disputes(**lens.keys)
    folder = stored_replay(record, end, lens, out, symbols=symbols, note=print_problem)
    judged = list(stored_judgements(folder, read_manifest(folder)))
    if as_json:
        entries = record.log(**lens.keys).until(end)
        broken = breaches(entries, record.ground)
        disputed = disputed_entries(record, disputes, lens)
        log = [
            {**entry_answer(entry, record.ground, broken.get(entry.id, ())), "others_say": over.answer if over else []}
            for entry in entries
            for over in (disputed.get(entry.id),)
        ]
        digest = replay_identity(record, end, lens)["digest"]
        rejected = [not_believed_answer(one, record.ground) for one in not_believed(record, end, lens)]
        print_json(
            {
                "run": str(folder),
                "page": str(folder / PAGE),
                "digest": digest,
                "entries": log,
                "not_believed": rejected,
                "judgements": judged,
            }
        )
        return
    screen = console()
    ground = record.ground
    screen.print(ground.title, style="bold")
    screen.print(ground.about, style="dim")
    print_lens(lens, record)
    screen.print()
    screen.print(timeline(record, end, lens, disputes))
    parts = " and ".join(record.parts)
    screen.print(
        f"\n{_counted(record, lens, parts)}; "
        f"{count_in_words(len(disputes.disputes), 'dispute')}, {count_in_words(len(disputes.mismatches), 'mismatch')}, "
        f"{count_in_words(len(disputes.untestable), 'untestable statement')}."
    )
    print_judgements(screen, judged)
    screen.print(f"\nPage: {folder / 'index.html'}", soft_wrap=True)


def _counted(record: Record, lens: Lens, parts: str) -> str:
    """How many claims count, and why the others do not: `39 of 42 claims count (record; left out: 2 taken back or corrected)`."""
    reading, every = record.reading(**lens.keys), record.testimony.claims.values()
    known = record.known(lens.known_at)
    later = sum(record.testimony.known_from(claim, lens.carried) > known for claim in every)
    standing, back = len(reading.claims), len(reading.taken_back)
    others = len(every) - later - standing - back
    whole = count_in_words(len(every), "claim")
    if standing == len(every):
        return f"{whole} known ({parts})"
    rest = [(later, "not known yet"), (back, "taken back or corrected"), (others, "taking others back")]
    return f"{standing} of {whole} count ({parts}; left out: {', '.join(f'{count} {why}' for count, why in rest if count)})"
