"""`situation battle`: one engagement, for a person at a terminal or for a program."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Final, TypeVar

import click

from situation.commands.cli import main
from situation.commands.engine import ENGINES, Threshold, fight_in_pool, uses_compiled
from situation.commands.options import report_errors
from situation.commands.output import console, print_json, print_problem
from situation.log.value_words import number_in_figures
from situation.rules.engagement.battle import AIR, POSITIONS, TERRAINS, BattleAnswer, BattleError, Spread, battle
from situation.rules.engagement.days import FIGHT_KERNEL, MOST_DAYS
from situation.rules.engagement.laws import Law

__all__: list[str] = []

_Number = TypeVar("_Number", int, float)
_THOUSANDS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}((,[0-9]{3})+|(_[0-9]{3})+)(\.[0-9]*)?")
"""A number whose commas, or underscores, separate its thousands."""
_WIDEST_COLUMNS: Final = 200
"""A table may be so wide, since no number is cut short."""
_APPROACHED: Final = (
    "No end: the fight comes ever nearer to this end and never reaches it; strengths are those it tends to."
)
_COMPILED_FROM: Final = Threshold(kept=20_000, not_kept=200_000)
"""Battles of a fifth of a millisecond each: compiled kernels take two seconds to load, and half a minute to make."""
_GIVEN_UP: Final = f"No end: after {MOST_DAYS:,} days neither side had broken."


class _NumberReader:
    """Reads the numbers of the command line, and collects the problems of all."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def read(self, option: str, text: str | None, kind: Callable[[str], _Number], expected: str) -> _Number | None:
        """The text as a number; None where it is left out, or cannot be read, which is then a problem."""
        if text is None:
            return None
        parted = "," in text or "_" in text
        try:
            if parted and not _THOUSANDS.fullmatch(text):
                raise ValueError(text)
            return kind(text.replace(",", "").replace("_", ""))
        except ValueError:
            advice = "Commas part thousands alone, and a point comes before decimals." if parted else "Give one."
            self.problems.append(f"--{option}: '{text}' is not {expected}. {advice}")
            return None

    def count(self, option: str, text: str | None) -> int | None:
        """A whole number, or None."""
        return self.read(option, text, int, "a whole number")

    def number(self, option: str, text: str | None) -> float | None:
        """A number, or None."""
        return self.read(option, text, float, "a number")


def _show(answer: BattleAnswer, heading: str, law: str, deterministic: bool) -> None:
    """A table for a person."""
    from rich.table import Table
    from rich.text import Text

    screen = console()
    screen.print(heading)
    if deterministic:
        screen.print(f"Without chance: the attacker {'wins' if answer['attacker_wins'] else 'does not win'}.")
    else:
        low, high = answer["interval"]
        wins = Text("The attacker wins ").append(f"{100.0 * answer['attacker_wins']:.1f} %", "bold")
        wins.append(
            f" of {answer['runs']:,} runs (95 % interval {100.0 * low:.1f} to {100.0 * high:.1f} %, seed {answer['seed']})."
        )
        screen.print(wins)
    rows: tuple[tuple[str, Spread, bool], ...] = (
        ("days", answer["days"], False),
        ("attackers left", answer["attacker_left"], False),
        ("defenders left", answer["defender_left"], False),
        ("attacker's losses", answer["attacker_loss_fraction"], True),
        ("defender's losses", answer["defender_loss_fraction"], True),
    )
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("")
    columns = ("value",) if deterministic else ("mean", "5 %", "25 %", "median", "75 %", "95 %")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    digits = 6 if deterministic else 3
    for name, spread, percent in rows:
        parts = (spread["mean"], spread["p05"], spread["p25"], spread["p50"], spread["p75"], spread["p95"])
        scale, unit = (100.0, " %") if percent else (1.0, "")
        cells = (
            ("no end" if part is None else number_in_figures(scale * part, digits)) + unit
            for part in parts[: len(columns)]
        )
        table.add_row(name, *cells)
    screen.width = max(screen.width, _WIDEST_COLUMNS)
    screen.print(table)
    if answer["days"]["mean"] is None:
        screen.print(_GIVEN_UP if law == Law.GENERAL else _APPROACHED)


def _called_position(_: click.Context, option: click.Parameter, given: str | None) -> None:
    """Say what became of an option's name."""
    if given is not None:
        raise click.BadOptionUsage(str(option.name), "--posture is called --position now.")


