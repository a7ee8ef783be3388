"""`situation seal`: a run's digests written down, to be scored later."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from rich.text import Text

from situation.commands.cli import main
from situation.commands.options import report_errors
from situation.commands.output import console, print_json
from situation.runs.finding import find_run
from situation.runs.seals import read_seal, seal_of, seal_path, write_seal
from situation.runs.stored_run import open_run

__all__: list[str] = []


@main.command("seal")
@click.argument("run")
@click.option("--key", type=click.Path(path_type=Path), help="Sign it with this Ed25519 private key.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _seal(run: str, key: Path | None, as_json: bool) -> None:
    """Seal RUN (a run folder, or its scenario): the digests of record, scenario, code and answers, in a file beside it.

    `situation score` tells whether a run was sealed before what it is held against was published. The time in a seal is
    your own word, unless you publish its digest where others date it.

    \b
    Example:
      situation seal runs/stand-and-fight-0123456789ab --key ~/.ssh/id_ed25519
    """
    folder = find_run(run)
    manifest = open_run(folder).manifest
    path = seal_path(folder)
    write_seal(path, seal_of(manifest, datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ")), key)
    seal = read_seal(path, manifest)
    if as_json:
        print_json({"file": str(path), "seal": seal.digest, "signed_by": seal.signed_by, **seal.content})
        return
    out = console()
    out.print(f"Sealed at {seal.content['sealed_at']}{' and signed' if seal.signed_by else ''}.")
    for name in ("record", "as_run", "code", "answers"):
        label = {"as_run": "scenario"}.get(name, name)
        out.print(Text(f"  {label:<9}{seal.content[name]}"), soft_wrap=True)
    out.print(Text(f"Seal: {path}"), soft_wrap=True)
    out.print(Text(f"Publish this digest where others date it: {seal.digest}"), soft_wrap=True)
