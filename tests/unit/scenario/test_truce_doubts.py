"""A ceasefire of some places that stories keep everywhere is warned of, at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.scenario import load_scenario
from situation.scenario.doubts import scenario_doubts
from tests.unit.small import Small
from tests.unit.valley_stories import scenario_of, valley

AGREED = "event: CeasefireAgreed, between: [north, rebels]"
OTHER = "scenario: other\ntitle: A short one\nabout: as it was\nextends: plan\nassumes: nothing else\n"
WAR = "  war: {event: {event: StanceChanged, actor: rebels, toward: north, stance: hostile}, when: [{after: 1 d}]}\n"


def truce(folder: Path, terms: str, end: str = "") -> Small:
    claim = f"  - {{id: T-9, source: courier, says: told, happened: 2020-03-11, asserts: {{{AGREED}, {terms}}}}}\n"
    if end:
        claim += f"  - {{id: T-10, source: courier, says: told, happened: 2020-03-12, asserts: {{{end}}}}}\n"
    return valley(folder).add("record.yaml", claim)


def warnings(small: Small) -> list[str]:
    scenario, record = scenario_of(small)
    doubts = scenario_doubts(small.folder / "plan.yaml", scenario, None, record)
    texts = (str(it).rpartition(f"{small.folder}/")[2] for it in doubts)
    return [text for text in texts if "ceasefire" in text]


@pytest.mark.parametrize(
    ("terms", "end", "warned"),
    [
        ("scope: [arlen]", "", True),
        ("scope: [arlen], until: 2020-04-20", "", True),
        ("scope: [arlen], since: 2020-03-20", "", True),
        ("scope: [valley]", "", False),
        ("until: 2020-04-20", "", False),
        ("scope: [arlen], until: 2020-03-11", "", False),
        ("scope: [arlen]", "event: AgreementEnded, by: [north], toward: rebels", False),
        ("scope: [arlen]", "event: PeaceSigned, by: [north, rebels]", False),
    ],
)
def test_a_truce_of_some_places_is_warned_of_at_its_line(tmp_path: Path, terms: str, end: str, warned: bool) -> None:
    small = truce(tmp_path, terms, end)
    texts = warnings(small)
    assert [text.startswith(small.at("record.yaml", "{id: T-9").rpartition(":")[0]) for text in texts] == [
        True
    ] * warned
    for text in texts:
        assert "of the North and the rebels holds in Arlen alone" in text
        assert "the stories of scenario 'push-on' keep it everywhere" in text
        assert ("until 20 Apr 2020" in text) == ("until" in terms)


def test_who_lets_them_fight_all_the_same_is_not_warned(tmp_path: Path) -> None:
    assert not warnings(truce(tmp_path, "scope: [arlen]").plant("plan.yaml", "given:\n", f"given:\n{WAR}"))


def test_a_scenario_that_gives_such_a_truce_is_warned_of_and_one_that_extends_it_is_not_again(tmp_path: Path) -> None:
    given = f"  truce: {{event: {{{AGREED}, scope: [arlen]}}, when: [{{after: 3 d}}]}}\n"
    small = valley(tmp_path).plant("plan.yaml", "given:\n", f"given:\n{given}")
    line = small.at("plan.yaml", "{event: CeasefireAgreed").rpartition(":")[0]
    assert [text.startswith(f"{line}:") for text in warnings(small)] == [True]
    small.add("other.yaml", OTHER).write()
    record = small.load()
    later = load_scenario(small.folder / "other.yaml", record)
    assert not [
        it for it in scenario_doubts(small.folder / "other.yaml", later, None, record) if "ceasefire" in str(it)
    ]


def test_a_run_says_so_also_of_a_scenario_that_extends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    truce(tmp_path, "scope: [arlen]").add("other.yaml", OTHER).write()
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["run", "other.yaml", "--runs", "1", "--workers", "1", "--json"])
    assert done.exit_code == 0, done.output
    assert done.stderr.count("warning: This ceasefire of the North and the rebels holds in Arlen alone") == 1
    assert "the stories of scenario 'other' keep it everywhere" in done.stderr
