"""No death is lost: those of claims and of rejected rows together are those of the file, by year and dyad."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from situation.edges.row_reading import Finding
from situation.edges.rows import Rejected
from situation.errors import SituationError

__all__ = ["Deaths", "check_deaths", "deaths_of"]


@frozen
class Deaths:
    """The deaths of one dyad in one year, by the best estimates of a file: of the rows that are claims, of the rejected ones
    whose number could be read, and of the file. `year` is None where a rejected row has none that can be read."""

    file: str
    year: int | None
    dyad: str
    claims: int
    rejected: int
    rows: int


def deaths_of(findings: Iterable[Finding], rejected: Iterable[Rejected]) -> tuple[Deaths, ...]:
    """The deaths of some rows, by file, year and dyad."""
    sums: dict[tuple[str, int | None, str], list[int]] = {}
    for finding in findings:
        entry = sums.setdefault((finding.file, finding.year, finding.dyad), [0, 0, 0])
        entry[2] += finding.deaths or 0
        if finding.row is not None and not finding.faults:
            entry[0] += finding.row.killed.figure
    for bad in rejected:
        entry = sums.setdefault((bad.file, bad.year, bad.dyad), [0, 0, 0])
        entry[1] += bad.deaths or 0
    return tuple(
        Deaths(file, year, dyad, *sums[file, year, dyad])
        for file, year, dyad in sorted(sums, key=lambda key: (key[0], key[1] or 0, key[2]))
    )


def check_deaths(deaths: Iterable[Deaths], claims: Iterable[Mapping[str, Any]]) -> None:
    """Check that the deaths in claims and in rejected rows are those of the file.

    Args:
        deaths: the file's.
        claims: the claims as written, one for each row that is one.

    Raises:
        SituationError: they differ: the fault is the program's, and nothing may be written.
    """
    listed = list(deaths)
    written = sum(_figure(claim["asserts"]) for claim in claims)
    for it in listed:
        if it.claims + it.rejected != it.rows:
            raise SituationError(
                f"{it.file}: of {it.dyad}, {it.year}, {it.rows} deaths became {it.claims + it.rejected}."
            )
    if written != sum(it.claims for it in listed):
        raise SituationError(f"The claims hold {written} deaths, the rows {sum(it.claims for it in listed)}.")


def _figure(content: Mapping[str, Any]) -> int:
    quantity = content.get("killed") or content.get("number") or {}
    return next((int(quantity[name]) for name in ("best", "low", "high") if name in quantity), 0)
