"""Who is let in: checks of the host name, the requesting page and the size of a request, and then of the token.

A page of another site can make a browser send requests here. It cannot know the token; `Host` shows a name of its own
(DNS rebinding), and `Origin` and `Sec-Fetch-Site` show that it is not a page of this server.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from situation.serving.doorkeeper import Doorkeeper, NotLetIn, login_page, origin, set_cookie
from situation.serving.pages.elements import display
from situation.serving.pages.shell import refusal
from situation.serving.settings import Settings, host_named, is_loopback

__all__ = ["Gate", "own_path"]

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

    def __init__(self, application: ASGIApp, settings: Settings, doorkeeper: Doorkeeper) -> None:
        self.application = application
        self.settings = settings
        self.doorkeeper = doorkeeper

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
        headers, limits = request.headers, self.settings.limits
        if _head_bytes(request) > limits.head:
            return refusal(
                431, "Too much", f"The request's head has more than the {limits.head:,} bytes that are read."
            )
        written = headers.getlist("host")
        host = host_named(written[0]) if len(written) == 1 else None
        if host is None:
            return refusal(400, "Not this server", "The request names its server in a way that no browser does.")
        if not self._is_own_name(host):
            return refusal(421, "Not this server", f"This server does not answer to the name '{display(host, 100)}'.")
        if request.method not in _SAFE_METHODS and not _is_own_page(headers):
            return refusal(403, "Not from this page", "This was sent by a page of another site, so nothing was done.")
        length = headers.get("content-length", "0")
        if not re.fullmatch(r"[0-9]{1,18}", length) or int(length) > limits.body:
            return refusal(413, "Too much", f"More was sent than the {limits.body:,} bytes that are read.")
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
        remembered = self.doorkeeper.remembered(request)
        shown = request.query_params.get("token") if request.method == "GET" else None
        if remembered and shown is None:
            return None
        kind, _, text = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            refused = self.doorkeeper.refused(text.strip(), request)
            return None if refused is None else _refused(refused)
        if shown is not None:
            refused = None if remembered else self.doorkeeper.refused(shown, request)
            if refused is not None:
                return login_page(refused)
            left = [(name, value) for name, value in request.query_params.multi_items() if name != "token"]
            there = request.url.path + (f"?{urlencode(left)}" if left else "")
            return set_cookie(RedirectResponse(own_path(there), 303), self.settings, request)
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return login_page(there=there, status=401)
        words = "Send it as the header 'Authorization: Bearer TOKEN'."
        return _refused(NotLetIn(401, words, {"www-authenticate": "Bearer"}))


def _refused(why: NotLetIn) -> Response:
    answer = refusal(why.status, "A token is needed", why.words)
    answer.headers.update(why.headers)
    return answer


def _head_bytes(request: Request) -> int:
    """The bytes of a request before its body, as they are usually written."""
    scope = request.scope
    first = len(scope["method"]) + len(scope.get("raw_path", b"")) + len(scope["query_string"])
    return first + sum(len(name) + len(value) + 4 for name, value in scope["headers"])


def _is_own_page(headers: Headers) -> bool:
    """Whether a request was sent by a page of this server, or by no page at all."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    written = headers.get("origin")
    return written is None or origin(written)[1] == headers.get("host", "").lower()


def own_path(path: str) -> str:
    """A path of this server whatever was given: two leading slashes would name another server."""
    return "/" + path.lstrip("/\\")
