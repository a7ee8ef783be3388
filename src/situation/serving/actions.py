"""What is asked for by forms: a scenario started, two compared, a job stopped, somebody let in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import parse_qsl

from attrs import evolve, frozen
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from situation.ensemble.twins import require_twins
from situation.errors import Fault, SituationError
from situation.runs.identity import identity_of
from situation.runs.reading import open_run
from situation.serving.forms.changes import Changed
from situation.serving.forms.form import Filled, Order, fill, form_of
from situation.serving.forms.pair import Pair, pair_of
from situation.serving.gate import is_token, login_page, with_cookie
from situation.serving.jobs.jobs import Jobs
from situation.serving.jobs.work import Task
from situation.serving.library import Library
from situation.serving.pages.compare import compare_page, offered
from situation.serving.pages.start import as_of, form_page
from situation.serving.settings import Setting
from situation.serving.shelf import Shelf, readable
from situation.serving.views import attached

__all__ = ["Asking"]

FIELDS = 5000
"""Fields in one form that are read."""


@frozen
class Asking:
    """The answers to what asks for something to be done."""

    setting: Setting
    library: Library
    shelf: Shelf
    jobs: Jobs
    name: Callable[[], Awaitable[str]]

    async def start(self, request: Request) -> Response:
        """Start a scenario as the form says; show the form again, with all that was typed, where it is wrong."""
        filled, order = await self._filled(request)
        if order is None:
            return form_page(filled, self.setting.limits, await self.name())
        there = await run_in_threadpool(self._there, order)
        if there is not None:
            return RedirectResponse(f"/runs/{there}?notice=there", 303)
        try:
            task = await run_in_threadpool(self._task, order)
            if order.changed is not None and self.jobs.ask(task) is None:
                needed = {Path(file) for job in self.jobs for file in job.task.scenarios}
                task = evolve(task, remark=await run_in_threadpool(self._keep, order.changed, needed))
            return self._begun(task)
        except SituationError as error:
            filled.wrong("", str(error))
            return form_page(filled, self.setting.limits, await self.name())

    async def yaml(self, request: Request) -> Response:
        """The changed scenario as a file, without starting it."""
        filled, order = await self._filled(request)
        if order is None:
            return form_page(filled, self.setting.limits, await self.name())
        if order.changed is None:
            return RedirectResponse(f"/scenarios/{filled.found.name}.yaml", 303)
        headers = attached(f"{order.changed.name}.yaml")
        return Response(order.changed.text, media_type="application/yaml", headers=headers)

    async def compare(self, request: Request) -> Response:
        """Compare two; show the form again, with the reason, where they cannot be compared."""
        values = await self._values(request)
        try:
            pair = await run_in_threadpool(pair_of, values, self.library, self.shelf)
            await run_in_threadpool(_twins, pair)
            return self._begun(self._comparison(pair))
        except SituationError as error:
            runs = await run_in_threadpool(offered, self.library, self.shelf, values)
            scenarios = await run_in_threadpool(self.library.scenarios)
            return compare_page(await self.name(), runs, scenarios, values, self.setting.limits, str(error))

    async def replay(self, request: Request) -> Response:
        """Replay the record."""
        situation, runs = str(self.setting.situation), str(self.setting.runs)
        return self._begun_or_full(Task("replay", "The documented sequence", situation, runs))

    async def cancel(self, request: Request) -> Response:
        """Stop a job."""
        job = self.jobs.of(request.path_params["job"])
        self.jobs.stop(job)
        return RedirectResponse(f"/jobs/{job.id}", 303)

    async def again(self, request: Request) -> Response:
        """Begin a job again that has ended."""
        return self._begun_or_full(self.jobs.of(request.path_params["job"]).task)

    async def login(self, request: Request) -> Response:
        """Let somebody in who has the token."""
        values = await self._values(request)
        if self.setting.token is None or not is_token(self.setting, values.get("token", "")):
            return login_page(401, "This is not the token.", values.get("there", "/"))
        there = "/" + values.get("there", "/").lstrip("/\\")
        return with_cookie(RedirectResponse(there, 303), self.setting, request)

    async def _values(self, request: Request) -> dict[str, str]:
        """What a form sent, by the names of its fields."""
        most = self.setting.limits.body
        body = b""
        try:
            async with asyncio.timeout(self.setting.limits.patience):
                async for piece in request.stream():
                    body += piece
                    if len(body) > most:
                        raise HTTPException(413, f"More was sent than the {most:,} bytes that are read.")
        except TimeoutError:
            raise HTTPException(408, "What was sent did not come in time.", {"connection": "close"}) from None
        try:
            rows = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS)
        except ValueError:
            raise HTTPException(400, "This is not what a form sends.") from None
        return dict(rows)

    async def _filled(self, request: Request) -> tuple[Filled, Order | None]:
        values = await self._values(request)
        if not values.keys() >= {"stories", "seed"}:
            raise HTTPException(400, "This is not what the form sends: it lacks the stories or the seed.")
        try:
            filled = await run_in_threadpool(form_of, self.library, request.path_params["scenario"], values)
        except Fault as fault:
            raise HTTPException(404, str(fault)) from None
        if values.get("as-of", as_of(filled)) != as_of(filled):
            fact = "The scenario's file has changed since this form was opened."
            filled.wrong("", f"{fact} Look at its numbers again before you start.")
            filled.values = {name: value for name, value in values.items() if ":" not in name or "without" in name}
        return filled, await run_in_threadpool(fill, self.library, filled)

    def _there(self, order: Order) -> str | None:
        """The name of the run that an order asks for, where it has been run before."""
        record = self.library.record(order.without)
        digest = identity_of(order.scenario, record, order.seed, order.stories)["digest"]
        name = f"{order.scenario.id}-{digest[:12]}"
        shown = self.shelf.run(name)
        return name if shown is not None and shown.digest == digest else None

    def _task(self, order: Order) -> Task:
        file = order.file if order.changed is None else self.library.file(order.changed.name)
        return Task(
            "run",
            order.scenario.title,
            str(self.setting.situation),
            str(self.setting.runs),
            (str(file),),
            order.stories,
            order.seed,
            self.setting.workers,
            order.without,
        )

    def _keep(self, changed: Changed, needed: set[Path]) -> str:
        """Keep a changed scenario, and say which went for it."""
        gone = self.library.keep(changed.name, changed.text, needed)
        most = self.setting.limits.changed
        return f"The {most:,} latest changed scenarios are kept: {gone}, which was never run, went." if gone else ""

    def _comparison(self, pair: Pair) -> Task:
        return Task(
            "compare",
            f"{pair.names[1]} against {pair.names[0]}",
            str(self.setting.situation),
            str(self.setting.runs),
            tuple(map(str, pair.paths)),
            pair.stories,
            pair.seed,
            self.setting.workers,
            pair.without,
            pair.instead,
        )

    def _begun(self, task: Task) -> Response:
        before = set(self.jobs.known)
        job = self.jobs.add(task)
        return RedirectResponse(f"/jobs/{job.id}{'?notice=already' if job.id in before else ''}", 303)

    def _begun_or_full(self, task: Task) -> Response:
        try:
            return self._begun(task)
        except Fault as fault:
            raise HTTPException(429, str(fault)) from None


def _twins(pair: Pair) -> None:
    """Refuse two runs that share no luck, in the words of the command, before anything is begun."""
    if pair.both_runs:
        runs = []
        for path in pair.paths:
            with readable(path / "manifest.json"):
                runs.append(open_run(path).ensemble)
        require_twins(*runs)
