"""Who has the token: it is shown in a header, an address or a form, and a browser then keeps a cookie in its place.

Whoever guesses is slowed: from one address so many wrong tokens in a minute, and then none is compared.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
from collections.abc import Mapping

from attrs import field, frozen
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from situation.serving.guesses import Guesses
from situation.serving.pages.elements import element
from situation.serving.pages.shell import html_page, note
from situation.serving.settings import Settings

__all__ = ["Doorkeeper", "NotLetIn", "login_page", "origin", "set_cookie"]

_ORIGIN = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]+)")


@frozen
class NotLetIn:
    """Why a token lets nobody in: the status of the answer, a sentence, and headers."""

    status: int
    words: str
    headers: Mapping[str, str] = field(factory=dict)


@frozen
class Doorkeeper:
    """What is asked of whoever comes in."""

    settings: Settings
    guesses: Guesses

    def refused(self, text: str, request: Request) -> NotLetIn | None:
        """Why a text that was shown as the token does not let in; None where it is the token."""
        now, address = asyncio.get_running_loop().time(), request.client.host if request.client else ""
        wait = self.guesses.wait(address, now)
        if wait:
            words = f"Too many wrong tokens came from this address. Try again in {wait} seconds."
            return NotLetIn(429, words, {"retry-after": str(wait)})
        # The comparison takes the same time whatever the text.
        if self.settings.token is not None and hmac.compare_digest(_bytes(text), _bytes(self.settings.token)):
            return None
        self.guesses.missed(address, now)
        return NotLetIn(401, "This is not the token.", {"www-authenticate": "Bearer"})

    def remembered(self, request: Request) -> bool:
        """Whether a browser shows the cookie that it was given for the token."""
        cookie = request.cookies.get(_cookie_name(self.settings), "")
        return hmac.compare_digest(_bytes(cookie), _bytes(_cookie_value(self.settings)))


def origin(written: str) -> tuple[str, str]:
    """The scheme and the server of an `Origin` header, in small letters; both empty where it names none, or is none."""
    read = _ORIGIN.fullmatch(written)
    return (read[1].lower(), read[2].lower()) if read else ("", "")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _cookie_name(settings: Settings) -> str:
    """The cookie's name, by port: browsers share cookies between ports."""
    return f"situation-{settings.port}"


def _cookie_value(settings: Settings) -> str:
    """The cookie's value: it proves that the token was given, and does not reveal it."""
    return hmac.new((settings.token or "").encode(), b"situation served edition", hashlib.sha256).hexdigest()


def set_cookie(response: Response, settings: Settings, request: Request) -> Response:
    """A response that lets the browser in from now on; over HTTPS alone, where the request came by it.

    A proxy before the server encrypts, so the server itself sees plain HTTP: the origin of the form tells, or the
    proxy's header. A false header only makes the sender's own cookie stricter.
    """
    headers = request.headers
    schemes = (request.url.scheme, origin(headers.get("origin", ""))[0], headers.get("x-forwarded-proto", ""))
    response.set_cookie(
        _cookie_name(settings),
        _cookie_value(settings),
        httponly=True,
        samesite="strict",
        secure="https" in schemes,
    )
    return response


def login_page(refused: NotLetIn | None = None, there: str = "/", status: int = 200) -> HTMLResponse:
    """The form that asks for the token, with why the last one did not let in."""
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
        "Whoever started this server has its token; where the server made it, it stands in the address that it printed. "
        "It is asked for once, and kept by this browser until it closes."
    )
    answer = html_page(
        "Who is there?",
        note(refused.words, "bad") if refused else None,
        element("p", words),
        form,
        status=refused.status if refused else status,
        script=False,
    )
    answer.headers.update(refused.headers if refused else {})
    return answer
