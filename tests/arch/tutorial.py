"""The tutorial and the worked examples, run from first line to last: `python -m tests.arch.tutorial` writes them anew.

A block of YAML is a file, under the name in its first line; a block of sh is a command; the block of text after it is what it
prints. A line of three dots at the end of that block stands for lines left out.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

from situation.commands.cli import main

__all__ = ["EXAMPLES", "PAGE", "run_page"]

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
EXAMPLES = PAGE.with_name("examples.md")
_BLOCK = re.compile(r"```(sh|yaml|text)\n(.*?)```\n", flags=re.DOTALL)
_DOTS = "...\n"


def run_page(text: str, folder: Path) -> str:
    """The page with what its commands print today, each run in a folder that its files are written to.

    Args:
        text: the page.
        folder: an empty folder.
    """
    home, printed = Path.cwd(), ""
    os.chdir(folder)
    try:

        def again(block: re.Match[str]) -> str:
            nonlocal printed
            kind, content = block[1], block[2]
            if kind == "yaml":
                file = Path(content.splitlines()[0].removeprefix("# "))
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(content, "utf-8")
            elif kind == "sh":
                printed = "".join(_output(line) for line in content.splitlines())
            else:
                shown = printed
                if content.endswith(_DOTS):
                    shown = "".join(printed.splitlines(keepends=True)[: content.count("\n") - 1]) + _DOTS
                return f"```text\n{shown}```\n"
            return block[0]

        return _BLOCK.sub(again, text)
    finally:
        os.chdir(home)


def _output(command: str) -> str:
    """What a command prints, without spaces at the ends of lines."""
    words = shlex.split(command)
    if words[0] == "rm":
        for name in words[1:]:
            Path(name).unlink()
        return ""
    assert words[0] == "situation", f"The tutorial runs '{words[0]}', which its test does not know."
    result = CliRunner(env={"COLUMNS": "100"}).invoke(main, words[1:])
    assert result.exception is None or isinstance(result.exception, SystemExit), f"{command}: {result.exception!r}"
    return "".join(f"{line.rstrip()}\n" for line in result.output.rstrip().splitlines())


if __name__ == "__main__":
    for page in (PAGE, EXAMPLES):
        with tempfile.TemporaryDirectory() as empty:
            page.write_text(run_page(page.read_text("utf-8"), Path(empty)), "utf-8")
        sys.stdout.write(f"docs/{page.name}\n")
