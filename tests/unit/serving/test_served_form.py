"""The form that starts a scenario: what is typed becomes a scenario like any other, or is said to be wrong beside its field."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import Any

import attrs
import pytest

from situation.errors import Fault, SituationError
from situation.record.loading import load
from situation.runs.identity import scenario_as_run
from situation.scenario import load_scenario
from situation.serving.forms.number_rows import form_numbers
from situation.serving.forms.requests import RunRequest, ScenarioForm, open_form, read_form
from situation.serving.library import Library
from situation.serving.pages.elements import Html, display, element
from situation.serving.pages.fields import identifier
from situation.serving.pages.start import form_page
from situation.serving.settings import Limits, Settings
from tests.unit.serving.served import home_of

HOSTILE = '<img src=x onerror="window.ran=1">\u202e & \'"</script>'


@pytest.fixture
def library(tmp_path: Path) -> Library:
    home = home_of(tmp_path)
    return Library(Settings(home / "scenarios" / "tarn-valley", home / "runs", limits=Limits(stories=100)))


def filled(library: Library, scenario: str, **values: str) -> tuple[ScenarioForm, RunRequest | None]:
    form = open_form(library, scenario, {name.replace("__", ":"): value for name, value in values.items()})
    return form, read_form(library, form)


def changed(library: Library, scenario: str, **values: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The text of a changed scenario, and it and what it was made of, as they are run."""
    form, order = filled(library, scenario, **values)
    assert form.problems == {}
    assert order is not None and order.changed is not None
    assert library.keep(order.changed.name, order.changed.text) == ""
    file = library.file(order.changed.name)
    assert file.stem == order.changed.name == order.scenario.id
    made = load_scenario(file, library.record())
    return order.changed.text, scenario_as_run(form.scenario), scenario_as_run(made)


