"""`situation run`: many stories of one scenario, and what they answer."""

from __future__ import annotations

import re
from concurrent.futures import Executor
from pathlib import Path
from typing import TypedDict

import click
from click.core import ParameterSource
from rich.text import Text

from situation.commands.cli import main
from situation.commands.cluster import executor_at
from situation.commands.options import (
    cores,
    mark_handling,
    release_named,
    release_option,
    report_errors,
    whole_record_option,
)
from situation.commands.output import (
    console,
    print_json,
    print_judgements,
    print_problem,
    print_rows,
    print_warning,
    progress_bar,
)
from situation.commands.story_engine import engine_option, story_engine
from situation.commands.taking_up import refuse_beside_from, take_up_story
from situation.commands.under_beliefs import answers_by_belief, beliefs_named, show_beliefs
from situation.ensemble.answer_words import answer_row
from situation.errors import Fault
from situation.log.value_words import count_in_words, number_in_figures
from situation.record.record import Record
from situation.runs.ensembles import ProgressBar, stored_ensemble
from situation.runs.finding import find_scenario, open_scenario
from situation.runs.folder import Note
from situation.runs.identity import scenario_as_run
from situation.runs.manifest import PAGE
from situation.runs.parts import StoredPart, stored_part
from situation.runs.stored_run import StoredRun
from situation.scenario import Scenario
from situation.scenario.branch import under_belief
from situation.scenario.story_numbers import number_in_words, unit_in_words
from situation.scenario.truce_doubts import truce_doubts
from situation.testimony.documents import read

__all__ = ["show_run"]

_SPAN = re.compile(r"(\d{1,12}):(\d{1,12})")


