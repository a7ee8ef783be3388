"""`situation score`: an ensemble held against what a later record says."""

from __future__ import annotations

from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from situation.commands.cli import main
from situation.commands.options import mark_handling, open_record, release_named, release_option, report_errors
from situation.commands.output import console, print_json
from situation.ensemble.ensemble import About
from situation.ensemble.score import FORECASTS, score_ensemble
from situation.log.time_words import time_in_words
from situation.log.value_words import count_in_words, list_in_words, number_in_figures
from situation.runs.embargo import bearing_release, check_release
from situation.runs.finding import find_run
from situation.runs.scores import branch_of, seal_facts
from situation.runs.stored_run import open_run
from situation.testimony.ground import Ground

__all__: list[str] = []

_LINES = (
    ("who holds it", "control", "brier", "Brier"),
    ("day of loss", "captures", "crps", "CRPS, days"),
    ("changes of hands", "changes_of_hands", "crps", "CRPS, changes"),
    ("order of losses", "order", "brier", "Brier"),
    ("day of first clash", "clashes", "crps", "CRPS, days"),
    ("killed by side and month", "killed", "crps", "CRPS, men"),
    ("", "killed", "interval", "interval, men"),
    ("", "killed", "ignorance", "ignorance, bits"),
    ("strength", "strengths", "crps", "CRPS, men"),
    ("questions of yes or no", "questions", "brier", "Brier"),
    ("questions of when", "questions_of_time", "crps", "CRPS, days"),
)
"""Lines of the table: what is scored, the kind of observation, the score, and its name and unit. Less is better in all."""
_HEADS = dict(zip(FORECASTS, ("model", "nothing", "trend", "base rate", "past"), strict=True))
"""Short heads of the columns."""
_BARS = "\N{LOWER ONE EIGHTH BLOCK}\N{LOWER ONE QUARTER BLOCK}\N{LOWER THREE EIGHTHS BLOCK}\N{LOWER HALF BLOCK}"
_BARS += "\N{LOWER FIVE EIGHTHS BLOCK}\N{LOWER THREE QUARTERS BLOCK}\N{LOWER SEVEN EIGHTHS BLOCK}\N{FULL BLOCK}"


@main.command("score")
@click.argument("run")
@click.option("--against", metavar="SITUATION", help="The later record; the run's own situation if left out.")
@click.option(
    "--from",
    "since",
    metavar="T",
    help="Score only what the record says of the time after T, as where a calibration used the days before.",
)
@release_option
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _score(run: str, against: str | None, since: str | None, as_json: bool) -> None:
    """Score RUN (a run folder, or its scenario) on who held what, when places fell, who clashed and died, and on
    its questions.

    Only what the record says of the time after the branch is scored; where it is silent, that is counted
    separately. Beside the run stand four forecasts without a model: nothing changes; the trend of the month before
    the branch goes on; one rate for all of the record's past; and stretches of that past repeated.

    \b
    Example:
      situation score runs/stand-and-fight-0123456789ab --against al-qaim-2017
    """
    stored = open_run(find_run(run))
    check_release(stored.folder, stored.manifest, release_named())
    later = None if against is None else open_record(against)
    past, draws, note = branch_of(stored, later, release_named())
    known = past.record if later is None else later
    mark_handling(bearing_release(known, release_named()))
    moment = stored.ensemble.about.at if since is None else known.minute(since)
    sealed = seal_facts(stored, known, moment)
    foresight = bool(sealed and sealed["before_the_record"])
    answer = {
        **score_ensemble(stored.ensemble, past, known, draws, None if since is None else moment),
        "note": note,
        "sealed": sealed,
        "foresight": foresight,
    }
    if as_json:
        print_json({"run": str(stored.folder), **answer})
    else:
        _show(answer, stored.ensemble.about, known.ground)


