"""The list of runs, with the jobs that are under way above it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import HTMLResponse

from situation.log.record_words import count_in_words
from situation.serving.jobs.jobs import Job
from situation.serving.pages.elements import Child, Html, element, joined, said
from situation.serving.pages.job import progress
from situation.serving.pages.shell import note, page
from situation.serving.shelf import MOST, Shown

__all__ = ["list_page", "listed_run"]

MANY = 4
"""Jobs above it, where fewer are under way."""
KINDS = {"ensemble": "stories", "comparison": "comparison", "replay": "replay", "": "not readable"}


def list_page(
    name: str,
    runs: Sequence[Shown],
    jobs: Sequence[Job],
    count: int = 0,
    start: int = 0,
    twins: frozenset[str] = frozenset(),
    situation: str = "",
) -> HTMLResponse:
    """The first page: what is under way, what there is, and where to go on.

    Args:
        name: the situation's.
        runs: those that are shown.
        jobs: all, the latest first.
        count: how many runs there are in all.
        start: how many later ones are not shown.
        twins: the names of those that a comparison has told for itself.
        situation: its id: a run of another cannot be compared with one of this.
    """
    told = f"{count_in_words(count, 'run folder')}, the latest first"
    some = f": {start + 1:,} to {start + len(runs):,}." if len(runs) < count else "."
    return page(
        "Runs",
        _jobs(jobs),
        _ways(),
        element("p", f"{told}{some}", class_="soft") if runs else None,
        element("ul", *(listed_run(run, situation, run.name in twins) for run in runs), class_="runs")
        if runs
        else _empty(count),
        _further(count, start),
        here="/",
        name=name,
    )


def _further(count: int, start: int) -> Html | None:
    """The ways to later and to older runs."""
    ways = []
    if start:
        ways.append(element("a", "Later runs", href=f"/?from={max(0, start - MOST)}", class_="button"))
    if start + MOST < count:
        ways.append(element("a", "Older runs", href=f"/?from={start + MOST}", class_="button"))
    return element("nav", *ways, class_="actions", aria_label="More runs") if ways else None


def _empty(count: int) -> Html:
    words = (
        "No run is as old as that."
        if count
        else "Nothing has been run yet. Start with the replay of the record, or with a scenario: 200 stories take a while."
    )
    return element("p", words, class_="empty")


def _ways() -> Html:
    replay = element("form", element("button", "Replay the record", type="submit"), method="post", action="/replay")
    start = element("a", "Start a scenario", href="/new", class_="button strong")
    return element(
        "div", start, element("a", "Compare two", href="/compare", class_="button"), replay, class_="actions"
    )


def _jobs(jobs: Sequence[Job]) -> Html | None:
    """Jobs that are under way, and the last that came to nothing; what was done stands among the runs.

    Of jobs that do the same only the latest counts: what was stopped and then begun again is not left undone.
    """
    tried = {job.task: job.number for job in sorted(jobs, key=lambda job: job.number)}
    latest = [job for job in jobs if tried[job.task] == job.number]
    alive = [job for job in latest if not job.ended]
    ended = [job for job in latest if job.state in ("failed", "stopped")][: max(0, MANY - len(alive))]
    if not alive and not ended:
        return None
    rows = [
        element(
            "li",
            element(
                "p",
                element("a", element("bdi", said(job.task.title, 160)), href=f"/jobs/{job.id}", class_="lead"),
                element("span", f"  {count_in_words(job.task.stories, 'story')}, seed {job.task.seed}", class_="soft")
                if job.task.stories
                else None,
            ),
            progress(job),
        )
        for job in [*sorted(alive, key=lambda job: job.number), *ended]
    ]
    return element(
        "section",
        element("h2", "Under way" if alive else "Not done", id="jobs-heading"),
        element("ul", *rows, class_="jobs"),
        class_="card",
        aria_labelledby="jobs-heading",
    )


def listed_run(run: Shown, situation: str, twin: bool = False) -> Html:
    """A run as a row of the list, to be compared where it is of this situation; `twin`: a comparison has told it for itself."""
    if run.problem:
        name = element("bdi", said(run.name))
        return element(
            "li",
            element("p", element("a", name, href=f"/runs/{run.name}") if run.files else name, class_="lead"),
            note(said(run.problem), "bad"),
            class_="card",
        )
    title = element("a", element("bdi", said(run.title, 200)), href=f"/runs/{run.name}")
    facts: list[Child] = [element("span", KINDS[run.kind], class_=f"chip {run.kind}")]
    facts += [element("span", "a comparison's own baseline", class_="chip")] if twin else []
    facts += [element("code", said(run.name, 120))]
    facts += (
        [element("span", count_in_words(run.stories, "pair" if run.kind == "comparison" else "story"))]
        if run.stories
        else []
    )
    facts += [element("span", f"seed {run.seed}")] if run.seed is not None else []
    facts += [element("span", f"leaves the record on {run.branch}")] if run.branch else []
    facts += [element("span", f"known {run.known_at}")] if run.known_at and run.known_at != run.branch else []
    facts += [element("time", run.written, datetime=run.written.replace(" ", "T"))]
    question, answer = run.headline
    headline = element(
        "p",
        element("span", element("bdi", said(question, 300)), class_="asked"),
        " ",
        element("strong", element("bdi", said(answer, 200))),
        class_="headline",
    )
    compared = element(
        "a",
        "Compare",
        href=f"/compare?second=run:{run.name}",
        class_="button",
        aria_label=f"Compare: {said(run.title, 120)}, {run.name}",
    )
    opened = element(
        "a",
        "Open the page",
        href=f"/runs/{run.name}/page",
        class_="button",
        aria_label=f"Open the page: {said(run.title, 120)}, {run.name}",
    )
    return element(
        "li",
        element(
            "div",
            element("p", title, class_="lead"),
            headline if question else None,
            element("p", joined(*facts), class_="facts"),
            class_="grow",
        ),
        compared if run.kind == "ensemble" and run.situation == situation else None,
        opened,
        class_="card run",
    )
