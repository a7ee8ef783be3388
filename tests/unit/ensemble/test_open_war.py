"""Two who were no enemies at the branch and give each other battle have come to a confrontation."""

from __future__ import annotations

from pathlib import Path

from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.summary import summary_of
from situation.events import BattleBegan
from tests.unit.valley_stories import PLAN, scenario_of, valley

TURNS = (
    PLAN.replace("objectives: [arlen-bridge, dell]", "objectives: [dell, corve]")
    .replace("dell.holder", "corve.holder")
    .replace("low: 1500, best: 2000, high: 3000", "low: 6000, best: 8000, high: 9000")
    .replace(
        "given:\n",
        "given:\n  turns: {event: {event: StanceChanged, actor: north, toward: south, stance: hostile}, when: [{after: 3 d}]}\n",
    )
    .replace("questions:\n", "questions:\n  war: {ask: clash, between: [north, south]}\n")
)
STORIES, SEED = 8, 3


def test_a_battle_between_two_who_were_no_enemies_is_a_confrontation(tmp_path: Path) -> None:
    small = valley(tmp_path)
    small.files["plan.yaml"] = TURNS
    scenario, record = scenario_of(small)
    draws = RecordDraws(scenario, record, SEED)
    fought = []
    for run in range(STORIES):
        story, index = draws.tell(index_of(run), scenario.end), index_of(run)
        summary = summary_of(story, index)
        battles = [
            entry.time
            for entry in story.entries
            if isinstance(entry.event, BattleBegan)
            and {entry.event.fight.attacker, entry.event.fight.defender} == {"north", "south"}
        ]
        rungs = {rung: minute for pair, rung, minute in summary.clashes if pair == "north:south"}
        assert summary.answers["war"] == float(bool(battles))
        if battles:
            assert rungs[4] <= min(battles)
        assert "north:rebels" not in {pair for pair, _, _ in summary.clashes}  # enemies from before are no news
        fought.append(bool(battles))
    assert any(fought)
