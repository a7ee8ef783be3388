"""`situation compare`: two scenarios on the same luck, question by question, and where their stories part."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import orjson
from rich.text import Text

from situation.archive import Kept, is_run, open_run, scenario_as_run
from situation.archive.identity import digest_of
from situation.archive.writing import listed
from situation.commands.ensembles import RUNS, Bar, cores, find_scenario, kept_ensemble, open_scenario, scenario_of
from situation.commands.options import console, tell_errors, tell_json
from situation.commands.rows import print_rows
from situation.commands.run import percent
from situation.comparison import twin_of, twins_compared
from situation.ensemble.drawing import Drawings
from situation.errors import Fault
from situation.pages.stories_page import comparison_page
from situation.plugins import outside_doctrines
from situation.record import Record
from situation.runs import write_run
from situation.scenario import Scenario, load_scenario, unit_of

__all__ = [
    "COLUMNS",
    "compare",
    "difference_in_words",
    "from_its_branch",
    "kept_comparison",
    "moved",
    "stand_in",
]

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
    told = kept_comparison(first, second, runs, seed, cores() if workers is None else workers, without)
    if as_json:
        tell_json(told)
    else:
        _show(told)
        asked = str(told["first"]) if is_run(Path(first)) else find_scenario(first).stem
        if words := stand_in(asked, str(told["first"]), str(told["second"])):
            console().print(f"\n{words}", soft_wrap=True)


def kept_comparison(
    first: str,
    second: str,
    runs: int,
    seed: int,
    workers: int,
    without: tuple[str, ...] = (),
    home: Path | None = None,
    folder: Path = RUNS,
    bar: Bar | None = None,
) -> dict[str, Any]:
    """Compare two scenarios or runs in a folder of their own, with their page; and tell what changes between them.

    Args:
        first, second: a scenario's file or name, or a run folder.
        runs, seed, workers: of the ensembles that are not there yet.
        without: parts of the record to leave out.
        home: the situation's folder; None: the one that the scenarios lie in.
        folder: where run folders are kept.
        bar: shows how far an ensemble is; None: a bar on the terminal.

    Raises:
        Fault: they share no luck.
        SituationError: a run cannot be read, or its scenario is not here any more.
    """
    asked = {"runs": runs, "seed": seed, "workers": workers, "folder": folder, **({"bar": bar} if bar else {})}
    one, other = _kept(first, second, without, home, asked)
    kept, drawings = [one[0], other[0]], [one[1], other[1]]
    record = drawings[0].record
    answer = twins_compared(kept[0].ensemble, kept[1].ensemble, (drawings[0], drawings[1]), record.ground)
    sides = [(it.ensemble, it.answers, scenario_as_run(told.scenario), it.manifest) for it, told in (one, other)]
    page = comparison_page(sides[0], sides[1], answer, record, (drawings[0], drawings[1]))
    found = _write(folder, kept[0], kept[1], answer, page)
    return {
        "comparison": str(found),
        "page": str(found / "index.html"),
        "runs": [str(it.folder) for it in kept],
        **answer,
    }


def _kept(
    first: str, second: str, without: tuple[str, ...], home: Path | None, asked: dict[str, Any]
) -> tuple[tuple[Kept, Drawings], tuple[Kept, Drawings]]:
    """Both ensembles, each with what can tell its stories again."""

    def opened(name: str, against: Scenario | None = None) -> tuple[Scenario, Record, Kept | None]:
        if is_run(Path(name)):
            kept = open_run(Path(name))
            return *scenario_of(kept, home, against), kept
        return *open_scenario(name, without, home), None

    plan, other, also = opened(second)
    base, record, done = opened(first, plan)
    if record.digest != other.digest or record.parts != other.parts:
        raise Fault("The two are of different records, so their stories share no luck.", "Name two of one.")
    sizes = {(it.ensemble.about.runs, it.ensemble.about.seed) for it in (done, also) if it is not None}
    if len(sizes) == 1:
        asked["runs"], asked["seed"] = sizes.pop()
    if done is None:
        base = twin_of(from_its_branch(base, plan, record), plan)
        done = kept_ensemble(base, record, **asked)
    if also is None:
        also = kept_ensemble(plan, record, **asked)
    return (done, Drawings(base, record, asked["seed"])), (also, Drawings(plan, record, asked["seed"]))


def from_its_branch(base: Scenario, plan: Scenario, record: Record) -> Scenario:
    """The baseline of the second's branch: the scenario that it extends, where that leaves the record with it.

    Another day has other forces and plans under way, and a situation may write them down as a baseline of that day.
    """
    if plan.extends is None or (base.at, base.known_at) == (plan.at, plan.known_at) or base.id == plan.extends:
        return base
    parent = load_scenario(record.folder / f"{plan.extends}.yaml", record, outside_doctrines())
    return parent if (parent.at, parent.known_at) == (plan.at, plan.known_at) else base


def stand_in(asked: str, first: str, second: str) -> str:
    """That another scenario than the one asked for is compared, and why; empty where it is the same.

    Args:
        asked: the scenario that was named first.
        first: the one that is compared.
        second: the one that it is compared with.
    """
    if asked == first:
        return ""
    return f"{asked} leaves the record on another day, so {first}, which {second} extends, stands in for it."


def _write(folder: Path, first: Kept, second: Kept, answer: dict[str, Any], page: str) -> Path:
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
    return write_run(folder / name, files)


def _cell(value: float, ask: str) -> str:
    unit = unit_of(ask)
    return percent(value) if unit is None else f"{value:,.{0 if value >= 100.0 else 1}f} {unit}"


def _apart(value: float, ask: str) -> str:
    """A difference: of shares in points, of times in days, of numbers in men."""
    return f"{100.0 * value if unit_of(ask) is None else value:+,.1f}" if value else "0"


COLUMNS = ("question", "first", "second", "difference", "95 %", "less/same/more")
"""What `difference_in_words` tells of a question."""


def difference_in_words(row: Mapping[str, Any]) -> tuple[str, ...]:
    """A question with its two answers, what lies between them, and in how many of 100 pairs that is less, same, more."""
    ask, span = row["ask"], row["interval"]
    apart = "-" if span is None else f"{_apart(span[0], ask)} to {_apart(span[1], ask)}"
    parts = "/".join(f"{100.0 * row[name]:.0f}" for name in ("less", "equal", "more"))
    sides = _cell(row["first"], ask), _cell(row["second"], ask), _apart(row["difference"], ask)
    return (str(row["text"] or row["question"]), *sides, apart, parts)


def moved(answer: Mapping[str, Any]) -> tuple[str, str]:
    """The question that moves most among those whose answers are shares, and how; empty where none was asked of both."""
    shares = [row for row in answer["questions"] if unit_of(row["ask"]) is None]
    rows = shares or list(answer["questions"])
    if not rows:
        return "", ""
    row = max(rows, key=lambda row: abs(row["difference"]))
    ask = row["ask"]
    told = f"{_cell(row['first'], ask)} \N{RIGHTWARDS ARROW} {_cell(row['second'], ask)}"
    unit = unit_of(ask) or "points"
    return str(row["text"] or row["question"]), f"{told} ({_apart(row['difference'], ask)} {unit})"


def _show(answer: dict[str, Any]) -> None:
    out = console()
    out.print(Text.assemble((answer["first"], "bold"), " against ", (answer["second"], "bold")))
    out.print(f"{answer['pairs']} pairs of stories on the same luck, seed {answer['seed']}\n", style="dim")
    print_rows(out, COLUMNS, [difference_in_words(row) for row in answer["questions"]])
    out.print(
        "\nTimes and numbers are means over the stories; a time that never comes counts as the horizon. Differences of "
        "shares are in points, second less first. Less, same, more: of 100 pairs, in how many the second has it so.",
        style="dim",
    )
    told = answer["parted"]
    if told["first_day"] is None:
        out.print("\nNo pair parts: nothing in which the two scenarios differ has any effect.")
    else:
        whole = told["retold"] == told["pairs"]
        which = f"all {told['pairs']}" if whole else f"{told['retold']} of these {told['pairs']}, evenly spread,"
        out.print(
            f"\n{percent(told['share'])} of pairs part, first on day {told['first_day']}, half by day {told['median_day']}. "
            f"What parts them ({which} told again):"
        )
        for event in told["events"]:
            rule = f" ({event['rule']})" if event["rule"] else ""
            out.print(Text(f"  {event['runs']} of {told['retold']}: {event['event']}{rule}"), soft_wrap=True)
        if told["others"]:
            out.print(f"  {told['others']} of {told['retold']}: other events")
    out.print(Text(f"\nPage: {answer['page']}"), soft_wrap=True)
