"""The brief in its four forms: it says what the page says, and no text of a record becomes markup."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.page.brief import Brief, brief_html, brief_markdown, brief_of, brief_rows
from situation.page.brief.score_words import score_words
from situation.page.brief.structure import BriefTable, Bullets, Paragraph, Section
from situation.page.method import method_report, skill_sentence
from situation.page.payload import replay_payload
from situation.record.answers.state import Lens
from tests.browser.valley_page import comparison, ensemble
from tests.unit.small import Small, small_record

MARKED = "  - id: T1-01\n"
HEADINGS = [
    *("Key judgements", "The last changes of control, and who says so", "Where the sources disagree"),
    *("What may follow", "Signposts to watch", "What is assumed", "How far to trust it", "Sources"),
]


def told(*words: str) -> str:
    result = CliRunner().invoke(main, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> str:
    result = CliRunner().invoke(main, list(words), catch_exceptions=False)
    assert result.exit_code != 0
    return result.stderr


def headings(brief: Brief) -> list[str]:
    return [section.heading for section in brief.sections]


def test_the_brief_of_a_run_has_the_judgements_and_the_answers_of_its_page() -> None:
    payload = ensemble()
    brief = brief_of(payload, "")
    assert headings(brief) == [it for it in HEADINGS if it in headings(brief)]
    assert {"Key judgements", "What may follow", "How far to trust it", "Sources"} <= set(headings(brief))
    rows = brief_rows(brief)
    assert rows["sections"][0]["blocks"][0]["list"] == [it["text"] for it in payload["judgements"]]
    asked = next(it for it in rows["sections"] if it["heading"] == "What may follow")["blocks"][0]["rows"]
    assert [row[0] for row in asked] == [
        it["text"] or it["question"] for it in payload["ensembles"]["scenario"]["questions"]
    ][:9]


def test_a_brief_says_of_the_models_scores_what_the_page_of_its_limits_says() -> None:
    trust = next(
        it for it in brief_rows(brief_of(ensemble(), ""))["sections"] if it["heading"] == "How far to trust it"
    )
    said = " ".join(trust["blocks"][0]["list"])
    shown = {it["scenario"]: it["luck"] for it in method_report()["scores"]}
    assert skill_sentence() in said and "nowhere been shown to do better" not in said
    for name, luck in shown.items():
        assert name in said and (f"{name} is better than" in said) == (": better than" in luck)
    assert "no evidence of skill" in said or not any("better than" in luck for luck in shown.values())


def test_what_changes_nothing_is_no_change_and_a_number_within_luck_moves_nothing() -> None:
    """Arlen passes to the North, and a second report has it pass to the North again."""
    payload = ensemble()
    first = payload["readings"][0]
    taken = next(
        place for place, it in enumerate(first["entries"]) if it["lane"] == "control" and it["mark"] == "event"
    )
    again = [*next(row for row in first["history"] if row[4] == taken and row[0].endswith(".holder"))]
    first["entries"].append(first["entries"][taken] | {"text": "the North took it again", "time": again[2] + 1})
    credited = [again[0].replace(".holder", ".taken_by"), ["south"]]
    for cell, value in (again[:2], credited):
        first["history"].append([cell, value, again[2] + 1, again[3], len(first["entries"]) - 1, None, None])
    for it in payload["ensembles"]["scenario"]["questions"]:
        it["weights"] = [{"number": "close_combat_scale", "low": 0.4, "high": 0.41, "error": 0.2}]
    rows = {it["heading"]: it["blocks"][0] for it in brief_rows(brief_of(payload, ""))["sections"]}
    assert first["entries"][taken]["text"] in str(rows["The last changes of control, and who says so"])
    assert "took it again" not in str(rows["The last changes of control, and who says so"])
    assert {row[-1] for row in rows["What may follow"]["rows"]} == {"none beyond luck"}


def test_the_sources_of_a_brief_have_title_and_date_and_a_decimal_point_is_no_list() -> None:
    brief = brief_of(ensemble(), "")
    (words,) = [
        it.blocks[0].text for it in brief.sections if it.heading == "Sources" and isinstance(it.blocks[0], Paragraph)
    ]
    assert all(str(it["outlet"]) in words for it in ensemble()["sources"][:1])
    assert re.search(r", \d+ [A-Z][a-z]{2} 2020 \([A-F], ", words), words
    assert brief_markdown(Brief("0.2 to 0.6", "1. a", "", (), "")).startswith("# 0.2 to 0.6\n\n1\\. a")


def test_the_brief_of_a_comparison_has_differences_and_no_answers_of_one_side() -> None:
    brief = brief_of(comparison(), "")
    assert "What the scenario changes" in headings(brief)
    assert "What may follow" not in headings(brief)
    sides = comparison()["ensembles"]
    scenario, baseline = (sides[side]["digest"][:12] for side in ("scenario", "baseline"))
    own = comparison()["identity"]["digest"][:12]
    assert own not in (scenario, baseline)
    assert brief.foot.endswith(f"; comparison {own}, of scenario {scenario} and baseline {baseline}.")


def test_the_brief_of_a_record_leaves_out_what_only_stories_have() -> None:
    record = small_record()
    identity = {"digest": "0" * 12, "versions": {"situation": "0"}}
    brief = brief_of(replay_payload(record, record.minute(None), Lens(), identity), "TLP:AMBER")
    assert not {"What may follow", "Signposts to watch"} & set(headings(brief))
    assert brief_markdown(brief).startswith("**TLP:AMBER**\n")
    assert "<title>TLP:AMBER: " in brief_html(brief)


def test_the_brief_tells_how_the_run_scored_or_that_nothing_later_is_on_record() -> None:
    row = {"of": "control", "units": 6, "says": "no difference shown"}
    scores = {"days": 10, "skill": [row], "foresight": False}
    scores |= {"control": {"model": {"brier": 0.42}, "nothing changes": {"brier": 1.67}}}
    held = (
        "Held against the 10 days that the record goes on after the branch (6 reports on who holds a place), the stories score "
        "0.42, and the forecast that nothing changes 1.67 (Brier score; less is better)."
    )
    no_skill = "Beyond luck they are neither better nor worse on anything than forecasts that need no model."
    assert score_words(scores) == (held, no_skill)
    better = score_words({**scores, "skill": [row | {"says": "better"}]})
    assert better[1] == "Beyond luck they are better than some forecast that needs no model on who holds a place."
    assert better[2].startswith("None of this shows foresight")
    ended = "The record ends where the stories begin: nothing later is on record to score them by."
    assert score_words({"days": 0}) == (ended,)
    trusted = next(
        it for it in brief_rows(brief_of(ensemble(), "", {"days": 0}))["sections"] if "trust" in it["heading"]
    )
    assert ended in trusted["blocks"][0]["list"]


def test_no_text_becomes_markup() -> None:
    odd = "<b>*x*</b> | [a](http://b) \N{RIGHT-TO-LEFT OVERRIDE} # 1. \\ ![c]"
    blocks = (Paragraph(f"- {odd}"), Paragraph("1. one"), Bullets((odd,)), BriefTable((odd,), ((odd,),)))
    brief = Brief(odd, odd, odd, (Section(odd, blocks),), odd)
    page, text = brief_html(brief), brief_markdown(brief)
    assert "<b>" not in page
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page + text
    assert not re.search(r"(?<!\\)[<\[`]", text)
    assert "\n1\\. one" in text
    assert "\n\\- \\<b" in text
    table = [line for line in text.splitlines() if line.startswith("| ")]
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in table] == [2, 2]
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http://b", "").replace('http-equiv="', "")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tarn-valley"
    folder.mkdir()
    small = Small(folder)
    small.plant("record.yaml", MARKED, f"{MARKED}    tlp: amber\n").write()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_brief_is_printed_or_written_in_each_form(here: Path) -> None:
    text = told("brief", "tarn-valley")
    assert text.startswith("**TLP:AMBER**\n\n# The Tarn valley\n")
    told("brief", "tarn-valley", "--out", "brief.html")
    assert (here / "brief.html").read_text("utf-8").startswith("<!doctype html>")
    rows: dict[str, Any] = json.loads(told("brief", "tarn-valley", "--format", "json"))
    assert list(rows) == ["title", "subtitle", "mark", "sections", "foot"]
    folder = json.loads(told("replay", "tarn-valley", "--json"))["run"]
    assert told("brief", folder) == text


def test_a_label_is_never_laxer_than_the_records(here: Path) -> None:
    assert told("brief", "tarn-valley", "--tlp", "red").startswith("**TLP:RED**")
    assert "The record is TLP:AMBER, which is stricter than TLP:GREEN." in refused(
        "brief", "tarn-valley", "--tlp", "green"
    )
    assert "'mauve' is no label" in refused("brief", "tarn-valley", "--tlp", "mauve")


def test_a_brief_says_what_it_cannot_do(here: Path) -> None:
    assert "There is no such" in refused("brief", "nowhere")
    assert "which has no baseline" in refused("brief", "tarn-valley", "--against", "tarn-valley")
    assert "is no program" in refused("brief", "tarn-valley", "--format", "pdf", "--browser", "no-such-browser")


@pytest.mark.browser
def test_the_brief_of_the_first_situations_record_is_at_most_two_pages_of_pdf(tmp_path: Path) -> None:
    file = tmp_path / "brief.pdf"
    told("brief", "al-qaim-2017", "--out", str(file))
    content = file.read_bytes()
    assert content.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", content)) <= 2
