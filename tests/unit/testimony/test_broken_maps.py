"""A list of the map that cannot be read: it is told where it stands, and not once more for every name that is missing then."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from tests.unit.valley_stories import valley_home

BREAKS = {
    "a list under another key": ("\nplaces:", "\nplcaes:", 2),
    "actors under another key": ("\nactors:", "\nactor:", 2),
    "a word for a list": ("\nplaces:\n", "\nplaces: none\nlinks:\n", None),
    "regions under another key": ("\nregions:", "\nregion:", 1),
    "operations under another key": ("\noperations:", "\noperation:", 1),
    "a row without an id": ("{id: dell, name: Dell", "{name: Dell", 1),
    "an id that is a number": ("{id: dell, name: Dell", "{id: 7, name: Dell", 1),
    "an id that is none": ("{id: rebels, name", "{id: [rebels], name", 1),
}


def checked(home: Path, planted: str, instead: str) -> list[str]:
    place = home / "scenarios" / "tarn-valley" / "map.yaml"
    text = place.read_text()
    assert planted in text
    place.write_text(text.replace(planted, instead, 1))
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1, result.exception
    assert "were not checked in full against map.yaml, which has problems of its own." in result.stdout
    return result.stderr.splitlines()


@pytest.mark.parametrize("case", BREAKS)
def test_a_fault_of_a_list_is_told_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    monkeypatch.chdir(valley_home(tmp_path))
    planted, instead, count = BREAKS[case]
    *said, total = checked(tmp_path, planted, instead)
    assert all(line.startswith("scenarios/tarn-valley/map.yaml:") for line in said), said
    assert not any("There is no" in line for line in said), said
    assert count is None or total == f"{count} problem{'s' if count > 1 else ''}."


def test_other_kinds_of_names_are_checked_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(valley_home(tmp_path))
    plan = tmp_path / "scenarios" / "tarn-valley" / "push-on.yaml"
    plan.write_text(plan.read_text().replace("actor: south, at: corve", "actor: soouth, at: korve"))
    said = checked(tmp_path, "\nplaces:", "\nplcaes:")
    assert any("There is no actor 'soouth'. Did you mean 'south'?" in line for line in said)
    assert not any("korve" in line for line in said)


def test_a_name_that_the_map_has_otherwise_is_told_at_its_first_places_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(valley_home(tmp_path))
    *said, total = checked(tmp_path, "{id: rebels, name", "{id: rebells, name")
    same = [line for line in said if "There is no actor 'rebels'. Did you mean 'rebells'?" in line]
    assert len(same) == 4
    more = int(same[3].split("This stands at ")[1].split()[0])
    assert total == f"{len(said) + more} problems."
