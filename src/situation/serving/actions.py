"""Requests that change something: start a scenario, compare two, stop a job, log in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import parse_qsl

from attrs import evolve, frozen
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from situation.ensemble.twins import require_twins
from situation.errors import Fault, SituationError
from situation.runs.identity import ensemble_identity
from situation.runs.stored_run import open_run
from situation.serving.doorkeeper import Doorkeeper, login_page, set_cookie
from situation.serving.forms.changes import ChangedScenario
from situation.serving.forms.requests import (
    ComparisonRequest,
    RunRequest,
    ScenarioForm,
    comparison_request,
    open_form,
    read_form,
)
from situation.serving.gate import own_path
from situation.serving.jobs.jobs import Jobs
from situation.serving.jobs.work import Task
from situation.serving.library import Library
from situation.serving.pages.compare import comparable_runs, compare_page
from situation.serving.pages.start import form_page, numbers_mark
from situation.serving.settings import Settings
from situation.serving.shelf import Shelf
from situation.serving.views import attachment_header

__all__ = ["Actions"]

_MOST_FIELDS = 5000
"""Fields in one form that are read."""


@frozen
class Actions:
    """The answers to POST requests."""

    settings: Settings
    library: Library
    shelf: Shelf
    jobs: Jobs
    doorkeeper: Doorkeeper
    name: Callable[[], Awaitable[str]]

    async def start(self, request: Request) -> Response:
        """Start a scenario as the form says; where it is wrong, show it again with all that was typed."""
        form, run_request = await self._read(request)
        if run_request is None:
            return form_page(form, self.settings.limits, await self.name())
        existing = await run_in_threadpool(self._existing_run, run_request)
        if existing is not None:
            return RedirectResponse(f"/runs/{existing}?notice=there", 303)
        try:
            task = await run_in_threadpool(self._task, run_request)
            if run_request.changed is not None and self.jobs.duplicate_of(task) is None:
                needed = {Path(file) for job in self.jobs for file in job.task.scenarios}
                task = evolve(task, remark=await run_in_threadpool(self._keep, run_request.changed, needed))
            return self._begin(task)
        except SituationError as error:
            form.add_problem("", str(error))
            return form_page(form, self.settings.limits, await self.name())

    async def yaml(self, request: Request) -> Response:
        """The changed scenario as a file, without starting it."""
        form, run_request = await self._read(request)
        if run_request is None:
            return form_page(form, self.settings.limits, await self.name())
        if run_request.changed is None:
            return RedirectResponse(f"/scenarios/{form.listed.name}.yaml", 303)
        headers = attachment_header(f"{run_request.changed.name}.yaml")
        return Response(run_request.changed.text, media_type="application/yaml", headers=headers)

    async def compare(self, request: Request) -> Response:
        """Compare two; where that cannot be done, show the form again with the reason."""
        values = await self._values(request)
        try:
            pair = await run_in_threadpool(comparison_request, values, self.library, self.shelf)
            await run_in_threadpool(_check_luck, pair)
            return self._begin(self._comparison(pair))
        except SituationError as error:
            runs = await run_in_threadpool(comparable_runs, self.library, self.shelf, values)
            scenarios = await run_in_threadpool(self.library.scenarios)
            return compare_page(await self.name(), runs, scenarios, values, self.settings.limits, str(error))

    async def replay(self, request: Request) -> Response:
        """Replay the record."""
        situation, runs = str(self.settings.situation), str(self.settings.runs)
        return self._begin_or_refuse(
            Task("replay", "Replay of the record", situation, runs, release=self.settings.release)
        )

    async def cancel(self, request: Request) -> Response:
        """Stop a job."""
        job = self.jobs.of(request.path_params["job"])
        self.jobs.stop(job)
        return RedirectResponse(f"/jobs/{job.id}", 303)

    async def again(self, request: Request) -> Response:
        """Start a job again that has ended."""
        return self._begin_or_refuse(self.jobs.of(request.path_params["job"]).task)

    async def login(self, request: Request) -> Response:
        """Let somebody in who has the token."""
        values = await self._values(request)
        if self.settings.token is None:
            return RedirectResponse("/", 303)
        refused = self.doorkeeper.refused(values.get("token", ""), request)
        if refused is not None:
            return login_page(refused, values.get("there", "/"))
        return set_cookie(RedirectResponse(own_path(values.get("there", "/")), 303), self.settings, request)

    async def _values(self, request: Request) -> dict[str, str]:
        """The values that a form sent, by the names of its fields."""
        most = self.settings.limits.body
        body = b""
        try:
            async with asyncio.timeout(self.settings.limits.patience):
                async for piece in request.stream():
                    body += piece
                    if len(body) > most:
                        raise HTTPException(413, f"More was sent than the {most:,} bytes that are read.")
        except TimeoutError:
            raise HTTPException(408, "What was sent did not come in time.", {"connection": "close"}) from None
        except ClientDisconnect:
            raise HTTPException(400, "What was sent broke off.") from None
        try:
            rows = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        except ValueError:
            raise HTTPException(400, "This is not what a form sends.") from None
        return dict(rows)

    async def _read(self, request: Request) -> tuple[ScenarioForm, RunRequest | None]:
        values = await self._values(request)
        if not values.keys() >= {"stories", "seed"}:
            raise HTTPException(400, "This is not what the form sends: it lacks the stories or the seed.")
        try:
            form = await run_in_threadpool(open_form, self.library, request.path_params["scenario"], values)
        except Fault as fault:
            raise HTTPException(404, str(fault)) from None
        if values.get("as-of", numbers_mark(form)) != numbers_mark(form):
            fact = "The scenario's file has changed since this form was opened."
            form.add_problem("", f"{fact} Look at its numbers again before you start.")
            form.values = {name: value for name, value in values.items() if ":" not in name or "without" in name}
        try:
            return form, await run_in_threadpool(read_form, self.library, form)
        except SituationError as error:
            form.add_problem("", str(error))
            return form, None

    def _existing_run(self, run_request: RunRequest) -> str | None:
        """The name of the run that is asked for, where it is there already."""
        record = self.library.record(run_request.without)
        digest = ensemble_identity(run_request.scenario, record, run_request.seed, run_request.stories)["digest"]
        run = self.shelf.of(run_request.scenario.id, digest)
        return None if run is None else run.name

    def _task(self, run_request: RunRequest) -> Task:
        file = run_request.file if run_request.changed is None else self.library.file(run_request.changed.name)
        return Task(
            "run",
            run_request.scenario.title,
            str(self.settings.situation),
            str(self.settings.runs),
            (str(file),),
            run_request.stories,
            run_request.seed,
            self.settings.workers,
            run_request.without,
            self.settings.release,
        )

    def _keep(self, changed: ChangedScenario, needed: set[Path]) -> str:
        """Keep a changed scenario, and say which went for it."""
        gone = self.library.keep(changed.name, changed.text, needed)
        most = self.settings.limits.changed
        return f"The {most:,} latest changed scenarios are kept: {gone}, which was never run, went." if gone else ""

    def _title(self, name: str) -> str:
        """A scenario's title; its name where it is not here any more."""
        listed = self.library.scenarios().get(name)
        return listed.title if listed is not None else name

    def _comparison(self, pair: ComparisonRequest) -> Task:
        return Task(
            "compare",
            ", against: ".join(self._title(name) for name in reversed(pair.names)),
            str(self.settings.situation),
            str(self.settings.runs),
            tuple(map(str, pair.paths)),
            pair.stories,
            pair.seed,
            self.settings.workers,
            pair.without,
            self.settings.release,
            pair.stand_in_note,
        )

    def _begin(self, task: Task) -> Response:
        before = set(self.jobs.known)
        job = self.jobs.add(task)
        return RedirectResponse(f"/jobs/{job.id}{'?notice=already' if job.id in before else ''}", 303)

    def _begin_or_refuse(self, task: Task) -> Response:
        try:
            return self._begin(task)
        except Fault as fault:
            raise HTTPException(429, str(fault)) from None


def _check_luck(pair: ComparisonRequest) -> None:
    """Refuse two runs that share no luck, in the words of the command line, before a job is started."""
    if pair.both_runs:
        runs = []
        for path in pair.paths:
            runs.append(open_run(path).ensemble)
        require_twins(*runs)
