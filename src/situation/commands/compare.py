"""`situation compare`: two scenarios on the same luck, question by question, and where their stories part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson
from rich.table import Table
from rich.text import Text

from situation.archive import Kept, is_run, open_run, scenario_as_run
from situation.archive.identity import digest_of
from situation.archive.writing import listed
from situation.commands.ensembles import cores, kept_ensemble, open_scenario, scenario_of
from situation.commands.options import console, tell_errors, tell_json
from situation.commands.run import percent
from situation.comparison import compared, parted, partings, twin_of, twins_only
from situation.ensemble.drawing import Drawings
from situation.errors import Fault
from situation.pages.stories_page import comparison_page
from situation.record import Record
from situation.runs import write_run
from situation.scenario import Scenario, load_scenario

__all__ = ["compare"]

OPTION = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


@click.command(short_help="Two scenarios on the same luck: paired differences, and where their stories part.")
@click.argument("first", metavar="SCENARIO-OR-RUN")
@click.argument("second", metavar="SCENARIO-OR-RUN")
@click.option("--runs", type=int, metavar="N", default=1000, show_default=True, help="How many pairs of stories.")
@click.option("--seed", type=int, metavar="S", default=7, show_default=True, help="Same seed, same stories.")
@click.option("--workers", type=int, metavar="W", help="Processes; one a core where left out.")
@click.option("--without", multiple=True, metavar="PART", help="Leave a part of the record out: background.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@tell_errors
def compare(
    first: str, second: str, runs: int, seed: int, workers: int | None, without: tuple[str, ...], as_json: bool
) -> None:
    """Tell what changes from the first to the second, story by story on the same luck.

    Each is a scenario (a file, or a name) or the run folder of one. Of two scenarios that leave the record at different
    times, the first is run again from the branch of the second, to the same end; or the scenario that the second
    extends stands in for it, where that leaves the record on the same day.

    \b
    Example:
      situation compare baseline sdf-government-confrontation --runs 400
    """
    one, other = _kept(first, second, runs, seed, workers or cores(), without)
    kept, drawings = [one[0], other[0]], [one[1], other[1]]
    twins_only(kept[0].ensemble, kept[1].ensemble)
    days = parted(kept[0].ensemble, kept[1].ensemble)
    found = partings(days, drawings[0], drawings[1])
    answer = compared(kept[0].ensemble, kept[1].ensemble, found, {"ground": drawings[0].record.ground})
    sides = [(it.ensemble, it.answers, scenario_as_run(told.scenario), it.manifest) for it, told in (one, other)]
    page = comparison_page(sides[0], sides[1], answer, drawings[0].record)
    folder = _write(kept[0], kept[1], answer, page)
    told = {
        "comparison": str(folder),
        "page": str(folder / "index.html"),
        "runs": [str(it.folder) for it in kept],
        **answer,
    }
    if as_json:
        tell_json(told)
    else:
        _show(told)


def _kept(
    first: str, second: str, runs: int, seed: int, workers: int, without: tuple[str, ...]
) -> tuple[tuple[Kept, Drawings], tuple[Kept, Drawings]]:
    """Both ensembles, each with what can tell its stories again."""
    opened: list[tuple[Scenario, Record, Kept | None]] = []
    for name in (first, second):
        if is_run(Path(name)):
            kept = open_run(Path(name))
            opened.append((*scenario_of(kept), kept))
        else:
            opened.append((*open_scenario(name, without), None))
    (base, record, done), (plan, other, also) = opened
    if record.digest != other.digest or record.parts != other.parts:
        raise Fault("The two are of different records, so their stories share no luck.", "Name two of one.")
    sizes = {(it.ensemble.about.runs, it.ensemble.about.seed) for it in (done, also) if it is not None}
    if len(sizes) == 1:
        runs, seed = sizes.pop()
    if done is None:
        base = twin_of(_from_its_branch(base, plan, record), plan)
        done = kept_ensemble(base, record, seed, runs, workers)
    if also is None:
        also = kept_ensemble(plan, record, seed, runs, workers)
    return (done, Drawings(base, record, seed)), (also, Drawings(plan, record, seed))


def _from_its_branch(base: Scenario, plan: Scenario, record: Record) -> Scenario:
    """The baseline of the second's branch: the scenario that it extends, where that leaves the record with it.

    Another day has other forces and plans under way, and a situation may write them down as a baseline of that day.
    """
    if plan.extends is None or (base.at, base.known_at) == (plan.at, plan.known_at) or base.id == plan.extends:
        return base
    parent = load_scenario(record.folder / f"{plan.extends}.yaml", record)
    return parent if (parent.at, parent.known_at) == (plan.at, plan.known_at) else base


def _write(first: Kept, second: Kept, answer: dict[str, Any], page: str) -> Path:
    """The comparison's folder: `runs/A-vs-B-DIGEST`."""
    identity: dict[str, Any] = {
        "kind": "comparison",
        "first": first.manifest["digest"],
        "second": second.manifest["digest"],
    }
    identity["digest"] = digest_of(identity)
    files = {"comparison.json": orjson.dumps(answer, option=OPTION), "index.html": page.encode()}
    files["manifest.json"] = orjson.dumps({**identity, "files": listed(files)}, option=OPTION | orjson.OPT_SORT_KEYS)
    name = f"{answer['first']}-vs-{answer['second']}-{identity['digest'][:12]}"
    return write_run(Path("runs") / name, files)


def _cell(value: float, ask: str) -> str:
    return percent(value) if ask not in ("days until", "fighters") else f"{value:,.1f}"


def _apart(value: float, ask: str) -> str:
    """A difference: of shares in points, of times in days, of numbers in men."""
    return f"{value if ask in ('days until', 'fighters') else 100.0 * value:+,.1f}" if value else "0"


def _show(answer: dict[str, Any]) -> None:
    out = console()
    out.print(Text.assemble((answer["first"], "bold"), " against ", (answer["second"], "bold")))
    out.print(f"{answer['pairs']} pairs of stories on the same luck, seed {answer['seed']}\n", style="dim")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("question", overflow="fold", min_width=30)
    for name in ("first", "second", "difference", "95 %", "less/same/more"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in answer["questions"]:
        ask, span = row["ask"], row["interval"]
        table.add_row(
            Text(row["text"] or row["question"]),
            _cell(row["first"], ask),
            _cell(row["second"], ask),
            _apart(row["difference"], ask),
            "-" if span is None else f"{_apart(span[0], ask)} to {_apart(span[1], ask)}",
            "/".join(f"{100.0 * row[name]:.0f}" for name in ("less", "equal", "more")),
        )
    out.print(table)
    out.print(
        "\nDifferences of shares are in points, of times in days, second less first. A time that never comes counts as "
        "the horizon. Less, same, more: of 100 pairs, in how many the second has it so.",
        style="dim",
    )
    told = answer["parted"]
    if told["first_day"] is None:
        out.print("\nNo pair parts: nothing in which the two scenarios differ has any effect.")
    else:
        out.print(
            f"\n{percent(told['share'])} of pairs part, first on day {told['first_day']}, half by day {told['median_day']}. "
            "What parts them:"
        )
        for event in told["events"]:
            rule = f" ({event['rule']})" if event["rule"] else ""
            out.print(Text(f"  {event['runs']} of {told['retold']}: {event['event']}{rule}"), soft_wrap=True)
    out.print(Text(f"\nPage: {answer['page']}"), soft_wrap=True)
