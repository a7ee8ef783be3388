"""Who is let in: checks of the host name, the requesting page, the token, and the size of a request.

A page of another site can make a browser send requests here. It cannot know the token; `Host` shows a name of its own
(DNS rebinding), and `Origin` and `Sec-Fetch-Site` show that it is not a page of this server.
"""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from situation.serving.pages.elements import element
from situation.serving.pages.shell import html_page, note, refusal
from situation.serving.settings import Settings, is_loopback

__all__ = ["Gate", "cookie_name", "cookie_value", "is_the_token", "login_page", "set_cookie"]

_SAFE_METHODS = ("GET", "HEAD")
_OPEN_PATHS = ("/login", "/served.css", "/favicon.ico")
"""Addresses open without a token: the login page and its style."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# With "no-referrer" a browser would send this server's own forms with the origin "null", like those of strangers.
_RESPONSE_HEADERS = {
    "content-security-policy": _POLICY,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Gate:
    """Stands before the application, and refuses every request that may not pass."""

    def __init__(self, application: ASGIApp, settings: Settings) -> None:
        self.application = application
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to the application, or answer with the reason for refusing it."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _RESPONSE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(Request(scope))
        await (answer or self.application)(scope, receive, sent)

    def _refusal(self, request: Request) -> Response | None:
        headers = request.headers
        host = _host(headers.get("host", ""))
        if not self._is_own_name(host):
            return refusal(421, "Not this server", f"This server does not answer to the name '{host}'.")
        if request.method not in _SAFE_METHODS and not _is_own_page(headers):
            return refusal(403, "Not from this page", "This was sent by a page of another site, so nothing was done.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.settings.limits.body:
            return refusal(
                413, "Too much", f"More was sent than the {self.settings.limits.body:,} bytes that are read."
            )
        if self.settings.token is None or request.url.path in _OPEN_PATHS:
            return None
        return self._token_demand(request)

    def _is_own_name(self, host: str) -> bool:
        """Whether the server answers to a host name. An IP address cannot be rebound; a name must be one of its own."""
        named = {self.settings.host.strip("[]").lower(), *(name.lower() for name in self.settings.names)}
        if host in named or is_loopback(host):
            return True
        try:
            ip_address(host)
        except ValueError:
            return False
        return not is_loopback(self.settings.host)

    def _token_demand(self, request: Request) -> Response | None:
        """The answer to a request without the token; None where it has it."""
        kind, _, text = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and is_the_token(self.settings, text.strip()):
            return None
        cookie = request.cookies.get(cookie_name(self.settings), "")
        if hmac.compare_digest(cookie.encode(), cookie_value(self.settings).encode()):
            return None
        if request.method == "GET" and "token" in request.query_params:
            if is_the_token(self.settings, request.query_params["token"]):
                left = [(name, value) for name, value in request.query_params.multi_items() if name != "token"]
                there = request.url.path + (f"?{urlencode(left)}" if left else "")
                return set_cookie(RedirectResponse(_own_path(there), 303), self.settings, request)
            return login_page(401, "This is not the token.")
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            return login_page(401, "", there=request.url.path + (f"?{request.url.query}" if request.url.query else ""))
        answer = refusal(401, "A token is needed", "Send it as the header 'Authorization: Bearer TOKEN'.")
        answer.headers["www-authenticate"] = "Bearer"
        return answer


def _host(written: str) -> str:
    """The name in a `Host` header, without port and brackets."""
    if written.startswith("["):
        return written[1:].partition("]")[0].lower()
    return written.partition(":")[0].lower()


def _is_own_page(headers: Headers) -> bool:
    """Whether a request was sent by a page of this server, or by no page at all."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""


def _own_path(path: str) -> str:
    """A path of this server whatever was given: two leading slashes would name another server."""
    return "/" + path.lstrip("/\\")


def is_the_token(settings: Settings, text: str) -> bool:
    """Whether a text is the token; the comparison takes the same time whatever the text."""
    return hmac.compare_digest(text.encode(), (settings.token or "").encode())


def cookie_name(settings: Settings) -> str:
    """The cookie's name, by port: browsers share cookies between ports."""
    return f"situation-{settings.port}"


def cookie_value(settings: Settings) -> str:
    """The cookie's value: it proves that the token was given, and does not reveal it."""
    return hmac.new((settings.token or "").encode(), b"situation served edition", hashlib.sha256).hexdigest()


def set_cookie(response: Response, settings: Settings, request: Request) -> Response:
    """A response that lets the browser in from now on; over HTTPS alone, where the request came by it.

    A proxy before the server encrypts, so the server itself sees plain HTTP: the origin of the form tells, or the
    proxy's header. A false header only makes the sender's own cookie stricter.
    """
    headers = request.headers
    schemes = (request.url.scheme, urlsplit(headers.get("origin", "")).scheme, headers.get("x-forwarded-proto", ""))
    response.set_cookie(
        cookie_name(settings),
        cookie_value(settings),
        httponly=True,
        samesite="strict",
        secure="https" in schemes,
    )
    return response


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
    return html_page(
        "Who is there?",
        note(problem, "bad") if problem else None,
        element("p", words),
        form,
        status=status,
        script=False,
    )
