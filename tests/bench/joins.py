"""How well the record joins reports of one event, held against people who joined them by hand.

    python -m tests.bench.joins reports_ivory_coast.csv

The file is imported by docs/importing/reports.yaml without its column `event_id`, its rows shuffled. Of every two reports it
is asked whether the record joined them, and whether the people did. Half of the events, drawn with a fixed seed, served to set
the default; the figures of the other half are the ones to go by. A pair of which each report is of another half counts in
neither, though the record may have joined it: the last figures are of all reports together.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

from situation.edges.formats import ImportOrder
from situation.edges.imports import import_rows
from situation.edges.mapping import read_mapping
from situation.edges.writing import files_of, new_situation, write_import
from situation.record.joining.joins import join
from situation.record.joining.likeness import JOIN_RULES, JoinRule
from situation.record.loading import load
from situation.record.record import Record

__all__ = ["Agreement", "agreement", "halves"]

MAPPING = Path(__file__).parents[2] / "docs" / "importing" / "reports.yaml"
SEED = 20170
BY_HAND = "event_id"


@frozen
class Agreement:
    """Pairs of reports: joined by the record, by hand, and by both."""

    record: int
    hand: int
    both: int

    @property
    def precision(self) -> float:
        """Of the pairs that the record joined, the share that people joined too; 1 where it joined none."""
        return self.both / self.record if self.record else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that people joined, the share that the record joined too; 1 where they joined none."""
        return self.both / self.hand if self.hand else 1.0


def agreement(record: Mapping[str, str], hand: Mapping[str, str], reports: Iterable[str]) -> Agreement:
    """Count the pairs among some reports.

    Args:
        record: from a report to the happening that the record joined it to.
        hand: from a report to its event, as people joined them.
        reports: which reports to count.
    """
    pairs = list(combinations(sorted(reports), 2))
    mine = [record[one] == record[other] for one, other in pairs]
    theirs = [hand[one] == hand[other] for one, other in pairs]
    return Agreement(sum(mine), sum(theirs), sum(a and b for a, b in zip(mine, theirs, strict=True)))


def halves(hand: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The reports of two halves of the events, drawn with a fixed seed."""
    events = sorted(set(hand.values()))
    random.Random(SEED).shuffle(events)
    first = set(events[: len(events) // 2])
    parts: tuple[list[str], list[str]] = ([], [])
    for report in sorted(hand):
        parts[hand[report] not in first].append(report)
    return parts


def imported(file: Path, folder: Path) -> tuple[Record, dict[str, str]]:
    """The reports of a file as a record, and the event of each claim as people joined them."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    random.Random(SEED).shuffle(rows)
    columns = [name for name in rows[0] if name != BY_HAND]
    shuffled = folder / "reports.csv"
    with shuffled.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    order = ImportOrder("csv", (shuffled,), read_mapping(MAPPING), skip_bad=True)
    result = import_rows(order, None, None)
    content = files_of(result) | new_situation("reports", "Reports", result, "+00:00", "Measured, not kept.")
    write_import(folder / "reports", content, result, new=True)
    record = load(folder / "reports")
    events = {row["id"]: row[BY_HAND] for row in rows}
    hand = {
        name: events[report] for report in events for name in record.testimony.claims if name.endswith(f"-{report}")
    }
    return record, hand


def main(arguments: list[str]) -> int:
    """Print precision and recall at each setting, for both halves of the events and for all of them."""
    file = Path(arguments[0]) if arguments else Path("reports_ivory_coast.csv")
    if not file.is_file():
        print(f"{file}: There is no such file. It comes with the R package eventreport; nothing was measured.")
        return 1
    with TemporaryDirectory() as folder:
        record, hand = imported(file, Path(folder))
    print(f"{len(hand)} reports of {len(set(hand.values()))} events")
    first, second = halves(hand)
    rules = dict(JOIN_RULES)
    if "--grid" in arguments:
        days = 24 * 60
        rules |= {
            f"{within} d, x{ratio:g}": JoinRule(within=within * days, doubtful=max(3, within) * days, ratio=ratio)
            for within in (0, 1, 2, 3, 5, 7)
            for ratio in (1.0, 2.0, 4.0, 1000.0)
        }
    for name, rule in rules.items():
        happening = join(record.testimony.claims.values(), record.ground, record.testimony, rule).happening
        parts = [agreement(happening, hand, half) for half in (first, second, list(hand))]
        figures = "   ".join(f"{it.precision:.2f} {it.recall:.2f} ({it.record} {it.hand} {it.both})" for it in parts)
        print(f"{name:12s} {figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
