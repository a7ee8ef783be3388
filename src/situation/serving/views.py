"""Requests that only look: the list of runs, a run, its files, the forms, and jobs with their progress."""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from attrs import evolve, field, frozen
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from situation.errors import Fault, SituationError, harmless_json
from situation.runs.finding import home_of_run
from situation.runs.manifest import PAGE, read_manifest
from situation.runs.pages import page_of_run, write_page
from situation.serving.doorkeeper import login_page
from situation.serving.files import SentFile
from situation.serving.forms.requests import open_form
from situation.serving.jobs.jobs import Job, Jobs
from situation.serving.library import Library, ListedScenario, situation_stamp
from situation.serving.pages.compare import comparable_runs, compare_page
from situation.serving.pages.job import job_page, progress_words
from situation.serving.pages.list import list_page
from situation.serving.pages.run import details_page
from situation.serving.pages.start import choice_page, form_page
from situation.serving.settings import Settings
from situation.serving.shelf import ListedRun, Shelf, folder_stamp
from situation.serving.tables import Tables

__all__ = ["Views", "attachment_header", "event_stream"]

_SANDBOX = (
    "default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "sandbox allow-scripts allow-downloads allow-modals"
)
"""A run's page has a stricter policy of its own. This one isolates it, so that nothing in it can reach the server."""
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]+")
_NOTICES = {"there": "This has been run before, with the same numbers and the same luck: here it is."}
_QUIET_SECONDS = 15.0
"""Without a change for so long the state is sent again, so that nothing between takes the connection for dead."""
_FAILURES_REMEMBERED = 1000
"""Pages that could not be made, of which the reason is remembered."""
_GAP_SECONDS = 0.2
"""At least so long between two events."""