def differing(old: Any, new: Any, path: str = "") -> set[str]:
    """Where two plain values differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {at for key in {*old, *new} for at in differing(old.get(key), new.get(key), f"{path}/{key}")}
    return set() if old == new else {path}


def test_a_number_of_a_plan_is_said_to_be_one() -> None:
    record = load("scenarios/al-qaim-2017")
    numbers = form_numbers(load_scenario("scenarios/al-qaim-2017/baseline.yaml", record), record.ground)
    assert {it.name: it.about for it in numbers.values() if it.name in ("deir-ez-zor-free", "t2-head")} == {
        "deir-ez-zor-free": "days before the plan 'down the bank' of Syria begins",
        "t2-head": "km still to go on the first leg of the plan 'Albu Kamal' of Syria",
    }


def test_an_untouched_form_runs_the_scenario_itself(library: Library) -> None:
    _, order = filled(library, "push-on", stories="40", seed="5")
    assert order is not None
    assert (order.changed, order.stories, order.seed, order.without) == (None, 40, 5, ())
    assert order.file == library.scenarios()["push-on"].file


def test_a_changed_number_is_the_only_difference_and_says_that_a_hand_changed_it(library: Library) -> None:
    text, old, new = changed(library, "push-on", parameters__rest__best="3", why="they are tired")
    assert "extends: push-on" in text
    paths = {f"/numbers/rest/{name}" for name in ("best", "reason")}
    assert differing(old, new) == {*paths, "/id", "/title", "/assumes", "/extends"}
    rest = new["numbers"]["rest"]
    assert (rest["low"], rest["best"], rest["high"], rest["unit"], rest["source"]) == (1, 3, 4, "days", "ASSUMED")
    assert rest["reason"] == "changed by hand in the form; before: 1 / 2 / 4 (ASSUMED); they are tired"
    assert new["title"] == "The North pushes on (changed)"
    assert new["assumes"] == "all of it Changed by hand in the form: rest 1 / 3 / 4 days. they are tired"


def test_a_change_of_one_that_extends_another_keeps_all_that_it_says(library: Library) -> None:
    text, old, new = changed(library, "guns", forces__column__high="3500", totals__rebels__low="950")
    assert "extends: push-on" in text
    assert differing(old, new) == {
        *("/id", "/title", "/assumes", "/forces/column/high", "/forces/column/reason"),
        *("/totals/rebels/low", "/totals/rebels/reason"),
    }
    assert new["numbers"]["luck"]["best"] == 1


def test_a_change_of_a_change_is_made_of_both(library: Library) -> None:
    changed(library, "push-on", parameters__rest__best="3")
    name = next(name for name, found in library.scenarios().items() if found.changed)
    _, old, new = changed(library, name, parameters__stock__best="11", title="Both")
    numbers = {"/own_numbers", "/numbers/stock/best", "/numbers/stock/reason"}
    assert differing(old, new) == {"/id", "/title", "/assumes", *numbers}
    assert new["numbers"]["rest"]["best"] == 3
    assert new["title"] == "Both"


@pytest.mark.parametrize(("chosen", "value"), [("0", 0), ("1", 1)])
def test_what_may_happen_is_switched_off_or_on_in_one_choice(library: Library, chosen: str, value: int) -> None:
    _, _, new = changed(library, "push-on", parameters__luck__set=chosen)
    luck = new["numbers"]["luck"]
    assert (luck["low"], luck["best"], luck["high"], luck["family"]) == (value, value, value, "fixed")


def test_a_single_value_may_become_a_range_and_a_chance_stays_one(library: Library) -> None:
    _, _, new = changed(
        library, "guns", parameters__luck__low="0.1", parameters__luck__best="0.2", parameters__luck__high="0.6"
    )
    assert new["numbers"]["luck"]["family"] == "beta"


def test_the_same_change_has_the_same_name_and_another_has_another(library: Library) -> None:
    names = []
    for best in ("3", "3", "3.5"):
        _, order = filled(library, "push-on", parameters__rest__best=best)
        assert order is not None and order.changed is not None
        names.append(order.changed.name)
    assert names[0] == names[1] != names[2]


def test_every_problem_stands_beside_its_field_and_nothing_that_was_typed_is_lost(library: Library) -> None:
    typed = {
        "stories": "many",
        "seed": "-1",
        "parameters__rest__best": "two",
        "parameters__luck__high": "1.5",
        "forces__column__low": "9000",
        "forces__rebel-towns__best": "1,500",
        "totals__rebels__high": "",
        "why": HOSTILE,
    }
    form, order = filled(library, "push-on", **typed)
    assert order is None
    assert form.problems == {
        "stories": ["'many' is no whole number. Write one such as 100."],
        "seed": ["-1 is no seed. Give a whole number from 0 to 2**64 - 1."],
        "parameters:rest:best": ["'two' stands where a number belongs. Write it as 1500 or 0.4."],
        "parameters:luck": [
            "The number 'luck' is out of order for a share: low 0.2, best 0.5, high 1.5. Write 0 <= low < best < high <= 1."
        ],
        "forces:column": [
            "The number 'column' is out of order: low 9000, best 2000, high 3000. Write 0 <= low <= best <= high, best above 0."
        ],
        "forces:rebel-towns:best": ["'1,500' stands where a number belongs. Write it as 1500 or 0.4."],
        "totals:rebels": ["A field is empty. Give best alone, or low, best and high."],
    }
    shown = bytes(form_page(form, Limits(), "x").body).decode()
    for value in ("many", "-1", "two", "1.5", "9000", "1,500"):
        assert f'value="{value}"' in shown
    assert "7 things are wrong, and nothing was started." in shown
    assert "<img" not in shown
    assert "&lt;img src=x" in shown


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ("lots", "parameters:luck:best", "'lots' stands where a number belongs. Write it as 1500 or 0.4."),
        ("1e3", "parameters:luck:best", "'1e3' stands where a number belongs. Write it as 1500 or 0.4."),
        ("", "parameters:luck", "A field is empty. Give best alone, or low, best and high."),
    ],
)
def test_what_is_wrong_with_a_single_value_stands_beside_it_and_is_led_to(
    library: Library, typed: str, field: str, told: str
) -> None:
    form, order = filled(library, "guns", parameters__luck__best=typed)
    assert order is None
    assert form.problems == {field: [told]}
    shown = bytes(form_page(form, Limits(), "x").body).decode()
    assert f'class="problem" id="{identifier(field)}-wrong">{html.escape(told)}</p>' in shown
    assert f'aria-describedby="f-parameters-3a-luck-about {identifier(field)}-wrong" aria-invalid="true"' in shown
    links = re.findall(r'href="#([^"]+)"', shown)
    assert identifier(field) in links
    assert [link for link in links if f'id="{link}"' not in shown] == []


def test_too_many_stories_and_too_long_a_reason_are_refused(library: Library) -> None:
    form, order = filled(library, "push-on", stories="101", why="x" * 2001)
    assert order is None
    assert form.problems == {
        "stories": ["101 is no number of stories here. Give 1 to 100."],
        "why": ["This is longer than 2,000 letters. Say it in fewer."],
    }


def test_a_form_of_a_scenario_that_is_not_here_or_is_wrong_says_so(library: Library) -> None:
    with pytest.raises(ValueError, match="There is no scenario 'nothing' here"):
        open_form(library, "nothing", {})
    file = library.scenarios()["guns"].file
    file.write_text(file.read_text("utf-8") + "nonsense: 1\n", encoding="utf-8")
    found = library.scenarios()["guns"]
    assert found.scenario is None
    assert "A scenario has no key 'nonsense'." in found.problem


def test_the_library_sees_a_file_that_has_changed(library: Library) -> None:
    before = library.record().digest
    file = library.settings.situation / "map.yaml"
    file.write_text(file.read_text("utf-8").replace("The Tarn valley", "The valley of the Tarn"), encoding="utf-8")
    assert library.record().ground.title == "The valley of the Tarn"
    assert library.record().digest != before
    assert load(library.settings.situation).digest == library.record().digest


def kept(library: Library, *names: str) -> list[str]:
    """Keep changed scenarios one after another, each a second later; what went for each."""
    gone = []
    for second, name in enumerate(names):
        gone.append(library.keep(name, "x: 1\n", {library.file("needed")}))
        os.utime(library.file(name), (second, second))
    return gone


def test_the_oldest_changed_scenario_goes_that_was_never_run_and_that_nothing_needs(library: Library) -> None:
    library.settings = attrs.evolve(library.settings, limits=Limits(changed=3))
    (library.settings.runs / "told-0123456789ab").mkdir(parents=True)
    (library.settings.runs / "told-0123456789ab" / "manifest.json").write_text("{}")
    assert kept(library, "needed", "told", "third", "third", "fourth", "fifth") == ["", "", "", "", "third", "fourth"]
    assert sorted(file.stem for file in library.folder.iterdir()) == ["fifth", "needed", "told"]
    library.settings = attrs.evolve(library.settings, limits=Limits(changed=1))
    with pytest.raises(Fault, match=r"1 changed scenarios are kept, each with its run\. Remove some from"):
        kept(library, "fifth")
        library.file("fifth").unlink()
        kept(library, "sixth")
    assert not library.file("sixth").exists()


@pytest.mark.parametrize("stem", ["d\u00e9but", "two\nlines", 'a"b', "a b", "x" * 201])
def test_a_scenario_whose_files_name_no_run_folder_could_bear_is_listed_as_not_readable(
    library: Library, stem: str
) -> None:
    file = library.scenarios()["guns"].file
    file.rename(file.with_name(f"{stem}.yaml"))
    found = library.scenarios()[stem]
    assert found.scenario is None
    assert found.problem == "The file's name holds more than letters, digits, '.', '-' and '_' of ASCII. Rename it."
    with pytest.raises(SituationError, match="Rename it"):
        open_form(library, stem, {})


def test_text_in_an_element_can_only_be_text() -> None:
    built = element("p", HOSTILE, element("b", "bold"), None, class_='a"b', hidden=False, title=HOSTILE)
    assert isinstance(built, Html)
    assert built.startswith('<p class="a&quot;b" title="&lt;img')
    assert "<img" not in built
    assert built.endswith("<b>bold</b></p>")
    assert display("a\u202eb\x00c", 10) == "a\ufffdbc"
    assert display("x" * 20, 10) == "x" * 9 + "\u2026"
