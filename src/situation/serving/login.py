"""The way in where a token is needed."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from situation.serving.elements import element
from situation.serving.shell import note, page

__all__ = ["login_page"]


def login_page(status: int = 200, problem: str = "", there: str = "/") -> HTMLResponse:
    """The form that asks for the token."""
    form = element(
        "form",
        element("input", type="hidden", name="there", value=there),
        element("label", "Token", for_="token"),
        element(
            "input",
            id="token",
            name="token",
            type="password",
            autocomplete="current-password",
            required=True,
            autofocus=True,
        ),
        element("button", "Come in", type="submit", class_="strong"),
        method="post",
        action="/login",
        class_="card stack narrow",
    )
    words = (
        "Whoever started this server gave it a token. It is asked for once, and kept by this browser until it closes."
    )
    return page(
        "Who is there?",
        note(problem, "bad") if problem else None,
        element("p", words),
        form,
        status=status,
        script=False,
    )