@frozen
class Views:
    """The answers to GET requests."""

    settings: Settings
    library: Library
    shelf: Shelf
    jobs: Jobs
    tables: Tables
    making: threading.Lock = field(factory=threading.Lock, eq=False)
    _failures: dict[str, tuple[Any, str]] = field(factory=dict, eq=False)

    async def name(self) -> str:
        """The situation's title; its folder's name while its files are wrong."""
        try:
            return (await run_in_threadpool(self.library.record)).ground.title
        except SituationError:
            return self.settings.situation.name

    async def _called(self, run: ListedRun) -> ListedRun:
        """A run; a replay of this situation by the situation's title."""
        here = run.kind == "replay" and run.situation == await run_in_threadpool(self._situation)
        return evolve(run, title=f"Replay: {await self.name()}") if here else run

    def _scenarios(self) -> dict[str, ListedScenario]:
        """Every scenario; none while the situation's files are wrong, since runs can still be looked at."""
        try:
            return self.library.scenarios()
        except SituationError:
            return {}

    def _situation(self) -> str:
        """The id of the situation; empty while its files are wrong."""
        try:
            return self.library.record().ground.situation
        except SituationError:
            return ""

    async def runs(self, request: Request) -> Response:
        """The list of runs."""
        start_text = request.query_params.get("from", "0")
        start = int(start_text) if re.fullmatch(r"[0-9]{1,6}", start_text) else 0
        names = await run_in_threadpool(self.shelf.names)
        runs = await run_in_threadpool(self.shelf.page_of_runs, start)
        twins = await run_in_threadpool(self._twins, runs)
        situation = await run_in_threadpool(self._situation)
        runs = [await self._called(run) for run in runs]
        return list_page(await self.name(), runs, list(self.jobs), len(names), start, twins, situation)

    def _twins(self, runs: list[ListedRun]) -> frozenset[str]:
        """The names of the runs that a comparison made as a baseline of its own."""
        try:
            return self.library.twins(runs)
        except SituationError:
            return frozenset()

    async def run(self, request: Request) -> Response:
        """The page about a run."""
        name = request.path_params["run"]
        run = await run_in_threadpool(self.shelf.run, name)
        folder = self.shelf.path(name)
        if run is None or folder is None:
            raise HTTPException(404, "There is no such run.")
        scenarios = await run_in_threadpool(self._scenarios)
        comparable = run.kind == "ensemble" and run.situation == await run_in_threadpool(self._situation)
        scenario = run.scenario if comparable and run.scenario in scenarios else None
        listed = scenarios[scenario] if scenario is not None else None
        scenario_read, text = (listed.scenario, listed.text) if listed is not None else (None, "")
        measure = scenario_read.extends if scenario_read is not None and scenario_read.extends in scenarios else None
        remark = next((job.task.remark for job in self.jobs if job.result == name), "")
        notice = _NOTICES.get(request.query_params.get("notice", ""), remark)
        known = (await self._called(run), folder, scenario, text, measure)
        return await run_in_threadpool(details_page, *known, await self.name(), notice, comparable)

    async def run_itself(self, request: Request) -> Response:
        """A run's own page, byte for byte; of an ensemble without one it is made now."""
        await run_in_threadpool(self._make_page, request.path_params["run"])
        file = await run_in_threadpool(self._file, request.path_params["run"], "index.html")
        return SentFile(file, media_type="text/html", headers={"content-security-policy": _SANDBOX})

    async def file(self, request: Request) -> Response:
        """A file of a run as a download; a table also as CSV."""
        file = await run_in_threadpool(self._file, request.path_params["run"], request.path_params["file"])
        if request.query_params.get("as") == "csv" and file.suffix == ".parquet":
            return await self.tables.answer(file, attachment_header(f"{file.stem}.csv"))
        kind = {".csv": "text/csv", ".json": "application/json"}.get(file.suffix, "application/octet-stream")
        return SentFile(file, media_type=kind, headers=attachment_header(file.name))

    def _make_page(self, name: str) -> None:
        """Make the page of an ensemble that has none, as those of a comparison have none at first: one page at a time.

        One that could not be made is not tried again before a file of the run or of its situation has changed.

        Raises:
            HTTPException: it cannot be made.
        """
        if not self._lacks_page(name):
            return  # nobody waits here while the page of another run is made
        self._refuse_again(name)
        with self.making:
            run, folder = self.shelf.run(name), self.shelf.path(name)
            if run is None or folder is None or not self._lacks_page(name):
                return
            self._refuse_again(name)
            home = self.settings.situation if run.situation == self._situation() else None
            stamp = self._page_stamp(folder)
            try:
                page = page_of_run(folder, home=home)
            except SituationError as error:
                if len(self._failures) >= _FAILURES_REMEMBERED:
                    self._failures.clear()
                self._failures[name] = stamp, str(error)
                raise HTTPException(422, str(error)) from None
            try:
                write_page(page, None)
            except SituationError as error:  # as on a full disk: it may go well the next time
                raise HTTPException(422, str(error)) from None

    def _refuse_again(self, name: str) -> None:
        """Answer as before where the page of a run could not be made, and nothing has changed since.

        Raises:
            HTTPException: so it is.
        """
        failure, folder = self._failures.get(name), self.shelf.path(name)
        if failure is not None and folder is not None and failure[0] == self._page_stamp(folder):
            raise HTTPException(422, failure[1])

    def _page_stamp(self, folder: Path) -> tuple[Any, ...]:
        """What is another once a file has changed of which a run's page is made."""
        homes = {self.settings.situation}
        with suppress(SituationError):
            homes.add(home_of_run(folder, read_manifest(folder)))
        return folder_stamp(folder), *(situation_stamp(home) for home in sorted(homes))

    def _lacks_page(self, name: str) -> bool:
        run = self.shelf.run(name)
        return run is not None and run.kind == "ensemble" and PAGE not in run.files

    def _file(self, run: str, name: str) -> Path:
        file, listed = self.shelf.path(run, name), self.shelf.run(run)
        if listed is not None and listed.withheld:
            raise HTTPException(403, listed.problem)
        if file is None or (listed is not None and name in listed.damaged):
            words = listed.lost(self.settings.runs / run / name) if listed is not None else "There is no such file."
            raise HTTPException(404 if file is None else 422, words)
        return file

    async def choice(self, request: Request) -> Response:
        """The choice of a scenario to start."""
        return choice_page(await self.name(), await run_in_threadpool(self.library.scenarios))

    async def form(self, request: Request) -> Response:
        """The form of a scenario, with the stories, the seed and the parts left out that the address names."""
        query = request.query_params.items()
        values = {name: value for name, value in query if name in ("stories", "seed") or name.startswith("without:")}
        try:
            form = await run_in_threadpool(open_form, self.library, request.path_params["scenario"], values)
        except Fault as fault:
            raise HTTPException(404, str(fault)) from None
        return form_page(form, self.settings.limits, await self.name())

    async def scenario(self, request: Request) -> Response:
        """A scenario's file."""
        listed = (await run_in_threadpool(self.library.scenarios)).get(request.path_params["scenario"])
        if listed is None or not listed.file.is_file():
            raise HTTPException(404, "There is no such scenario.")
        return SentFile(listed.file, media_type="application/yaml", headers=attachment_header(listed.file.name))

    async def compare(self, request: Request) -> Response:
        """The form that compares two."""
        values = dict(request.query_params)
        runs = await run_in_threadpool(comparable_runs, self.library, self.shelf, values)
        scenarios = await run_in_threadpool(self.library.scenarios)
        return compare_page(await self.name(), runs, scenarios, values, self.settings.limits)

    async def job(self, request: Request) -> Response:
        """The page of a job."""
        notice = "It was running or waiting already." if request.query_params.get("notice") == "already" else ""
        return job_page(self.jobs.of(request.path_params["job"]), self.settings, await self.name(), notice)

    async def state(self, request: Request) -> Response:
        """A job as JSON."""
        return JSONResponse(self.jobs.of(request.path_params["job"]).as_json())

    async def events(self, request: Request) -> Response:
        """The events of a job."""
        return event_stream(
            self.jobs.of(request.path_params["job"]), self.jobs, request.headers.get("last-event-id", "")
        )

    async def login(self, request: Request) -> Response:
        """The login page."""
        return login_page() if self.settings.token is not None else RedirectResponse("/", 303)


