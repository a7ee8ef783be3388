"""`situation verify`: the program held against what is known exactly, in one report."""

from __future__ import annotations

from collections.abc import Mapping

import click
from rich.table import Table
from rich.text import Text

from situation.commands.cli import main
from situation.commands.options import report_errors
from situation.commands.output import console, print_json
from situation.ensemble.verify.check import Check
from situation.ensemble.verify.report import CHECK_GROUPS, check_row, report_answer, verify

__all__: list[str] = []


@main.command("verify")
@click.option("--quick", is_flag=True, help="Fewer runs, and so wider tolerances.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _verify(quick: bool, as_json: bool) -> None:
    """Compare the program with results that are known exactly: what is compared, what is expected, what came out,
    and the tolerance.

    Chains of the laws against their exact solution, closed forms, the survivors of equal sides, landings on given
    days, hazards, the clock and the draws, the scores, and the targets for which the numbers of the rules were
    chosen. It takes less than a minute. If something fails the exit code is 1.

    \b
    Example:
      situation verify --quick
    """
    checks = verify(quick)
    answer = report_answer(checks, quick)
    if as_json:
        print_json(answer)
    else:
        _show(checks)
    if answer["failed"]:
        raise SystemExit(1)


def _show(checks: Mapping[str, tuple[Check, ...]]) -> None:
    out = console()
    for name, group in checks.items():
        out.print(Text(name, "bold").append(f"  {CHECK_GROUPS[name].about}", "not bold dim"))
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        table.add_column("what", overflow="fold", min_width=24)
        for column in ("expected", "got", "within"):
            table.add_column(column, justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
        for check in group:
            table.add_row(*(Text(cell, "" if check.passed else "red") for cell in check_row(check)))
        out.print(table)
        out.print()
    every = [check for group in checks.values() for check in group]
    failed = sum(not check.passed for check in every)
    out.print(f"{len(every)} checks: {'all hold' if not failed else f'{failed} FAIL'}.", style="bold")