@main.command("run")
@click.argument("scenario", required=False)
@click.option("--runs", type=int, metavar="N", default=1000, show_default=True, help="How many stories.")
@click.option("--seed", type=int, metavar="S", default=7, show_default=True, help="Same seed, same stories.")
@click.option(
    "--workers", type=int, metavar="W", help="How many processes; one per core if left out. It changes no result."
)
@click.option("--without", multiple=True, metavar="PART", help="Leave out this part of the record: background.")
@release_option
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="The run folder; runs/NAME-DIGEST if left out."
)
@click.option(
    "--beliefs", metavar="B,...", help="A run for each of these beliefs, or for all: their answers side by side."
)
@click.option("--stories", metavar="A:B", help="Only stories A to B-1, as a part of a run, for 'situation join'.")
@click.option("--from", "source", metavar="RUN", help="Take up a story of this run, from its --story N and --at T on.")
@click.option("--story", type=int, metavar="N", help="With --from: which story.")
@click.option("--at", metavar="T", help="With --from: what happened until then stays. A date means its end.")
@engine_option
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Simulate them on this scheduler of dask.distributed: tcp://HOST:PORT. It must answer within 15 seconds.",
)
@whole_record_option
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _run(
    scenario: str | None,
    runs: int,
    seed: int,
    workers: int | None,
    without: tuple[str, ...],
    out: Path | None,
    beliefs: str | None,
    stories: str | None,
    source: str | None,
    story: int | None,
    at: str | None,
    engine: str,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Simulate stories of SCENARIO (a file, or a name under scenarios/, alone or as SITUATION/NAME) and answer its
    questions.

    Each story draws from the record where sources disagree, from the ranges of the numbers, and from chance. Give
    the same command again to resume a stopped run: the result is the same to the byte, whatever the number of
    workers. If no story comes to its end the exit code is 1.

    With --beliefs the record is not drawn: there is a run for each belief, in which all stories take the one
    account of the record that it gives, and the answers stand side by side.

    With --stories only a range of the stories is simulated, on any machine that has the same situation and version,
    and kept under runs/parts/; 'situation join' makes the parts one run.

    With --from one story goes on from T under SCENARIO, or under its own where none is named: who held what, with
    whom, and all that was drawn until then stays. --runs 20 simulates 20 continuations: the first on the story's own
    luck, each other on luck of its own.

    \b
    Examples:
      situation run baseline --runs 400 --seed 7 --workers 2
      situation run baseline --runs 200 --beliefs all
      situation run baseline --stories 4000:8000
      situation run move-2.yaml --from runs/baseline-0123456789ab --story 17 --at 2017-11-20
    """
    if source is not None:
        beside = {"beliefs": beliefs, "stories": stories, "cluster": cluster, "out": out, "without": without}
        beside["engine"] = engine if engine != "auto" else None
        refuse_beside_from(**beside, release=release_named())
        given = click.get_current_context().get_parameter_source("runs") is not ParameterSource.DEFAULT
        take_up_story(source, story, at, scenario, runs if given else 1, as_json)
        return
    if story is not None or at is not None:
        raise Fault(f"--{'at' if story is None else 'story'}: No run is named.", "Name it with --from RUN.")
    if scenario is None:
        raise click.MissingParameter(param_hint="'SCENARIO'", param_type="argument")
    opened, record = open_scenario(scenario, without, release=release_named())
    mark_handling(record)
    document, _ = read(find_scenario(scenario), opened.file)
    for doubt in truce_doubts(document, opened, record, all_of_it=True) if document is not None else ():
        print_warning(doubt)
    processes = cores() if workers is None else workers
    span = None if stories is None else _span_named(stories, runs)
    if beliefs is not None and (out is not None or span is not None):
        option = "--out" if out is not None else "--stories"
        raise Fault(f"{option}: There is a run folder for each belief.", f"Leave {option} away.")
    count = (runs if span is None else span[1] - span[0]) * (1 if beliefs is None else len(beliefs_named(beliefs)))
    with story_engine(engine, count, cluster is not None), executor_at(cluster, print_problem) as executor:
        common: _Common = {"bar": progress_bar, "note": print_problem, "executor": executor}
        if span is not None:
            _show_part(stored_part(opened, record, seed, span, processes, out, **common), as_json)
            return
        if beliefs is None:
            stored = stored_ensemble(opened, record, seed, runs, processes, out, **common)
            show_run(stored, opened, record, as_json)
            return
        stored_runs = {
            belief: stored_ensemble(under_belief(opened, belief), record, seed, runs, processes, **common)
            for belief in beliefs_named(beliefs)
        }
    if as_json:
        print_json(answers_by_belief(stored_runs))
    else:
        show_beliefs(stored_runs)
    if all(len(stored.answers["failed"]) == runs for stored in stored_runs.values()):
        raise SystemExit(1)


class _Common(TypedDict):
    """What all ways of simulating stories are given."""

    bar: ProgressBar
    note: Note
    executor: Executor | None


def _span_named(written: str, runs: int) -> tuple[int, int]:
    """The range A:B of stories that is meant.

    Raises:
        Fault: it is none, or ends after the last of `runs`, where that is given too.
    """
    parts = _SPAN.fullmatch(written)
    if parts is None:
        raise Fault(f"'{written}' is no range of stories.", "Give A:B, such as 0:500.", argument="stories")
    first, stop = int(parts[1]), int(parts[2])
    given = click.get_current_context().get_parameter_source("runs") is not ParameterSource.DEFAULT
    if given and stop > runs:
        raise Fault(f"{written} ends after the last of {runs} stories.", "Correct one of the two.", argument="stories")
    return first, stop


def show_run(stored: StoredRun, scenario: Scenario, record: Record, as_json: bool) -> None:
    """Print what a run answers, as a table or as JSON.

    Raises:
        SystemExit: no story of it came to its end.
    """
    if as_json:
        print_json(
            {
                "run": str(stored.folder),
                "page": str(stored.folder / PAGE),
                "digest": stored.manifest["digest"],
                **stored.answers,
                "judgements": list(stored.judgements),
            }
        )
    else:
        _show(stored, scenario, record)
    if len(stored.answers["failed"]) == stored.manifest["runs"]:
        raise SystemExit(1)


def _show_part(part: StoredPart, as_json: bool) -> None:
    if as_json:
        names = ("scenario", "seed", "first", "stop", "whole", "digest")
        print_json({"part": str(part.folder), **{name: part.manifest[name] for name in names}})
        return
    out = console()
    out.print(f"Stories {part.first} to {part.stop - 1} of {part.manifest['scenario']}, seed {part.manifest['seed']}.")
    out.print(Text(f"Part: {part.folder}"), soft_wrap=True)
    out.print("When all parts are there: situation join PART PART ...", style="dim")


def _show(stored: StoredRun, scenario: Scenario, record: Record) -> None:
    answers, forces = stored.answers, scenario_as_run(scenario)["forces"]
    out = console()
    out.print(
        Text(answers["title"], "bold").append(
            f"  {count_in_words(answers['runs'], 'story')}, seed {answers['seed']}\n", "not bold dim"
        )
    )
    names = ("question", "answer", "outer band", "error / spread", "in this model")
    rows = [(answer["text"] or answer["question"], *answer_row(answer)) for answer in answers["questions"]]
    apart = {names[3]: ["counting error" if "share" in it else "middle 90 %" for it in answers["questions"]]}
    print_rows(out, names, rows, words=True, apart=apart)
    out.print(
        "\nThe outer band says how far a share or a median varies with the record and the assumed numbers; the words are read "
        "off it. Beside it a share has its counting error (95 %), and a time or a number the middle 90 % of the stories.",
        style="dim",
    )
    if any(answer["outer"] is None for answer in answers["questions"]):
        out.print("-: too few stories for a band; ask for more with --runs.", style="dim")
    if answers["assumptions"]:
        out.print("\nThe assumptions that matter most", style="bold")
        for assumption in answers["assumptions"]:
            ends = " / ".join(number_in_figures(assumption[end], 6) for end in ("low", "best", "high"))
            span = f"{ends} {unit_in_words(assumption['unit'])}"
            name = number_in_words(assumption["number"].removeprefix("force "), forces, record.ground)
            reason = str(assumption["reason"]).rstrip(".")
            line = Text(f"  {name[0].upper()}{name[1:]}: {span}. {reason[:1].upper()}{reason[1:]}.")
            if not assumption["beyond_luck"]:
                line.append(" (could be luck: more stories would tell)", "dim")
            out.print(line, soft_wrap=True)
    else:
        out.print("\nToo few stories to tell which assumptions matter.", style="dim")
    if answers["failed"]:
        first = answers["failed"][0]
        line = Text(f"\n{count_in_words(len(answers['failed']), 'story')} failed", "red")
        out.print(line.append(f"; the first is {first['run']}: {first['reason']}", "not red"), soft_wrap=True)
    print_judgements(out, stored.judgements)
    out.print(Text(f"\nPage: {stored.folder / 'index.html'}"), soft_wrap=True)
