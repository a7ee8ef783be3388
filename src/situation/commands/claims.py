"""`situation claims`: a row a claim."""

from __future__ import annotations

import click
from rich.table import Table
from rich.text import Text

from situation.commands.options import lens_options, main, open_record, report_errors, situation_argument
from situation.commands.output import console, print_json
from situation.errors import Fault, near_miss
from situation.record.answers import Lens
from situation.record.claim_rows import claims_answer

__all__: list[str] = []


@main.command("claims", short_help="Every claim: who says what, where, and how it is graded.")
@situation_argument
@click.option("--source", metavar="S", help="Only the claims of one source, by its id.")
@lens_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _claims(situation: str | None, source: str | None, lens: Lens, without: tuple[str, ...], as_json: bool) -> None:
    """The claims known by a time, in the order of the files, each under its id with paragraph, speaker and grade.

    \b
    Example:
      situation claims al-qaim-2017 --source arab-news --known-at 2017-11-04
    """
    record = open_record(situation, without, lens.view)
    if source is not None and source not in record.testimony.sources:
        hint = near_miss(source, record.testimony.sources)
        raise Fault(f"There is no source '{source}'.", hint or f"There are: {', '.join(record.testimony.sources)}.")
    rows = claims_answer(record, lens, source)
    if as_json:
        print_json(rows)
        return
    out = console()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("id", "¶", "grade", "kind", "said by"):
        table.add_column(name, no_wrap=name != "said by", overflow="fold", max_width=18)
    table.add_column("says", overflow="fold", ratio=1)
    before = None
    for row in rows:
        if row["source"] != before:
            before = row["source"]
            outlet = record.testimony.sources[before].outlet
            table.add_section()
            table.add_row("", "", "", "", "", Text(outlet, "bold underline").append(f"  {before}", "not bold dim"))
        grade = f"{row['reliability']}{row['credibility']}"
        kind = row["kind"] if row["stance"] == "asserts" else row["stance"]
        paragraph = str(row["paragraph"] or "")
        table.add_row(row["id"], paragraph, grade, kind, row["said_by"], row["says"])
    out.print(table)
    out.print(
        f"\n{len(rows)} claims. Grade: reliability of outlet and speaker (A to F), credibility (1 to 6).", style="dim"
    )
