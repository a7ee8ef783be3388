"""What the served edition says of jobs, of two that are compared, and of texts that name things of the files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import attrs
import pytest

from situation.errors import Fault
from situation.serving.forms.requests import comparison_request
from situation.serving.jobs.jobs import Job, JobState
from situation.serving.jobs.work import Task, TaskKind, decode_task, encode
from situation.serving.library import Library
from situation.serving.pages.compare import compare_page
from situation.serving.pages.elements import display_with_code
from situation.serving.pages.job import job_page
from situation.serving.pages.list import list_page
from situation.serving.pages.start import choice_page
from situation.serving.settings import Settings
from situation.serving.shelf import Shelf
from tests.unit.serving.served import CHILD, home_of
from tests.unit.valley_stories import PLAN

STANDS_IN = "push-on leaves the record on another day, so later, which later-guns extends, stands in for it."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    situation = home_of(tmp_path) / "scenarios" / "tarn-valley"
    later = PLAN.replace("scenario: push-on", "scenario: later").replace("at: 2020-03-12", "at: 2020-03-14", 1)
    (situation / "later.yaml").write_text(later)
    guns = CHILD.replace("scenario: guns", "scenario: later-guns").replace("extends: push-on", "extends: later")
    (situation / "later-guns.yaml").write_text(guns)
    return Settings(situation, tmp_path / "runs")


def listed(*jobs: Job) -> str:
    return bytes(list_page("The valley", [], jobs).body).decode()


def test_what_was_stopped_and_then_done_is_not_listed_as_not_done() -> None:
    task, other = (Task("run", title, "here", "runs") for title in ("The first", "The second"))
    stopped = Job(1, task, state="stopped", why="It was stopped.")
    assert "It was stopped." in listed(stopped)
    assert "It was stopped." in listed(Job(2, other, state="done"), stopped)
    assert "Not done" not in listed(Job(2, task, state="done"), stopped)
    again = listed(Job(2, task), stopped)
    assert "It waits for its turn." in again
    assert "It was stopped." not in again


@pytest.mark.parametrize("kind", get_args(TaskKind))
@pytest.mark.parametrize("state", get_args(JobState))
def test_a_job_of_any_kind_in_any_state_has_a_page(settings: Settings, kind: TaskKind, state: JobState) -> None:
    job = Job(1, Task(kind, "The work", "here", "runs"), state=state, total=8)
    page = bytes(job_page(job, settings, "The valley").body).decode()
    assert f'class="chip state {state}"' in page
    assert f"situation {kind}" in page
    assert ("/cancel" in page) == (not job.ended)


def test_that_another_scenario_stands_in_for_the_first_is_said(settings: Settings) -> None:
    library, shelf = Library(settings), Shelf(settings.runs)
    asked = {"first": "scenario:push-on", "second": "scenario:later-guns"}
    assert comparison_request(asked, library, shelf).stand_in_note == STANDS_IN
    assert comparison_request({**asked, "first": "scenario:later"}, library, shelf).stand_in_note == ""
    assert comparison_request({**asked, "second": "scenario:guns"}, library, shelf).stand_in_note == ""
    task = Task("compare", "later-guns against push-on", "here", "runs", ("push-on.yaml", "later-guns.yaml"))
    said = attrs.evolve(task, remark=STANDS_IN)
    assert decode_task(encode(said)) == said
    assert STANDS_IN in bytes(job_page(Job(1, said), settings, "The valley").body).decode()
    assert "stands in" not in bytes(job_page(Job(1, task), settings, "The valley").body).decode()


def test_a_scenario_set_against_itself_is_refused(settings: Settings) -> None:
    asked = {"first": "scenario:guns", "second": "scenario:guns"}
    with pytest.raises(Fault, match=r"guns is set against itself, so nothing can differ\. Choose another"):
        comparison_request(asked, Library(settings), Shelf(settings.runs))


def test_what_stands_between_backticks_is_shown_as_a_name_and_stays_text() -> None:
    assert display_with_code("set `a<b>` or `c` <i>") == "set <code>a&lt;b&gt;</code> or <code>c</code> &lt;i&gt;"
    assert display_with_code("one ` alone") == "one ` alone"


def test_what_is_compared_to_begin_with_is_a_scenario_and_one_that_extends_it(settings: Settings) -> None:
    scenarios = Library(settings).scenarios()
    page = bytes(compare_page("The valley", [], scenarios, {"first": "scenario:later"}, settings.limits).body).decode()
    assert re.findall(r'<option value="([^"]*)" selected>([^<]*)<', page) == [
        ("scenario:later", "The North pushes on (later)"),
        ("scenario:later-guns", "The South gets guns (later-guns)"),
    ]


def test_a_scenario_to_choose_has_its_day_in_words_and_its_text_cut_after_a_sentence(settings: Settings) -> None:
    file = settings.situation / "later.yaml"
    sentence = "The North goes on along the road to the dell, and the rest waits for what comes of it. "
    file.write_text(re.sub(r"about: .*", f"about: {sentence * 8}", file.read_text(), count=1))
    page = bytes(choice_page("The valley", Library(settings).scenarios()).body).decode()
    assert "leaves the record on 14 Mar 2020" in page
    (about,) = re.findall(r"<bdi>(The North goes on along[^<]*)</bdi>", page)
    assert about == (sentence * 4).strip()
