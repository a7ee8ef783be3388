"""The page of a job: its progress, its outcome, and buttons to stop it or start it again."""

from __future__ import annotations

import shlex
from pathlib import Path

from starlette.responses import HTMLResponse

from situation.serving.jobs.jobs import Job
from situation.serving.jobs.work import Task
from situation.serving.pages.elements import Child, Html, display, element
from situation.serving.pages.shell import duration_in_words, html_page, note
from situation.serving.settings import Settings

__all__ = ["job_page", "progress_row", "progress_words"]

_REFRESH_SECONDS = 3
"""A browser without scripts asks again after so long."""
_STATE_WORDS = {"waiting": "waits", "running": "runs", "done": "done", "failed": "failed", "stopped": "stopped"}


def progress_words(job: Job) -> str:
    """A job's progress in a line. The script of the page writes the same."""
    if job.state == "waiting":
        return "It waits for its turn."
    if job.state == "done":
        return f"Done in {duration_in_words(job.seconds)}."
    if job.ended:
        resumable = job.finished and job.task.kind != "replay"
        return f"{job.why} {job.finished:,} of {job.total:,} stories are done, and kept." if resumable else job.why
    if not job.stage:
        return "It begins."
    if job.stage == "page":
        return f"All {job.total:,} stories are done; the answers and the page are being made."
    count = f"{job.finished:,} of {job.total:,} stories done"
    about = f" of {display(job.stage, 80)}" if job.task.kind == "compare" else ""
    rate = f", {job.rate:,.1f} a second" if job.rate else ""
    left = f", about {duration_in_words(job.seconds_left)} left" if job.seconds_left is not None else ""
    return f"{count}{about}{rate}{left}."


def progress_row(job: Job) -> Html:
    """A job's state, bar and words; the script updates them until the job has ended."""
    watched = None if job.ended else job.id
    label = f"Stories done: {display(job.task.title, 120)}"
    bar = (
        element("progress", value=job.finished, max=max(1, job.total), aria_label=label)
        if job.state == "running" and job.total
        else None
    )
    result = (
        element(
            "a",
            "Open the page",
            href=f"/runs/{job.result}/page",
            class_="button strong",
            aria_label=f"Open the page: {display(job.task.title, 120)}",
        )
        if job.state == "done"
        else None
    )
    return element(
        "div",
        element("span", _STATE_WORDS[job.state], class_=f"chip state {job.state}"),
        bar,
        element("span", display(progress_words(job), 2000), class_="words"),
        result,
        class_="progress",
        data_job=watched,
    )


def job_page(job: Job, settings: Settings, name: str, notice: str = "") -> HTMLResponse:
    """The page of a job."""
    actions: list[Child] = []
    if not job.ended:
        actions.append(_post(f"/jobs/{job.id}/cancel", "Stop it"))
    elif job.state != "done":
        actions.append(_post(f"/jobs/{job.id}/again", "Go on where it stopped" if job.finished else "Try again"))
    else:
        actions.append(element("a", "Answers, tables and scenario", href=f"/runs/{job.result}", class_="button"))
    going_on = "The same work goes on from what is kept, here or from the command line, and ends in the same bytes."
    return html_page(
        job.task.title,
        note(notice) if notice else None,
        note(display(job.task.remark)) if job.task.remark else None,
        element(
            "section",
            element("h2", "How far it is", id="far-heading"),
            progress_row(job),
            element("p", "", class_="unseen", role="status", id="spoken"),
            element("p", going_on, class_="soft")
            if job.state in ("failed", "stopped") and job.task.kind != "replay"
            else None,
            element("details", element("summary", "What its process wrote"), element("pre", display(job.detail, 6000)))
            if job.detail
            else None,
            element("div", *actions, class_="actions"),
            class_="card",
            aria_labelledby="far-heading",
        ),
        _task(job.task, settings),
        name=name,
        again=None if job.ended else _REFRESH_SECONDS,
    )


def _post(action: str, words: str) -> Html:
    return element("form", element("button", words, type="submit"), method="post", action=action)


def _task(task: Task, settings: Settings) -> Html:
    rows: list[tuple[str, str]] = []
    if task.kind != "replay":
        rows += [("stories", f"{task.stories:,}"), ("seed", str(task.seed))]
    for term, path in zip(("from", "to") if len(task.scenarios) > 1 else ("scenario",), task.scenarios, strict=False):
        file = Path(path)
        address = f"/scenarios/{file.name}" if file.suffix == ".yaml" else f"/runs/{file.name}"
        rows.append((term, element("a", display(file.name.removesuffix(".yaml")), href=address)))
    rows += [("left out", ", ".join(task.without))] if task.without else []
    facts = [part for term, words in rows for part in (element("dt", term), element("dd", element("bdi", words)))]
    return element(
        "section",
        element("h2", "What it is", id="what-heading"),
        element("dl", *facts, class_="pairs"),
        element("p", "The same from the command line:", class_="soft"),
        element("pre", _equivalent_command(task, settings), tabindex=0, role="region", aria_label="Command"),
        class_="card",
        aria_labelledby="what-heading",
    )


def _equivalent_command(task: Task, settings: Settings) -> str:
    """The command that does the same in the folder in which the server was started."""
    words = ["situation", task.kind]
    situation = Path(task.situation)
    usual = situation.parent == Path("scenarios")
    if task.kind == "replay":
        words += [situation.name if usual else task.situation]
    for path in task.scenarios:
        file = Path(path)
        words += [file.stem if usual and file.parent == situation else path]
    if task.kind != "replay":
        words += ["--runs", str(task.stories), "--seed", str(task.seed)]
    for part in task.without:
        words += ["--without", part]
    return shlex.join(words)