@main.command("battle")
@click.option("--attacker", metavar="N", help="Attackers at the start, persons. Required.")
@click.option("--defender", metavar="N", help="Defenders at the start, persons. Required.")
@click.option("--law", metavar="|".join(Law), default="general", show_default=True, help="How losses arise.")
@click.option("--attacker-rate", metavar="A", help="Losses per day that one attacker inflicts (not under general).")
@click.option("--defender-rate", metavar="B", help="Losses per day that one defender inflicts (not under general).")
@click.option("--attacker-breaks", metavar="F", help="Loss share at which the attacker breaks, above 0 to 1.")
@click.option("--defender-breaks", metavar="F", help="Loss share at which the defender breaks, above 0 to 1.")
@click.option("--unit", metavar="U", default="1", show_default=True, help="Persons per loss.")
@click.option("--deterministic", is_flag=True, help="Without chance: the closed form, or general at its medians.")
@click.option("--position", metavar="|".join(POSITIONS), default="none", show_default=True, help="Defender's position.")
@click.option("--posture", hidden=True, expose_value=False, callback=_called_position)
@click.option("--terrain", metavar="|".join(TERRAINS), default="open", show_default=True, help="Defender's ground.")
@click.option("--air", metavar="|".join(AIR), default="none", show_default=True, help="Attacker's air support.")
@click.option("--runs", metavar="N", default="1000", show_default=True, help="How often the engagement is fought.")
@click.option("--seed", metavar="S", default="0", show_default=True, help="Same seed, same runs.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="auto",
    show_default=True,
    help="What simulates the runs: simpy is plain Python; no result depends on it. See 'situation engine'.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_context
@report_errors
def _battle(
    context: click.Context,
    attacker: str | None,
    defender: str | None,
    law: str,
    attacker_rate: str | None,
    defender_rate: str | None,
    attacker_breaks: str | None,
    defender_breaks: str | None,
    unit: str,
    deterministic: bool,
    position: str,
    terrain: str,
    air: str,
    runs: str,
    seed: str,
    engine: str,
    as_json: bool,
) -> None:
    """Fight one engagement many times, and report the outcome.

    Laws: square (dA = -bD, dD = -aA), linear (dA = -bAD, dD = -aAD), mixed (dA = -bD, dD = -aAD; the defender hides),
    logarithmic (dA = -bA, dD = -aD), each from the rates a (--attacker-rate) and b (--defender-rate); general: the
    rules R1 to R3 day by day, without rates. A side breaks when its losses reach its break point; left out, general
    draws it and the others fight to the last. The attacker wins where the defender alone has broken.

    \b
    Example: a Lanchester duel whose exact chance is 0.9281 and mean length 10.671 days
      situation battle --attacker 20 --defender 15 --law square \\
        --attacker-rate 0.1 --defender-rate 0.1 --runs 10000 --seed 1
    An assault on a prepared town with dedicated air support
      situation battle --attacker 3000 --defender 1000 --position prepared --terrain urban --air dedicated

    JSON keys: attacker_wins, interval (Wilson 95 %), days, attacker_left, defender_left, attacker_loss_fraction,
    defender_loss_fraction (each with mean, p05, p25, p50, p75, p95; null for an end that is only approached), runs,
    seed.
    """
    reader = _NumberReader()
    for option, text in (("attacker", attacker), ("defender", defender)):
        if text is None:
            reader.problems.append(f"--{option}: is missing. Give a number of persons.")
    persons = reader.count("attacker", attacker), reader.count("defender", defender)
    rates = reader.number("attacker-rate", attacker_rate), reader.number("defender-rate", defender_rate)
    points = reader.number("attacker-breaks", attacker_breaks), reader.number("defender-breaks", defender_breaks)
    counts = reader.count("unit", unit), reader.count("runs", runs), reader.count("seed", seed)
    unread = bool(reader.problems)
    can_compile = law == Law.GENERAL and not deterministic and not unread
    compiles = can_compile and uses_compiled(engine, FIGHT_KERNEL, counts[1] or 1, _COMPILED_FROM)
    if engine == "compiled" and not can_compile:
        note = "The laws with rates, and an engagement without chance, are not compiled: they run as they are."
        click.echo(note, err=True)

    def ask(finished: Callable[[int], None] | None) -> BattleAnswer:
        """The question; what could not be read stands in as a valid number, so that the rest is still checked."""
        return battle(
            1_000_000 if persons[0] is None else persons[0],
            1_000_000 if persons[1] is None else persons[1],
            law=law,
            attacker_rate=_stand_in(rates[0], attacker_rate) if unread else rates[0],
            defender_rate=_stand_in(rates[1], defender_rate) if unread else rates[1],
            attacker_breaks=points[0],
            defender_breaks=points[1],
            unit=1 if counts[0] is None else counts[0],
            deterministic=deterministic or unread,
            position=position,
            terrain=terrain,
            air=air,
            runs=1 if counts[1] is None else counts[1],
            seed=0 if counts[2] is None else counts[2],
            finished=finished,
            fought=fight_in_pool if compiles else None,
        )

    try:
        answer = ask(None) if unread else _with_bar(ask, deterministic, counts[1] or 1)
    except BattleError as error:
        wrong = (f"--{it.parameter.replace('_', '-')}: {it.fact}" for it in error.problems)
        for problem in (*reader.problems, *wrong):
            print_problem(problem)
        context.exit(2 if unread or error.misused else 1)
    if unread:
        for problem in reader.problems:
            print_problem(problem)
        context.exit(2)
    if as_json:
        print_json(answer)
        return
    sides = (
        f"{number:,} {name}{'' if number == 1 else 's'}"
        for number, name in zip(persons, ("attacker", "defender"), strict=True)
    )
    _show(answer, f"{' against '.join(sides)}, law {law}", law, deterministic)


def _stand_in(read: float | None, text: str | None) -> float | None:
    """A rate that is wrong only if it would be with any number of men; None where none was given."""
    return None if text is None else min(1e-7 if read is None else read, 1e-7)


def _with_bar(
    ask: Callable[[Callable[[int], None] | None], BattleAnswer], deterministic: bool, runs: int
) -> BattleAnswer:
    """The answer, with a bar on a terminal where it may take longer than a second."""
    if deterministic or runs < 5000 or not sys.stderr.isatty():
        return ask(None)
    with click.progressbar(length=runs, label="battles", file=sys.stderr) as bar:
        return ask(bar.update)
