"""What record, state, ensemble and comparison show of themselves in a notebook, and the notebook of the documentation."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

import situation as sit
from situation.ensemble.notebook import ANSWER_COLUMNS, COMPARISON_COLUMNS, AnsweredEnsemble
from situation.record.notebook import LOG_COLUMNS, PLACE_COLUMNS
from tests.unit.small import Small
from tests.unit.valley_stories import scenario_of, valley

NOTEBOOK = Path(__file__).parents[3] / "docs" / "notebook.ipynb"


@pytest.fixture(scope="module")
def ensemble(tmp_path_factory: pytest.TempPathFactory) -> AnsweredEnsemble:
    scenario, record = scenario_of(valley(tmp_path_factory.mktemp("valley")))
    return sit.run(scenario, runs=8, seed=3, record=record)


def test_record_and_state_give_documented_frames_and_figures(tmp_path: Path) -> None:
    record = sit.load(Small(tmp_path).write().folder)
    log, then = record.frame(), record.state()
    assert list(log.columns) == list(LOG_COLUMNS) == list(log.attrs["columns"])
    assert len(log) == len(list(record.log()))
    places = then.frame()
    assert list(places.columns) == list(PLACE_COLUMNS) == list(places.attrs["columns"])
    assert dict(zip(places.place, places.status, strict=True)) == {
        place: state.status for place, state in then.places.items()
    }
    assert {trace.name for trace in then.figure().data} == {name or "nobody" for name in places.holder_names}
    assert {bar.y[0] for bar in record.figure().data} <= set(places.name)
    for shown in (record, then):
        assert record.ground.title in shown._repr_html_()
        assert record.ground.title in repr(shown)
        assert len(repr(shown)) < 100  # a line, in a terminal too


def test_nothing_of_a_record_is_taken_for_html(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.plant("map.yaml", 'title: "The Tarn valley"', 'title: "<script>\\u202e"')
    shown = sit.load(small.write().folder)._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "\u202e" not in shown


def test_an_ensemble_and_a_comparison_do_the_same(ensemble: AnsweredEnsemble) -> None:
    answers = ensemble.frame()
    assert list(answers.columns) == list(ANSWER_COLUMNS) == list(answers.attrs["columns"])
    assert list(answers.question) == list(ensemble.about.questions)
    assert repr(ensemble) == "<Ensemble of push-on: 8 stories, seed 3>"
    for question in (None, *ensemble.about.questions):
        assert ensemble.figure(question).data
    with pytest.raises(sit.Fault, match="There is no question 'camb'"):
        ensemble.figure("camb")
    other = evolve(ensemble, answers={name: values + 1.0 for name, values in ensemble.answers.items()})
    change = sit.compare(ensemble, other)
    frame = change.frame()
    assert [frame.index.name, *frame.columns] == list(COMPARISON_COLUMNS) == list(frame.attrs["columns"])
    assert (frame.difference == 1.0).all()
    (markers,) = change.figure().data
    assert markers.y and set(markers.y) <= {text or name for name, text in frame.text.items()}
    assert "The North pushes on" in ensemble._repr_html_()
    assert "No difference in" not in change._repr_html_()
    assert "No answer differs." in sit.compare(ensemble, ensemble)._repr_html_()


def test_every_column_is_documented_as_the_frames_have_it() -> None:
    page = (NOTEBOOK.parent / "python.md").read_text("utf-8")
    for columns in (LOG_COLUMNS, PLACE_COLUMNS, ANSWER_COLUMNS, COMPARISON_COLUMNS):
        assert "".join(f"| `{name}` | {words} |\n" for name, words in columns.items()) in page


def test_the_notebook_holds_no_output() -> None:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    assert all(cell["outputs"] == [] for cell in cells if cell["cell_type"] == "code")


@pytest.mark.long
def test_the_notebook_runs_from_its_first_cell_to_its_last() -> None:
    """In a fresh process, without Jupyter: each cell in order, and what its last line shows is made."""
    program = """
import ast, json, pathlib, sys
space = {}
for cell in json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cell", "exec"), space)
        if last is not None:
            shown = eval(compile(ast.Expression(last.value), "cell", "eval"), space)
            shown._repr_html_() if hasattr(shown, "_repr_html_") else repr(shown)
print("done")
"""
    command = [sys.executable, "-W", "error", "-c", program, str(NOTEBOOK)]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=NOTEBOOK.parents[1], check=False)
    assert ended.stderr == ""
    assert ended.stdout.endswith("done\n")
