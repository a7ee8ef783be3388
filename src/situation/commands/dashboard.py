"""`situation dashboard`: the page of a run folder made anew from its tables, and pictures of it for reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from attrs import evolve

from situation.commands.cli import main
from situation.commands.options import report_errors, symbols_option
from situation.commands.output import console, print_json, print_problem
from situation.errors import Fault
from situation.page.pictures import FORMATS, PANELS, Look, Picture, take_pictures
from situation.page.symbols import with_symbols
from situation.runs.finding import find_run
from situation.runs.folder import write_whole
from situation.runs.pages import RunPage, page_of_run, write_page

__all__: list[str] = []

_Function = TypeVar("_Function", bound=Callable[..., Any])
_PANELS = "\n".join(f"      {panel.name:<12} {panel.about}" for panel in PANELS.values())
_HELP = f"""Write the page of RUN, the folder of a replay, an ensemble or a comparison, from its tables.

    Of a folder under runs/ the beginning of its name is enough, and of an ensemble its scenario.

    It replaces the page in the folder, unless --out names another file. With --against the page shows scenario,
    baseline and difference, and lies beside the folders. A few single stories are shown too, with
    the rule, odds, draw and parents of each event; --story names one more.

    With --png, --svg or --pdf it writes pictures of the page's panels instead, through an installed Chromium, beside the
    folder or where --out says. Each carries a line with its run, date and reading.

    \b
    Panels:
{_PANELS}

    \b
    Examples:
      situation dashboard runs/baseline-0123456789ab --out page.html
      situation dashboard runs/baseline-0123456789ab --png map --svg strips --at 2017-12-31
    """


def _pictures(form: str) -> Callable[[_Function], _Function]:
    words = {
        "png": "Write this panel as PNG, in pixels.",
        "svg": "Write this panel as SVG, for drawing programs.",
        "pdf": "Write this panel as PDF, one page of its size.",
    }
    return click.option(f"--{form}", multiple=True, metavar="PANEL", help=f"{words[form]} May be given again.")


@main.command("dashboard", help=_HELP)
@click.argument("run")
@click.option("--against", metavar="RUN", help="The run to compare it with, its baseline.")
@click.option("--story", type=int, metavar="N", help="Show one of its stories too: 0 and up.")
@symbols_option
@_pictures("png")
@_pictures("svg")
@_pictures("pdf")
@click.option("--at", metavar="T", help="Pictures: the date of the slider; where the page begins if left out.")
@click.option("--reading", metavar="ID", help="Pictures: the reading, such as best, day, scenario or difference.")
@click.option(
    "--link", metavar="LINK", default="", help="Pictures: what 'Copy link' of the page gives; from '#' will do."
)
@click.option(
    "--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True, help="Pictures: which theme."
)
@click.option(
    "--width", type=int, metavar="PX", help="Pictures: how wide, in CSS pixels; the panel's own width if left out."
)
@click.option(
    "--scale",
    type=int,
    metavar="N",
    default=1,
    show_default=True,
    help="PNG: pixels of the picture for each CSS pixel, 1 to 4.",
)
@click.option("--browser", metavar="PROGRAM", help="The Chromium to use; also by SITUATION_BROWSER.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="PATH", help="The page's file; a picture's file, or their folder."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _dashboard(
    run: str,
    against: str | None,
    story: int | None,
    browser: str | None,
    out: Path | None,
    as_json: bool,
    symbols: str | None,
    **look_options: Any,
) -> None:
    """Write a page, or pictures of it."""
    requests = [(form, name) for form in FORMATS for name in look_options.pop(form)]
    page = page_of_run(find_run(run), None if against is None else find_run(against), story)
    if symbols:
        page = evolve(page, text=with_symbols(page.text))
    if page.note:
        print_problem(page.note)
    if not requests:
        _refuse_look_options(look_options, browser)
        path = write_page(page, out)
        print_json({"page": str(path), "pictures": []}) if as_json else console().print(f"Page: {path}", soft_wrap=True)
        return
    look = Look(**look_options)
    files = _files(page, requests, look, out)
    taken = take_pictures(page.text, list(files), look, browser, page.run)
    rows = [_write(picture, files[picture.format, picture.panel], look) for picture in taken]
    if as_json:
        print_json({"page": None, "pictures": rows})
        return
    for row in rows:
        size = f"{row['width']} x {row['height']}"
        console().print(f"Picture: {row['file']} ({row['panel']}, {size})", soft_wrap=True)


def _refuse_look_options(look_options: dict[str, Any], browser: str | None) -> None:
    """Options of pictures, where no picture is asked for.

    Raises:
        Fault: one was given.
    """
    defaults = {"at": None, "reading": None, "link": "", "theme": "light", "width": None, "scale": 1}
    misplaced = [name for name, value in look_options.items() if value != defaults[name]] + (
        ["browser"] if browser else []
    )
    if misplaced:
        raise Fault(f"--{misplaced[0]}: No picture is asked for.", "Name a panel with --png, --svg or --pdf.")


def _files(page: RunPage, requests: list[tuple[str, str]], look: Look, out: Path | None) -> dict[tuple[str, str], Path]:
    """The file of each picture.

    Raises:
        Fault: one file is named for several pictures, or for another format.
    """
    ending = out.suffix.lower().lstrip(".") if out is not None else ""
    if out is not None and ending in FORMATS and not out.is_dir():
        if len(set(requests)) > 1:
            raise Fault(f"--out: {out} is one file, and several pictures are asked for.", "Name a folder.")
        if ending != requests[0][0]:
            raise Fault(
                f"--out: {out} is no name for a picture as {requests[0][0].upper()}.", "Name a file of its kind."
            )
        return {requests[0]: out}
    folder = (page.path.parent.parent if page.manifest is not None else page.path.parent) if out is None else out
    marks = [look.at, look.reading, look.theme if look.theme != "light" else None]
    end = "".join(f"-{mark}" for mark in marks if mark is not None).replace(":", "").replace("/", "")
    return {(form, name): folder / f"{page.stem}-{name}{end}.{form}" for form, name in requests}


def _write(picture: Picture, file: Path, look: Look) -> dict[str, Any]:
    """Write a picture, and tell where it is."""
    write_whole(file, picture.content, "picture", into_new=True)
    scale = look.scale if picture.format == "png" else 1
    return {
        "panel": picture.panel,
        "format": picture.format,
        "file": str(file),
        "width": picture.width * scale,
        "height": picture.height * scale,
        "bytes": len(picture.content),
        "caption": picture.caption,
    }
