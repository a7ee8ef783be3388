"""`situation check`: every problem of records, with its place."""

from __future__ import annotations

from pathlib import Path
from time import time

import click
from attrs import evolve

from situation.commands.cli import main
from situation.commands.options import release_named, release_option, report_errors
from situation.commands.output import console, print_json, print_problem
from situation.errors import Problem
from situation.log.value_words import count_in_words
from situation.record.answers.origins import circular_notes
from situation.record.loading import scenario_files, survey
from situation.record.warnings.doubts import doubts_of
from situation.runs.finding import find_situation, home_of, packaged_situations, situation_folders
from situation.scenario.doubts import scenario_doubts
from situation.scenario.file import read_scenario
from situation.scenario.plugins import outside_doctrines
from situation.testimony.mapkeys import is_situation
from situation.testimony.problem_lines import problem_lines

__all__: list[str] = []

_ALL = "With --json all of them are listed."


@main.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--sources", type=click.Path(path_type=Path), help="A folder with the sources' texts, to verify them.")
@click.option("--without", multiple=True, metavar="PART", help="Leave out this part of the record: background.")
@release_option
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _check(paths: tuple[str, ...], sources: Path | None, without: tuple[str, ...], as_json: bool) -> None:
    """Read situations and report everything that is wrong with them: file, line, column, fact, what to do. Warnings
    are of what is well-formed but probably a mistake, such as a side that takes its own place; they leave the exit
    code at 0.

    PATH is a situation's folder, or the file of one scenario. Without it every situation under scenarios/ is
    checked with its scenarios, or the examples if there is none. Nothing is written.

    \b
    Example:
      situation check scenarios/al-qaim-2017 --sources texts/
    """
    answers: list[dict[str, object]] = []
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for folder, scenarios in [_target(path) for path in paths] or _every_situation():
        surveyed = survey(folder, without, sources, release_named())
        record, faults, notes = surveyed.record, list(surveyed.problems), surveyed.notes
        today = int(time() // 60)
        doubts: list[Problem] = []
        if record is not None and not faults:
            notes = [*circular_notes(record), *notes]
        if surveyed.ground is None and is_situation(folder):
            what = "The record and the scenarios were" if scenarios else "The record was"
            notes = [*notes, f"{folder}: {what} not checked in full against map.yaml, which has problems of its own."]
        if without and scenarios:
            notes = [*notes, f"{folder}: its scenarios are not checked: they are written for the whole record."]
        else:
            guests = outside_doctrines()
            for file in scenarios:
                scenario, wrong = read_scenario(file, surveyed, guests)
                faults += wrong
                doubts += scenario_doubts(file, scenario, today, record) if scenario is not None else []
        problems += faults
        answer: dict[str, object] = {
            "situation": str(folder),
            "problems": [_problem_row(problem) for problem in faults],
            "warnings": [],
            "notes": notes,
        }
        if record is not None:
            doubts += doubts_of(record, today)
            warnings += doubts
            answer["warnings"] = [_problem_row(doubt) for doubt in doubts]
            answer["claims"] = len(record.testimony.claims)
            answer["parts"] = list(record.parts)
            answer["scenarios"] = [] if without else [file.stem for file in scenarios]
        answers.append(answer)
    if as_json:
        print_json({"situations": answers})
    else:
        _print(answers, problems, warnings, without)
    if problems:
        raise SystemExit(1)


def _target(path: str) -> tuple[Path, tuple[Path, ...]]:
    """The folder and the scenarios to check: all of a situation, or the one whose file is named."""
    file = Path(path)
    if file.is_file() and file.suffix == ".yaml":
        return home_of(file), (file,) if file in scenario_files(file.parent) else ()
    folder = find_situation(path)
    return folder, scenario_files(folder)


def _every_situation() -> list[tuple[Path, tuple[Path, ...]]]:
    return [(folder, scenario_files(folder)) for folder in situation_folders() or packaged_situations().values()]


def _problem_row(problem: Problem) -> dict[str, object]:
    at = problem.at
    return {"file": at.file, "line": at.line, "col": at.col, "fact": problem.fact, "advice": problem.advice}


def _print(
    answers: list[dict[str, object]], problems: list[Problem], warnings: list[Problem], without: tuple[str, ...]
) -> None:
    for problem in problem_lines(sorted(set(problems)), _ALL):
        print_problem(problem)
    for warning in problem_lines([evolve(it, fact=f"warning: {it.fact}") for it in sorted(set(warnings))], _ALL):
        print_problem(warning)
    out = console()
    for answer in answers:
        notes = answer["notes"]
        for note in notes if isinstance(notes, list) else ():
            out.print(" ".join(str(note).splitlines()), style="dim", soft_wrap=True)
        if "claims" in answer:
            parts = answer["parts"]
            named = " and ".join(parts) if isinstance(parts, list) else ""
            left = f" ({' and '.join(without)} left out)" if without else ""
            scenarios = answer["scenarios"]
            count = len(scenarios) if isinstance(scenarios, list) else 0
            doubted = answer["warnings"]
            doubts = len({str(row) for row in doubted}) if isinstance(doubted, list) else 0
            warned = f", {count_in_words(doubts, 'warning')}" if doubts else ""
            sound = f"No problems{warned}." if not answer["problems"] else ""
            many = f"{count} scenario{'' if count == 1 else 's'}"
            claims = f"{answer['claims']} claim{'' if answer['claims'] == 1 else 's'}"
            out.print(f"{answer['situation']}: {claims} of {named}{left}, {many}. {sound}".rstrip())
    if problems:
        count = len(set(problems))
        print_problem(f"{count:,} problem{'s' if count > 1 else ''}.")
    if warnings:
        count = len(set(warnings))
        print_problem(f"{count:,} warning{'s' if count > 1 else ''}.")
