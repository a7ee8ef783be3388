"""Every group of checks, run in order; the report as an answer, and as a page."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from situation.ensemble.verify.chains import chains, equals
from situation.ensemble.verify.check import ERRORS, Check
from situation.ensemble.verify.curves import curves
from situation.ensemble.verify.hazards import hazards
from situation.ensemble.verify.queue import queues
from situation.ensemble.verify.reinforcements import reinforcements
from situation.ensemble.verify.scores import scores
from situation.ensemble.verify.targets import targets

__all__ = ["CHECK_GROUPS", "CheckGroup", "check_row", "report_answer", "report_page", "verify"]


@frozen
class CheckGroup:
    """Checks of one kind: what they hold, and what runs them, quickly or not."""

    about: str
    checks: Callable[[bool], list[Check]]


CHECK_GROUPS: Final[Mapping[str, CheckGroup]] = MappingProxyType(
    {
        "exact chains": CheckGroup(
            "Each law as a chain of single losses (Brown 1963, Kress & Talmor 1999), fought many times, against the chain's "
            "exact solution, which shares no code with the fights.",
            chains,
        ),
        "equal sides": CheckGroup(
            "Under the square law about N^(3/4) of two equal sides are left (Williams & McIlroy 1998, Kingman 1999).",
            equals,
        ),
        "closed forms": CheckGroup(
            "Where each law leads without chance, against its differential equations, integrated numerically.", curves
        ),
        "scheduled reinforcements": CheckGroup(
            "Iwo Jima by Engel 1954: the square law with landings on given days. A story of one place, with the daily losses of "
            "R1 and R2 at the exponent at which they are the square law, and no chance in them.",
            reinforcements,
        ),
        "hazards": CheckGroup(
            "Races, recapture (R6), supply (R7), ladders and echoes (R8), break points (R3) and days that go together (R2), "
            "each against its own closed form.",
            hazards,
        ),
        "clocks and queues": CheckGroup(
            "The clock on which stories are simulated, and the draws by address: a queue with geometric gaps and services, "
            "the order of what falls due in one minute, the generator's known answer.",
            queues,
        ),
        "scores": CheckGroup(
            "What `situation score` computes, against values by hand and scores of known distributions.", scores
        ),
        "calibration targets": CheckGroup(
            "What published tables of battles show, as ranges. The numbers of the rules were chosen with these in view, so "
            "meeting them proves nothing, and a miss is a fault.",
            targets,
        ),
    }
)
"""Every group by its name, in the order of the report."""


def verify(quick: bool = False, started: Callable[[str], None] = lambda group: None) -> Mapping[str, tuple[Check, ...]]:
    """Run every check.

    Args:
        quick: with fewer runs, and so wider tolerances.
        started: called with the name of each group before it is run.
    Returns: from group to its checks.
    """
    checks = {}
    for name, group in CHECK_GROUPS.items():
        started(name)
        checks[name] = tuple(group.checks(quick))
    return checks


def report_answer(checks: Mapping[str, tuple[Check, ...]], quick: bool) -> dict[str, Any]:
    """The report as `situation verify --json` prints it."""
    every = [check for group in checks.values() for check in group]
    return {
        "quick": quick,
        "checks": len(every),
        "failed": sum(not check.passed for check in every),
        "groups": [
            {
                "group": name,
                "about": CHECK_GROUPS[name].about,
                "checks": [
                    {
                        "what": check.what,
                        "expected": check.expected,
                        "low": check.low,
                        "high": check.high,
                        "got": check.got if math.isfinite(check.got) else None,
                        "tolerance": check.tolerance,
                        "because": check.because,
                        "passed": check.passed,
                    }
                    for check in group
                ],
            }
            for name, group in checks.items()
        ],
    }


def _figure(value: float) -> str:
    """A number with six significant digits; what is below a billionth as nothing."""
    return "0" if abs(value) < 1e-9 else f"{value:.6g}"


def _expected(check: Check) -> str:
    return _figure(check.expected) if check.expected is not None else f"{_figure(check.low)} to {_figure(check.high)}"


def _tolerance(check: Check) -> str:
    return "0" if check.tolerance == 0.0 else f"{check.tolerance:.2g}"


def check_row(check: Check) -> tuple[str, str, str, str, str]:
    """What, expected, got, tolerance, and whether it holds, as text."""
    return check.what, _expected(check), _figure(check.got), _tolerance(check), "holds" if check.passed else "FAILS"


_HEAD: Final = f"""\
# Verification

What the program gives where the right answer is known, and how far off it may be: `situation verify`, which ends with exit
code 1 where something fails; `--quick` has fewer runs and wider tolerances. Written by `make verify`.

A tolerance of chance is {ERRORS} standard errors, which right code misses once in a thousand; seeds are fixed. None of this says
that the rules are true of a war. It says that they compute what they claim to. How a run did against what was reported
later is another matter (`docs/scores.md`).
"""


def report_page(checks: Mapping[str, tuple[Check, ...]]) -> str:
    """The report as a page of Markdown."""
    every = [check for group in checks.values() for check in group]
    failed = [check for check in every if not check.passed]
    lines = [_HEAD, f"{len(every)} checks; {len(failed) or 'none'} fail{'s' if len(failed) == 1 else ''}.", ""]
    lines += [f"- fails: {check.what}" for check in failed]
    for name, group in checks.items():
        lines += [f"## {name.capitalize()}", "", CHECK_GROUPS[name].about, ""]
        lines += ["| what | expected | got | within | |", "|---|---|---|---|---|"]
        lines += [f"| {' | '.join(check_row(check))} |" for check in group]
        lines.append("")
        lines += ["Within: " + "; ".join(dict.fromkeys(check.because for check in group)) + ".", ""]
    return "\n".join(lines).rstrip("\n") + "\n"
