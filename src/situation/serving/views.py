"""What is looked at: the list of runs, one of them, its files, the forms, and jobs as they go on."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from situation.errors import Fault, SituationError
from situation.runs.reading import csv_of
from situation.serving.forms.form import form_of
from situation.serving.gate import login_page
from situation.serving.jobs.jobs import Jobs
from situation.serving.jobs.stream import watch
from situation.serving.library import Found, Library
from situation.serving.pages.compare import compare_page, offered
from situation.serving.pages.job import job_page
from situation.serving.pages.list import list_page
from situation.serving.pages.run import run_page
from situation.serving.pages.start import choice_page, form_page
from situation.serving.settings import Setting
from situation.serving.shelf import Shelf, Shown, readable

__all__ = ["Looking", "attached"]

SANDBOX = (
    "default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "sandbox allow-scripts allow-downloads allow-modals"
)
"""A run's page has a stricter policy of its own. This one sets it apart: whatever stands in it cannot ask the server."""
PLAIN = re.compile(r"[A-Za-z0-9._-]+")
NOTICES = {"there": "This has been run before, with the same numbers and the same luck: here it is."}


@frozen
class Looking:
    """The answers to what only looks."""

    setting: Setting
    library: Library
    shelf: Shelf
    jobs: Jobs

    async def name(self) -> str:
        """The situation's title; its folder's name while its files are wrong."""
        try:
            return (await run_in_threadpool(self.library.record)).ground.title
        except SituationError:
            return self.setting.situation.name

    def _scenarios(self) -> dict[str, Found]:
        """Every scenario that is here; none while the situation's files are wrong, for a run can be looked at still."""
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
        asked = request.query_params.get("from", "0")
        start = int(asked) if re.fullmatch(r"[0-9]{1,6}", asked) else 0
        names = await run_in_threadpool(self.shelf.names)
        runs = await run_in_threadpool(self.shelf.shown, start)
        twins = await run_in_threadpool(self._twins, runs)
        situation = await run_in_threadpool(self._situation)
        return list_page(await self.name(), runs, list(self.jobs), len(names), start, twins, situation)

    def _twins(self, runs: list[Shown]) -> frozenset[str]:
        """The names of the runs that a comparison has told for itself."""
        try:
            return self.library.twins(runs)
        except SituationError:
            return frozenset()

    async def run(self, request: Request) -> Response:
        """The page about a run."""
        name = request.path_params["run"]
        shown = await run_in_threadpool(self.shelf.run, name)
        folder = self.shelf.path(name)
        if shown is None or folder is None:
            raise HTTPException(404, "There is no such run.")
        scenarios = await run_in_threadpool(self._scenarios)
        ours = shown.kind == "ensemble" and shown.situation == await run_in_threadpool(self._situation)
        scenario = shown.scenario if ours and shown.scenario in scenarios else None
        found = scenarios[scenario] if scenario is not None else None
        told, text = (found.scenario, found.file.read_text("utf-8", "replace")) if found is not None else (None, "")
        measure = told.extends if told is not None and told.extends in scenarios else None
        remark = next((job.task.remark for job in self.jobs if job.result == name), "")
        notice = NOTICES.get(request.query_params.get("notice", ""), remark)
        known = (shown, folder, scenario, text, measure)
        return await run_in_threadpool(run_page, *known, await self.name(), notice, ours)

    async def run_itself(self, request: Request) -> Response:
        """A run's page, byte for byte."""
        file = self._file(request.path_params["run"], "index.html")
        return FileResponse(file, media_type="text/html", headers={"content-security-policy": SANDBOX})

    async def file(self, request: Request) -> Response:
        """A file of a run, to be taken away; a table as CSV where that is asked for."""
        file = self._file(request.path_params["run"], request.path_params["file"])
        if request.query_params.get("as") == "csv" and file.suffix == ".parquet":
            try:
                with readable(file):
                    content = await run_in_threadpool(csv_of, file)
            except Fault as fault:
                raise HTTPException(422, str(fault)) from None
            return Response(content, media_type="text/csv", headers=attached(f"{file.stem}.csv"))
        kind = {".csv": "text/csv", ".json": "application/json"}.get(file.suffix, "application/octet-stream")
        return FileResponse(file, media_type=kind, headers=attached(file.name))

    def _file(self, run: str, name: str) -> Path:
        file = self.shelf.path(run, name)
        if file is None:
            todo = f"Make it anew: situation dashboard {self.setting.runs / run}." if name == "index.html" else ""
            raise HTTPException(404, f"There is no such file. {todo}".strip())
        return file

    async def choice(self, request: Request) -> Response:
        """Which scenario to start."""
        return choice_page(await self.name(), await run_in_threadpool(self.library.scenarios))

    async def form(self, request: Request) -> Response:
        """The form of a scenario; what the address says of stories, seed and what is left out is filled in."""
        given = request.query_params.items()
        values = {name: value for name, value in given if name in ("stories", "seed") or name.startswith("without:")}
        try:
            filled = await run_in_threadpool(form_of, self.library, request.path_params["scenario"], values)
        except Fault as fault:
            raise HTTPException(404, str(fault)) from None
        return form_page(filled, self.setting.limits, await self.name())

    async def scenario(self, request: Request) -> Response:
        """A scenario's file."""
        found = (await run_in_threadpool(self.library.scenarios)).get(request.path_params["scenario"])
        if found is None or not found.file.is_file():
            raise HTTPException(404, "There is no such scenario.")
        return FileResponse(found.file, media_type="application/yaml", headers=attached(found.file.name))

    async def compare(self, request: Request) -> Response:
        """The form that compares two."""
        values = dict(request.query_params)
        runs = await run_in_threadpool(offered, self.library, self.shelf, values)
        scenarios = await run_in_threadpool(self.library.scenarios)
        return compare_page(await self.name(), runs, scenarios, values, self.setting.limits)

    async def job(self, request: Request) -> Response:
        """The page of a job."""
        notice = "It was running or waiting already." if request.query_params.get("notice") == "already" else ""
        return job_page(self.jobs.of(request.path_params["job"]), self.setting, await self.name(), notice)

    async def state(self, request: Request) -> Response:
        """A job as JSON."""
        return JSONResponse(self.jobs.of(request.path_params["job"]).answer())

    async def events(self, request: Request) -> Response:
        """A job as it goes on."""
        return watch(self.jobs.of(request.path_params["job"]), self.jobs, request.headers.get("last-event-id", ""))

    async def login(self, request: Request) -> Response:
        """The way in."""
        return login_page() if self.setting.token is not None else RedirectResponse("/", 303)


def attached(name: str) -> dict[str, str]:
    """The header by which a browser keeps an answer as a file of this name, whatever letters it holds."""
    plain = f'filename="{name}"'
    written = plain if PLAIN.fullmatch(name) else f"filename*=UTF-8''{quote(os.fsencode(name), safe='')}"
    return {"content-disposition": f"attachment; {written}"}
