"""A format of event files that a package offers: read like the project's own, listed, and refused where it cannot be one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[3] / "docs" / "importing.md").read_text("utf-8")
FILE = "number,day,town,lat,lon,dead\n1,2021-02-03,Sedge,10.0,10.0,4\n2,2021-02-05,Reed,10.1,10.2,many\n"


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A package as docs/importing.md has it, as if installed."""
    folder = tmp_path / "packages"
    about = folder / "river_desk-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: river-desk\nVersion: 1.0\n")
    (toml,) = re.findall(r'```toml\n\[project\.entry-points\."situation\.formats"\]\n"(.*?)" = "(.*?)"\n```', PAGE)
    (about / "entry_points.txt").write_text(f"[situation.formats]\n{toml[0]} = {toml[1]}\n")
    (module,) = [text for text in re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL) if "EventFormat" in text]
    (folder / "river_desk.py").write_text(module)
    (tmp_path / "events.csv").write_text(FILE)
    return folder


def situation(packages: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(packages), *sys.path))}
    command = [sys.executable, "-B", "-c", "from situation.commands.cli import main; main()", *arguments]
    return subprocess.run(
        command, cwd=packages.parent, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_a_format_of_a_package_is_listed_and_its_files_are_imported_like_others(packages: Path) -> None:
    listed = json.loads(situation(packages, "plugins", "--json").stdout)["formats"]
    assert {"name": "river-desk", "where": "river_desk:FORMAT", "package": "river-desk 1.0"} in listed
    assert {"ucdp", "acled", "csv"} <= {row["name"] for row in listed}
    refused = situation(packages, "import", "river-desk", "events.csv", "--new", "river")
    assert refused.returncode == 1
    assert "events.csv:3: dead is 'many'. Give a whole number." in refused.stderr
    done = situation(packages, "import", "river-desk", "events.csv", "--new", "river", "--skip-bad", "--json")
    answer = json.loads(done.stdout)
    assert (answer["rows"], answer["claims"], len(answer["rejected"])) == (2, 1, 1)
    assert situation(packages, "check", "river").returncode == 0


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("FORMAT = EventFormat", "OTHER = EventFormat", "The format 'river-desk' (river_desk:FORMAT) cannot be loaded"),
        ('FORMAT = EventFormat(read, Outlet("The River Desk"))', "FORMAT = read", "(river_desk:FORMAT) is no format."),
    ],
)
def test_what_is_no_format_is_told_by_its_name(packages: Path, old: str, new: str, fact: str) -> None:
    module = packages / "river_desk.py"
    text = module.read_text("utf-8")
    assert old in text
    module.write_text(text.replace(old, new))
    told = situation(packages, "plugins")
    assert told.returncode == 2
    assert fact in told.stderr and "Traceback" not in told.stderr


@pytest.mark.parametrize(
    "line", ["1 / 0", "def", "import sys; sys.exit(3)", "raise MemoryError", "import nowhere_at_all"]
)
@pytest.mark.parametrize("group", ["formats", "doctrines"])
def test_code_that_cannot_be_loaded_is_told_by_its_name_however_it_fails(packages: Path, line: str, group: str) -> None:
    (packages / "river_desk.py").write_text(f"{line}\n")
    about = packages / "river_desk-1.0.dist-info" / "entry_points.txt"
    about.write_text(about.read_text("utf-8").replace("situation.formats", f"situation.{group}"))
    told = situation(packages, "plugins")
    assert told.returncode == 2
    what = group.removesuffix("s")
    assert f"The {what} 'river-desk' (river_desk:FORMAT) cannot be loaded: " in told.stderr
    assert told.stderr.endswith(". Correct the package that offers it, or take it out.\n")
    assert len(told.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("    raise KeyError('who')", "fails: KeyError: 'who'."),
        ("    return iter(['a row'])", "fails: it gives a row as str, and not as a Finding."),
        ("    return None", "fails: TypeError: "),
    ],
)
def test_a_format_that_fails_with_a_file_is_told_with_it(packages: Path, body: str, reason: str) -> None:
    module = packages / "river_desk.py"
    text = module.read_text("utf-8").replace("FORMAT = EventFormat(read", "FORMAT = EventFormat(failing")
    at = text.index("FORMAT = ")
    module.write_text(f"{text[:at]}def failing(table):\n{body}\n\n\n{text[at:]}")
    told = situation(packages, "import", "river-desk", "events.csv", "--new", "river")
    assert told.returncode == 2
    assert f"events.csv: The format 'river-desk' {reason}" in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert not (packages.parent / "scenarios").exists()


def test_a_format_that_there_is_not_is_told_with_the_near_miss(packages: Path) -> None:
    told = situation(packages, "import", "river-dsk", "events.csv", "--new", "river")
    assert told.returncode == 2
    assert "There is no format 'river-dsk'. Did you mean 'river-desk'?" in told.stderr