def attachment_header(name: str) -> dict[str, str]:
    """The header by which a browser saves a response under this file name, whatever letters it holds."""
    plain = f'filename="{name}"'
    written = plain if _PLAIN_NAME.fullmatch(name) else f"filename*=UTF-8''{quote(os.fsencode(name), safe='')}"
    return {"content-disposition": f"attachment; {written}"}


def event_stream(job: Job, jobs: Jobs, last: str) -> Response:
    """The events of a job, as Server-Sent Events: its present state first, then each change of it.

    A browser that lost its connection asks again, and names in `last` the last event it saw. It needs none of those
    between, because every event holds the whole state.

    Raises:
        HTTPException: too many watch already.
    """
    if job.ended and last == str(job.version):
        return Response(status_code=204)  # nothing more will come: do not ask again
    if jobs.watching >= jobs.limits.streams:
        raise HTTPException(429, "Too many pages watch jobs. Close one.")
    headers = {"x-accel-buffering": "no"}
    return StreamingResponse(_events(job, jobs), media_type="text/event-stream", headers=headers)


async def _events(job: Job, jobs: Jobs) -> AsyncIterator[bytes]:
    jobs.watching += 1
    try:
        while True:
            changed, ended = job.changed, job.ended  # as they are now: it may end while the event is sent
            yield _event(job)
            if ended:
                return
            try:
                await asyncio.wait_for(changed.wait(), _QUIET_SECONDS)
            except TimeoutError:
                continue
            await asyncio.sleep(_GAP_SECONDS)
    finally:
        jobs.watching -= 1


def _event(job: Job) -> bytes:
    content = harmless_json(orjson.dumps({**job.as_json(), "words": progress_words(job)}).decode())
    return f"id: {job.version}\nevent: {'end' if job.ended else 'progress'}\ndata: {content}\n\n".encode()
