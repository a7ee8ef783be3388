"""The list of runs, with the jobs under way above it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import HTMLResponse

from situation.log.time_words import date_in_words
from situation.log.value_words import count_in_words
from situation.serving.jobs.jobs import Job
from situation.serving.pages.elements import Child, Html, display, element, fragment
from situation.serving.pages.job import progress_row
from situation.serving.pages.shell import html_page, note
from situation.serving.shelf import RUNS_ON_A_PAGE, ListedRun

__all__ = ["list_page"]

_JOBS_SHOWN = 4
"""Jobs shown above the list, where fewer are under way."""
_KIND_WORDS = {"ensemble": "stories", "comparison": "comparison", "replay": "replay", "": "not readable"}


def list_page(
    name: str,
    runs: Sequence[ListedRun],
    jobs: Sequence[Job],
    count: int = 0,
    start: int = 0,
    twins: frozenset[str] = frozenset(),
    situation: str = "",
) -> HTMLResponse:
    """The first page: jobs under way, and the runs.

    Args:
        name: the situation's.
        runs: those shown.
        jobs: all, the latest first.
        count: the number of runs in all.
        start: the number of later runs, which are not shown.
        twins: the names of the runs that a comparison made as a baseline of its own.
        situation: its id: a run of another cannot be compared with one of this.
    """
    count_words = f"{count_in_words(count, 'run folder')}, the latest first"
    shown_words = f": {start + 1:,} to {start + len(runs):,}." if len(runs) < count else "."
    return html_page(
        "Runs",
        _jobs(jobs),
        _ways(),
        element("p", f"{count_words}{shown_words}", class_="soft") if runs else None,
        element("ul", *(_run_item(run, situation, run.name in twins) for run in runs), class_="runs")
        if runs
        else _empty(count),
        _further(count, start),
        here="/",
        name=name,
    )


def _further(count: int, start: int) -> Html | None:
    """Links to later and to older runs."""
    ways = []
    if start:
        ways.append(element("a", "Later runs", href=f"/?from={max(0, start - RUNS_ON_A_PAGE)}", class_="button"))
    if start + RUNS_ON_A_PAGE < count:
        ways.append(element("a", "Older runs", href=f"/?from={start + RUNS_ON_A_PAGE}", class_="button"))
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
    """Jobs under way, and the last that failed or were stopped; those done are among the runs.

    Of several jobs for the same task only the latest counts, so one stopped and started again is not shown as undone.
    """
    tried = {job.task: job.number for job in sorted(jobs, key=lambda job: job.number)}
    latest = [job for job in jobs if tried[job.task] == job.number]
    alive = [job for job in latest if not job.ended]
    ended = [job for job in latest if job.state in ("failed", "stopped")][: max(0, _JOBS_SHOWN - len(alive))]
    if not alive and not ended:
        return None
    rows = [
        element(
            "li",
            element(
                "p",
                element("a", element("bdi", display(job.task.title, 160)), href=f"/jobs/{job.id}", class_="lead"),
                element("span", f"  {count_in_words(job.task.stories, 'story')}, seed {job.task.seed}", class_="soft")
                if job.task.stories
                else None,
            ),
            progress_row(job),
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


def _judged(words: str) -> Html:
    """The first key judgement of a run."""
    return element("p", element("strong", element("bdi", display(words, 400))), class_="headline")


def _run_item(run: ListedRun, situation: str, twin: bool = False) -> Html:
    """A run as an item of the list; `twin`: a comparison made it as a baseline of its own."""
    if run.problem:
        name = element("bdi", display(run.name))
        return element(
            "li",
            element("p", element("a", name, href=f"/runs/{run.name}") if run.files else name, class_="lead"),
            note(display(run.problem), "bad"),
            class_="card",
        )
    title = element("a", element("bdi", display(run.title, 200)), href=f"/runs/{run.name}")
    facts: list[Child] = [element("span", _KIND_WORDS[run.kind], class_=f"chip {run.kind}")]
    facts += [element("span", "a comparison's own baseline", class_="chip")] if twin else []
    facts += [element("code", display(run.name, 120))]
    facts += (
        [element("span", count_in_words(run.stories, "pair" if run.kind == "comparison" else "story"))]
        if run.stories
        else []
    )
    facts += [element("span", f"seed {run.seed}")] if run.seed is not None else []
    facts += [element("span", f"leaves the record on {date_in_words(run.branch)}")] if run.branch else []
    facts += (
        [element("span", f"as known on {date_in_words(run.known_at)}")]
        if run.known_at and run.known_at != run.branch
        else []
    )
    facts += [element("time", date_in_words(run.written), datetime=run.written.replace(" ", "T"))]
    question, answer = run.headline
    headline = element(
        "p",
        element("span", element("bdi", display(question, 300)), class_="question"),
        " ",
        element("strong", element("bdi", display(answer, 200))),
        class_="headline",
    )
    compared = element(
        "a",
        "Compare",
        href=f"/compare?second=run:{run.name}",
        class_="button",
        aria_label=f"Compare: {display(run.title, 120)}, {run.name}",
    )
    opened = element(
        "a",
        "Open the page",
        href=f"/runs/{run.name}/page",
        class_="button",
        aria_label=f"Open the page: {display(run.title, 120)}, {run.name}",
    )
    return element(
        "li",
        element(
            "div",
            element("p", title, class_="lead"),
            _judged(run.judgements[0]) if run.judgements else headline if question else None,
            element("p", fragment(*facts), class_="facts"),
            class_="grow",
        ),
        compared if run.kind == "ensemble" and run.situation == situation else None,
        opened,
        class_="card run",
    )
