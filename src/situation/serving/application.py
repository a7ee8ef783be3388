"""The server's addresses, and its answers where something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from situation.errors import SituationError
from situation.serving.actions import Actions
from situation.serving.doorkeeper import Doorkeeper
from situation.serving.gate import Gate
from situation.serving.guesses import Guesses
from situation.serving.jobs.jobs import Jobs
from situation.serving.library import Library
from situation.serving.pages.elements import display
from situation.serving.pages.shell import refusal, script, stylesheet
from situation.serving.settings import Settings
from situation.serving.shelf import Shelf
from situation.serving.tables import Tables
from situation.serving.views import Views

__all__ = ["application"]


def application(settings: Settings, jobs: Jobs) -> ASGIApp:
    """The server's application, behind its gate."""
    library, shelf = Library(settings), Shelf(settings.runs, settings.release)
    pages = Views(settings, library, shelf, jobs, Tables(settings.limits))
    doorkeeper = Doorkeeper(settings, Guesses(settings.limits.guesses))
    asking = Actions(settings, library, shelf, jobs, doorkeeper, pages.name)
    run, job, scenario = "/runs/{run}", "/jobs/{job}", "/new/{scenario}"
    routes = [
        Route("/", pages.runs),
        Route(run, pages.run),
        Route(f"{run}/page", pages.run_itself),
        Route(f"{run}/files/{{file}}", pages.file),
        Route("/new", pages.choice),
        Route(scenario, _either(pages.form, asking.start), methods=["GET", "POST"]),
        Route(f"{scenario}/yaml", asking.yaml, methods=["POST"]),
        Route("/scenarios/{scenario}.yaml", pages.scenario),
        Route("/compare", _either(pages.compare, asking.compare), methods=["GET", "POST"]),
        Route("/replay", asking.replay, methods=["POST"]),
        Route(job, pages.job),
        Route(f"{job}/state", pages.state),
        Route(f"{job}/events", pages.events),
        Route(f"{job}/cancel", asking.cancel, methods=["POST"]),
        Route(f"{job}/again", asking.again, methods=["POST"]),
        Route("/login", _either(pages.login, asking.login), methods=["GET", "POST"]),
        Route("/served.css", _asset(stylesheet, "text/css")),
        Route("/served.js", _asset(script, "text/javascript")),
        Route("/favicon.ico", _asset(lambda: "", "image/svg+xml")),
    ]
    handlers: dict[Any, Any] = {HTTPException: _http, SituationError: _wrong, 500: _broken}
    return Gate(Starlette(routes=routes, exception_handlers=handlers), settings, doorkeeper)


def _either(look: Callable[[Request], Any], ask: Callable[[Request], Any]) -> Callable[[Request], Any]:
    """One address for GET, answered by `look`, and POST, answered by `ask`."""

    async def answer(request: Request) -> Response:
        response: Response = await (ask if request.method == "POST" else look)(request)
        return response

    return answer


def _asset(text: Callable[[], str], kind: str) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        return Response(text(), media_type=kind)

    return answer


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    titles = {404: "There is nothing here", 405: "This cannot be done so", 408: "Too slow", 413: "Too much"}
    titles |= {422: "It cannot be read", 429: "Too much at once"}
    answer = refusal(error.status_code, titles.get(error.status_code, "This cannot be answered"), display(error.detail))
    answer.headers.update(error.headers or {})
    return answer


async def _wrong(request: Request, error: Exception) -> Response:
    return refusal(422, "The situation's files are wrong", display(str(error), 4000))


async def _broken(request: Request, error: Exception) -> Response:
    return refusal(500, "Something broke", "The server goes on. What broke stands where it was started.")
