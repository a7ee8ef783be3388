"""The page about a run: its answers in a table, its files to download, and what can be done with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from situation.ensemble.answer_words import (
    DIFFERENCE_COLUMNS,
    ESTIMATES,
    answer_row,
    by_difference,
    difference_row,
    no_difference_in_words,
)
from situation.errors import SituationError
from situation.log.time_words import date_in_words
from situation.record.loading import PARTS
from situation.runs.manifest import MANIFEST, PAGE, readable
from situation.runs.run_shapes import COMPARISON, QUESTIONS, read_json
from situation.serving.pages.elements import Child, Html, display, element
from situation.serving.pages.shell import html_page, note
from situation.serving.shelf import ListedRun

__all__ = ["details_page"]

_FILE_NOTES = {
    "about.json": "what the stories are of, and every number that they drew from",
    "clashes.parquet": "incidents between forces that are not at war, a row each",
    "compared-with.yaml": "the scenario that it is the baseline of, which lent it questions or its day",
    "comparison.json": "the paired differences, and what parts the stories",
    "control_by_day.parquet": "share of the stories in which each holds each place, by day",
    "datapackage.json": "every column of the tables, with its unit",
    "draws.parquet": "what was drawn: numbers, forces, and sides taken in disputes",
    "events.jsonl": "the log, an entry a line",
    "history.csv": "every value of every cell of the state, with since and until",
    "history.parquet": "the same as Parquet",
    "holders.parquet": "who held what from when, story by story",
    "judgements.json": "what it comes to, in a few sentences",
    "manifest.json": "what the run is: digests, versions, and the size of each file",
    "partings.parquet": "where each pair of stories parts, and by which event",
    "passages.parquet": "how often each took each place, and when first",
    "questions.json": "the answers in full, with what they hang on",
    "runs.parquet": "a row a story: its draws and its answers",
    "scenario.json": "the scenario as it was run",
    "scenario.yaml": "its file, as it was written",
    "state.json": "the state at the end",
    "strengths.parquet": "men of each actor by day, story by story",
    "strengths_by_day.parquet": "the bands of the same",
    "triggers.parquet": "what the scenario let happen, and when",
    "fates.parquet": "what had become of all men, every ten days",
    "twins.parquet": "marks by which two stories on the same luck are held together",
}


def details_page(
    run: ListedRun,
    folder: Path,
    scenario: str | None,
    text: str,
    measure: str | None,
    name: str,
    notice: str = "",
    ours: bool = False,
) -> HTMLResponse:
    """The page about a run.

    Args:
        run: the run.
        folder: its folder.
        scenario: the name of its scenario, where that can be started again.
        text: that scenario's file; empty where it is not here.
        measure: the name of the scenario that this one extends, with which it can be compared.
        name: the situation's.
        notice: a message about what has just happened.
        ours: whether it is an ensemble of the served situation, so that it can be compared with another.
    """
    lost = PAGE in run.damaged and not run.problem
    page = element("a", "Open the page", href=f"/runs/{run.name}/page", class_="button strong")
    actions: list[Child] = [] if lost else [page]
    if scenario is not None:
        left = {f"without:{part}": "on" for part in PARTS[1:] if part not in run.parts}
        fields = urlencode({"stories": run.stories, "seed": run.seed or 0, **left})
        actions.append(element("a", "Start again with changes", href=f"/new/{scenario}?{fields}", class_="button"))
        actions.append(element("a", "Its scenario as YAML", href=f"/scenarios/{scenario}.yaml", class_="button"))
    if measure is not None:
        address = f"/compare?first=scenario:{measure}&second=run:{run.name}"
        actions.append(element("a", f"Compare with {measure}", href=address, class_="button"))
    elif ours:
        actions.append(element("a", "Compare with another", href=f"/compare?first=run:{run.name}", class_="button"))
    return html_page(
        run.title or run.name,
        note(notice, "good") if notice else None,
        note(display(run.problem), "bad") if run.problem else None,
        note(f"Its page is gone or was changed. Make it anew: situation dashboard {folder}.", "bad") if lost else None,
        element("div", *actions, class_="actions") if not run.problem else None,
        _judged(run),
        _answers(run, folder),
        _facts(run),
        _files(run, folder),
        _scenario(text) if text else None,
        name=name,
    )


def _judged(run: ListedRun) -> Html | None:
    """The key judgements of the run, which head its page as they head the list."""
    if not run.judgements:
        return None
    lines = [element("li", element("bdi", display(words, 400))) for words in run.judgements]
    return element("section", element("h2", "Key judgements"), element("ul", *lines, class_="judged"), class_="card")


def _scenario(text: str) -> Html:
    """The text of the scenario's file."""
    return element(
        "details",
        element("summary", element("h2", "Its scenario's file")),
        element("pre", display(text, 200_000), tabindex=0, role="region", aria_label="Its scenario's file"),
        class_="card group",
    )


