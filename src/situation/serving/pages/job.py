"""One job: how far it is, what it came to, and how it can be stopped or begun again."""

from __future__ import annotations

import shlex
from pathlib import Path

from starlette.responses import HTMLResponse

from situation.serving.jobs.jobs import Job
from situation.serving.jobs.work import Task
from situation.serving.pages.elements import Child, Html, element, said
from situation.serving.pages.shell import note, page, when_spoken
from situation.serving.settings import Setting

__all__ = ["command_of", "job_page", "progress", "words_of"]

AGAIN = 3
"""Seconds after which a browser without scripts asks again."""
STATES = {"waiting": "waits", "running": "runs", "done": "done", "failed": "failed", "stopped": "stopped"}


def words_of(job: Job) -> str:
    """How far a job is, in a line. The script of the page says the same."""
    if job.state == "waiting":
        return "It waits for its turn."
    if job.state == "done":
        return f"Done in {when_spoken(job.seconds)}."
    if job.ended:
        kept = job.told and job.task.kind != "replay"
        return f"{job.why} {job.told:,} of {job.of:,} stories are told, and kept." if kept else job.why
    if not job.stage:
        return "It begins."
    if job.stage == "page":
        return f"All {job.of:,} stories are told; the answers and the page are being made."
    told = f"{job.told:,} of {job.of:,} stories told"
    about = f" of {said(job.stage, 80)}" if job.task.kind == "compare" else ""
    rate = f", {job.rate:,.1f} a second" if job.rate else ""
    left = f", about {when_spoken(job.left)} left" if job.left is not None else ""
    return f"{told}{about}{rate}{left}."


def progress(job: Job) -> Html:
    """A job's state, bar and words; the script keeps those of a job that has not ended as they are."""
    watched = None if job.ended else job.id
    label = f"Stories told: {said(job.task.title, 120)}"
    bar = (
        element("progress", value=job.told, max=max(1, job.of), aria_label=label)
        if job.state == "running" and job.of
        else None
    )
    result = (
        element(
            "a",
            "Open the page",
            href=f"/runs/{job.result}/page",
            class_="button strong",
            aria_label=f"Open the page: {said(job.task.title, 120)}",
        )
        if job.state == "done"
        else None
    )
    return element(
        "div",
        element("span", STATES[job.state], class_=f"chip state {job.state}"),
        bar,
        element("span", said(words_of(job), 2000), class_="words"),
        result,
        class_="progress",
        data_job=watched,
    )


def job_page(job: Job, setting: Setting, name: str, notice: str = "") -> HTMLResponse:
    """The page of a job."""
    actions: list[Child] = []
    if not job.ended:
        actions.append(_post(f"/jobs/{job.id}/cancel", "Stop it"))
    elif job.state != "done":
        actions.append(_post(f"/jobs/{job.id}/again", "Go on where it stopped" if job.told else "Try again"))
    else:
        actions.append(element("a", "Answers, tables and scenario", href=f"/runs/{job.result}", class_="button"))
    kept = "The same work goes on from what is kept, here or from the command line, and ends in the same bytes."
    return page(
        job.task.title,
        note(notice) if notice else None,
        note(said(job.task.remark)) if job.task.remark else None,
        element(
            "section",
            element("h2", "How far it is", id="far-heading"),
            progress(job),
            element("p", "", class_="unseen", role="status", id="spoken"),
            element("p", kept, class_="soft")
            if job.state in ("failed", "stopped") and job.task.kind != "replay"
            else None,
            element("details", element("summary", "What its process wrote"), element("pre", said(job.detail, 6000)))
            if job.detail
            else None,
            element("div", *actions, class_="actions"),
            class_="card",
            aria_labelledby="far-heading",
        ),
        _task(job.task, setting),
        name=name,
        again=None if job.ended else AGAIN,
    )


def _post(action: str, words: str) -> Html:
    return element("form", element("button", words, type="submit"), method="post", action=action)


def _task(task: Task, setting: Setting) -> Html:
    rows: list[tuple[str, str]] = []
    if task.kind != "replay":
        rows += [("stories", f"{task.stories:,}"), ("seed", str(task.seed))]
    for term, one in zip(("from", "to") if len(task.scenarios) > 1 else ("scenario",), task.scenarios, strict=False):
        file = Path(one)
        there = f"/scenarios/{file.name}" if file.suffix == ".yaml" else f"/runs/{file.name}"
        rows.append((term, element("a", said(file.name.removesuffix(".yaml")), href=there)))
    rows += [("left out", ", ".join(task.without))] if task.without else []
    facts = [part for term, words in rows for part in (element("dt", term), element("dd", element("bdi", words)))]
    return element(
        "section",
        element("h2", "What it is", id="what-heading"),
        element("dl", *facts, class_="pairs"),
        element("p", "The same from the command line:", class_="soft"),
        element("pre", command_of(task, setting), tabindex=0, role="region", aria_label="Command"),
        class_="card",
        aria_labelledby="what-heading",
    )


def command_of(task: Task, setting: Setting) -> str:
    """The command that does the same where the server was started."""
    words = ["situation", task.kind]
    situation = Path(task.situation)
    usual = situation.parent == Path("scenarios")
    if task.kind == "replay":
        words += [situation.name if usual else task.situation]
    for one in task.scenarios:
        file = Path(one)
        words += [file.stem if usual and file.parent == situation else one]
    if task.kind != "replay":
        words += ["--runs", str(task.stories), "--seed", str(task.seed)]
    for part in task.without:
        words += ["--without", part]
    return shlex.join(words)