def _show_seal(out: Console, sealed: dict[str, Any] | None) -> None:
    """In a sentence, whether what is scored was written down before its outcome could be known."""
    if sealed is None:
        out.print(
            "The run is not sealed: nothing shows that it was made before what it is held against was known.",
            style="dim",
        )
        return
    signed = f" by {sealed['signed_by']}" if sealed["signed_by"] else ""
    claims = count_in_words(sealed["claims"], "claim")
    when = f"{sealed['claims_before']:,} of the {claims} of the time scored were known by then"
    if sealed["before_the_record"]:
        when = (
            f"before any of the {claims} of the time scored was known"
            if sealed["claims"]
            else "and nothing is known since"
        )
    out.print(
        f"Sealed at {sealed['sealed_at']}{signed and ', signed'}{signed}: {when}. The time is the sealer's own word unless the "
        "digest was published.",
        style="dim",
    )


def _show(answer: dict[str, Any], about: About, ground: Ground) -> None:
    out = console()
    days = [time_in_words(answer[end], 10) for end in ("from", "to")]
    title = Text(about.title, "bold").append(f" from {days[0]} to {days[1]}", "not bold")
    out.print(title)
    if answer["since"] != answer["from"]:
        out.print(f"Scored is what the record says of the time after {time_in_words(answer['since'], 16)}.")
    sizes = (answer["runs"], "story"), (len(answer["contestable"]), "place", "in reach"), (answer["days"], "day")
    out.print(", ".join(" ".join([count_in_words(*size[:2]), *size[2:]]) for size in sizes), style="dim")
    _show_vintage(out, answer)
    _show_seal(out, answer["sealed"])
    if not answer["days"]:
        out.print("\nThe record ends where the stories begin: there is nothing to score them on.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name, side in (("what is scored", "left"), ("score", "left"), ("said", "right")):
        table.add_column(name, justify=side)  # type: ignore[arg-type]
    for name in FORECASTS:
        table.add_column(_HEADS[name], justify="right")
    units = {row["of"]: row["units"] for row in answer["skill"]}
    for label, kind, score, unit in _LINES:
        if kind in units:
            values = (answer[kind].get(name, {}).get(score) for name in FORECASTS)
            table.add_row(label, unit, str(units[kind]) if label else "", *map(_figure_or_dash, values))
    silence = (answer["silence"].get(name, {}).get("changed") for name in FORECASTS)
    table.add_row("changed, in silence", "places", str(len(answer["silent"])), *map(_figure_or_dash, silence))
    out.print()
    if units:
        out.print(table)
        out.print(
            "\nBrier runs from 0, certain and right, to 2, certain and wrong: one half each scores 0.5. CRPS is how far a "
            "forecast lies from what came, less its own spread, in the unit that is given: days, men, or changes of hands. "
            "Without a model: nothing changes; the trend of the last month goes on; one rate for all the past; stretches of "
            "the past again. Less is better in every line but the last, which is no score: it says how many places each forecast "
            "has changing hands of which the record says nothing. A record tells more readily of what happened than of what "
            "did not, which favours forecasts of change.",
            style="dim",
        )
    else:
        out.print("The record says nothing after the branch that could be scored. Silence is not peace.")
    _show_open_dead(out, answer, ground)
    _show_skill(out, answer)
    _show_ranks(out, answer)
    if answer["silent_questions"]:
        out.print("\nOn these questions the record is silent:", style="dim")
        for name in answer["silent_questions"]:
            out.print(Text(f"  {about.questions[name].get('text') or name}", "dim"))
    if answer["settled_questions"]:
        out.print("\nThese questions the record answers with what came before the time that is scored:", style="dim")
        for name in answer["settled_questions"]:
            out.print(Text(f"  {about.questions[name].get('text') or name}", "dim"))
    if answer["wrong_at_branch"]:
        places = ", ".join(map(ground.name, answer["wrong_at_branch"]))
        out.print(f"\nOf these the branch itself had another holder than is known now: {places}.")
    if answer["note"]:
        out.print(f"\n{answer['note']}")


def _show_vintage(out: Console, answer: dict[str, Any]) -> None:
    """What was known when, and how old the record is that the run is held against."""
    vintage = answer["vintage"]
    late = f", {vintage['hindsight_days']:,.0f} days after the branch" if vintage["hindsight_days"] else ""
    known = time_in_words(vintage["branch_known_at"], 10)
    held = "holds no claim."
    if vintage["later_known_up_to"] is not None:
        held = (
            f"is known up to {time_in_words(vintage['later_known_up_to'], 10)}: "
            f"{count_in_words(vintage['later_claims'], 'claim')}, {vintage['later_claims_since']:,} of them not known to the "
            "branch."
        )
    other = "" if vintage["same_record"] else " It is another record than the stories go on from."
    out.print(
        f"The branch reads what was known on {known}{late}. The record that it is held against {held}{other}",
        style="dim",
    )


def _show_open_dead(out: Console, answer: dict[str, Any], ground: Ground) -> None:
    """What of the dead is not scored, and what an open number means."""
    without = answer["left_out"]["dead_without_a_number"]
    if without:
        sides = list_in_words([f"{ground.name(row['actor'])} in {row['month']}" for row in without])
        out.print(
            f"\nOf the dead of {sides} the record gives no number, which is not none: they are not scored.",
            style="dim",
        )
    open_rows = sum(row["high"] is None for row in answer["killed_by_side"])
    if open_rows:
        out.print(
            f"\nOf {open_rows} of {count_in_words(len(answer['killed_by_side']), 'number')} of killed the record gives the least "
            "alone: some event has no number, or dead whose side is not stated. A forecast of more is not held against it.",
            style="dim",
        )


def _show_skill(out: Console, answer: dict[str, Any]) -> None:
    """How much better the model is, where that can be told from luck; and in one line where it cannot."""
    shown = [row for row in answer["skill"] if row["says"] != "no difference shown"]
    labels = {kind: label for label, kind, _, _ in reversed(_LINES) if label}
    if answer["skill"]:
        out.print(
            "\nModel against the others, beyond luck (95 %), whether silence is left out or taken for peace",
            style="bold",
        )
    for row in shown:
        low, high = row["interval"]
        out.print(
            f"  {labels[row['of']]}: {row['says']} than '{row['against']}' by {number_in_figures(abs(row['difference']), 3)} "
            f"({number_in_figures(min(abs(low), abs(high)), 3)} to {number_in_figures(max(abs(low), abs(high)), 3)})",
            soft_wrap=True,
        )
    if shown and not answer["foresight"]:
        out.print(
            "  None of this shows foresight: the run was not sealed before what it is held against was known, and who knows the "
            "end may have chosen the numbers by it.",
            soft_wrap=True,
        )
    if len(shown) < len(answer["skill"]):
        few = sum(row["interval"] is None for row in answer["skill"])
        left = len(answer["skill"]) - len(shown)
        out.print(
            f"  In {left} of {len(answer['skill'])} comparisons no difference is shown that holds both ways; in {few} of them "
            "too little was observed for an interval.",
            style="dim",
            soft_wrap=True,
        )


def _show_ranks(out: Console, answer: dict[str, Any]) -> None:
    """Rank histograms as bars."""
    labels = {kind: label for label, kind, _, _ in reversed(_LINES) if label}
    if answer["ranks"]:
        out.print(
            "\nIn which tenth of the stories it came (even where they are spread as they should be)", style="bold"
        )
    for kind, ranks in answer["ranks"].items():
        most = max(ranks["bars"])
        bars = "".join(_BARS[min(7, int(8 * bar / most))] if bar > 0.0 else " " for bar in ranks["bars"])
        out.print(
            Text(f"  {bars}  {labels[kind]}, {count_in_words(ranks['observations'], 'observation')}"), soft_wrap=True
        )


def _figure_or_dash(value: float | None) -> str:
    return "-" if value is None else f"{value:,.3f}"