def _facts(run: ListedRun) -> Html:
    rows: list[tuple[str, Child]] = [("folder", element("code", run.name))]
    rows += [("scenario", display(run.scenario))] if run.scenario else []
    stories = "pairs of stories" if run.kind == "comparison" else "stories"
    rows += [(stories, f"{run.stories:,}"), ("seed", str(run.seed))] if run.stories else []
    rows += (
        [("leaves the record", f"{date_in_words(run.branch)}, as known on {date_in_words(run.known_at)}")]
        if run.branch
        else []
    )
    rows += [("parts of the record", ", ".join(run.parts))] if run.parts else []
    for term, digest, folder in zip(
        ("run of the baseline", "run of the scenario"), (run.first, run.second), run.pair, strict=True
    ):
        if digest:
            rows.append(
                (term, element("a", folder, href=f"/runs/{folder}") if folder else element("code", digest[:12]))
            )
    rows += [("written", date_in_words(run.written))] if run.written else []
    facts = [part for term, words in rows for part in (element("dt", term), element("dd", element("bdi", words)))]
    return element("dl", *facts, class_="pairs card")


def _answers(run: ListedRun, folder: Path) -> Html | None:
    """The answers of a run, or what is wrong with their file; None of a replay, which has none."""
    if run.kind in ("replay", ""):
        return None
    shapes = {
        "ensemble": ("questions.json", QUESTIONS, _of_stories),
        "comparison": ("comparison.json", COMPARISON, _of_pairs),
    }
    file, shape, read = shapes[run.kind]
    try:
        with readable(folder / file):
            heads, rows, words = read(run, read_json(folder / file, shape))
    except SituationError as error:
        return note(display(error), "bad")
    return _table_of(heads, rows, words)


_Answers = tuple[tuple[str, ...], list[tuple[str, ...]], str]
"""The heads of a table of answers, its rows, and the note under it."""


def _of_stories(run: ListedRun, answers: Any) -> _Answers:
    rows: list[tuple[str, ...]] = [
        (str(answer["text"] or answer["question"]), *answer_row(answer)) for answer in answers["questions"]
    ]
    failed = len(answers["failed"])
    words = f"{failed} of {run.stories:,} stories failed, and are left out." if failed else ""
    return ("question", "answer", "outer band", "error or spread", "in this model"), rows, words


def _of_pairs(_run: ListedRun, answers: Any) -> _Answers:
    differing, _ = by_difference(answers)
    notes = [no_difference_in_words(answers)]
    if differing:
        notes += [ESTIMATES, "Differences are scenario less baseline, of shares in points."]
        notes += ["Less, same, more: of 100 pairs, in how many the scenario has it so."]
    heads = ("question", "baseline", "scenario", *DIFFERENCE_COLUMNS[3:])
    return heads, [difference_row(row) for row in differing], " ".join(filter(None, notes))


def _table_of(heads: tuple[str, ...], rows: list[tuple[str, ...]], words: str) -> Html:
    body = [
        element(
            "tr",
            element("th", element("bdi", display(row[0], 400)), scope="row"),
            *(element("td", display(cell, 200), data_head=name) for name, cell in zip(heads[1:], row[1:], strict=True)),
        )
        for row in rows
    ]
    head = element("thead", element("tr", *(element("th", column, scope="col") for column in heads)))
    table = element("table", element("caption", "Its questions", class_="unseen"), head, element("tbody", *body))
    return element(
        "section",
        element("h2", "Answers"),
        element("div", table, class_="wide", tabindex=0, role="region", aria_label="Answers") if rows else None,
        element("p", words, class_="soft") if words else None,
        class_="card",
    )


def _files(run: ListedRun, folder: Path) -> Html | None:
    rows, gone = [], []
    for file in (*run.files, MANIFEST):
        if file == PAGE:
            continue
        if file in run.damaged or not (folder / file).is_file():
            gone.append(file)
            continue
        address = f"/runs/{run.name}/files/{file}"
        csv = (
            element("a", "CSV", href=f"{address}?as=csv", aria_label=f"{file} as CSV")
            if file.endswith(".parquet")
            else None
        )
        size = f"{max(1, round((folder / file).stat().st_size / 1024)):,} kB"
        rows.append(
            element(
                "tr",
                element("th", element("a", file, href=address), scope="row"),
                element("td", csv),
                element("td", size, class_="number"),
                element("td", _FILE_NOTES.get(file, "")),
            )
        )
    if not rows:
        return None
    head = element(
        "thead",
        element("tr", *(element("th", column, scope="col") for column in ("file", "also as", "size", "what it holds"))),
    )
    table = element("table", element("caption", "Its files", class_="unseen"), head, element("tbody", *rows))
    return element(
        "section",
        element("h2", "Tables to take away"),
        note(f"Gone or damaged: {', '.join(gone)}.", "bad") if gone else None,
        element("div", table, class_="wide", tabindex=0, role="region", aria_label="Files"),
        class_="card",
    )
