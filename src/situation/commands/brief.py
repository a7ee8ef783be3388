"""`situation brief`: one to two pages about a run, to be sent as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click
import orjson

from situation.commands.cli import main
from situation.commands.options import release_named, release_option, report_errors
from situation.commands.output import console, print_json, print_problem
from situation.errors import Fault, harmless_json
from situation.page.brief import Brief, brief_html, brief_markdown, brief_rows
from situation.page.pictures import paper
from situation.runs.briefs import brief_of_run
from situation.runs.folder import write_whole

__all__: list[str] = []

_FORMATS: Final = ("md", "html", "pdf", "json")


@main.command("brief")
@click.argument("run", metavar="RUN|SITUATION")
@click.option("--against", metavar="RUN", help="The run to compare it with, its baseline.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="The format; if left out, what the ending of --out says, else md.",
)
@click.option("--tlp", metavar="LABEL", help="Its label, from clear to red, and no laxer than the record's.")
@release_option
@click.option("--browser", metavar="PROGRAM", help="PDF: the Chromium to use; also by SITUATION_BROWSER.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The file to write; printed if left out.")
@report_errors
def _brief(
    run: str, against: str | None, form: str | None, tlp: str | None, browser: str | None, out: Path | None
) -> None:
    """Write a brief of RUN (a run folder, or the beginning of its name; or a situation, of its record) on one to two pages.

    Key judgements with their confidence; the evidence, and who dissents; what may follow and on what it hangs; signposts to
    watch; what was assumed, and how far to trust it; sources. PDF is made through an installed Chromium.

    \b
    Examples:
      situation brief al-qaim-2017
      situation brief baseline --out brief.html
    """
    ending = "" if out is None else out.suffix.lower().lstrip(".")
    named = form or (ending if ending in _FORMATS else "md")
    brief, stem, note = brief_of_run(run, against, tlp, release_named())
    if note:
        print_problem(note)
    if named == "pdf":
        out = out or Path(f"{stem}-brief.pdf")
    if out is None:
        print_json(brief_rows(brief)) if named == "json" else click.echo(_text(brief, named), nl=False)
        return
    if out.is_dir():
        raise Fault(f"--out: {out} is a folder.", "Name a file.")
    content = paper(brief_html(brief), browser) if named == "pdf" else _text(brief, named).encode()
    write_whole(out, content, "brief", into_new=True)
    console().print(f"Brief: {out}", soft_wrap=True)


def _text(brief: Brief, form: str) -> str:
    if form == "json":
        return harmless_json(orjson.dumps(brief_rows(brief), option=orjson.OPT_INDENT_2).decode()) + "\n"
    return brief_html(brief) if form == "html" else brief_markdown(brief)
