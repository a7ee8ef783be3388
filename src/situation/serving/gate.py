"""Who is let in: the name by which the server is addressed, the page that asks, the token, and the size of what is sent.

A page of another site can make a browser send requests here. It cannot know the token; it cannot hide from `Host` that
it came by a name of its own (DNS rebinding); nor from `Origin` and `Sec-Fetch-Site` that it is not a page of this server.
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
from situation.serving.pages.shell import note, page, refusal
from situation.serving.settings import Setting, is_loopback

__all__ = ["Gate", "cookie_name", "cookie_of", "is_token", "login_page", "with_cookie"]

SAFE = ("GET", "HEAD")
OPEN = ("/login", "/served.css", "/favicon.ico")
"""What may be asked for without a token: the way in, and its looks."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# With "no-referrer" a browser would send its own forms as from "null", which is how it sends those of strangers.
HEADERS = {
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Gate:
    """Stands before the application, and sends everybody away who may not come in."""

    def __init__(self, application: ASGIApp, setting: Setting) -> None:
        self.application = application
        self.setting = setting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request: by the application, or with the reason why not."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refused(Request(scope))
        await (answer or self.application)(scope, receive, sent)

    def _refused(self, request: Request) -> Response | None:
        headers = request.headers
        host = _host(headers.get("host", ""))
        if not self._known(host):
            return refusal(421, "Not this server", f"This server does not answer to the name '{host}'.")
        if request.method not in SAFE and not _own(headers):
            return refusal(403, "Not from this page", "This was sent by a page of another site, so nothing was done.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.setting.limits.body:
            return refusal(413, "Too much", f"More was sent than the {self.setting.limits.body:,} bytes that are read.")
        if self.setting.token is None or request.url.path in OPEN:
            return None
        return self._unknown(request)

    def _known(self, host: str) -> bool:
        """Whether the server answers to a name. A number cannot be rebound; a name must be one of its own."""
        named = {self.setting.host.strip("[]").lower(), *(name.lower() for name in self.setting.names)}
        if host in named or is_loopback(host):
            return True
        try:
            ip_address(host)
        except ValueError:
            return False
        return not is_loopback(self.setting.host)

    def _unknown(self, request: Request) -> Response | None:
        """The answer to somebody who has not shown the token; None where it was shown."""
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and is_token(self.setting, shown.strip()):
            return None
        cookie = request.cookies.get(cookie_name(self.setting), "")
        if hmac.compare_digest(cookie.encode(), cookie_of(self.setting).encode()):
            return None
        if request.method == "GET" and "token" in request.query_params:
            if is_token(self.setting, request.query_params["token"]):
                left = [(name, value) for name, value in request.query_params.multi_items() if name != "token"]
                there = request.url.path + (f"?{urlencode(left)}" if left else "")
                return with_cookie(RedirectResponse(_inside(there), 303), self.setting, request)
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


def _own(headers: Headers) -> bool:
    """Whether something that changes anything was sent by a page of this server, or by no page at all."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""


def _inside(path: str) -> str:
    """A path of this server, whatever it was made from: two slashes would name another one."""
    return "/" + path.lstrip("/\\")


def is_token(setting: Setting, shown: str) -> bool:
    """Whether what somebody shows is the token; it takes as long to find out whatever is shown."""
    return hmac.compare_digest(shown.encode(), (setting.token or "").encode())


def cookie_name(setting: Setting) -> str:
    """The cookie's name: browsers do not keep the cookies of two ports apart."""
    return f"situation-{setting.port}"


def cookie_of(setting: Setting) -> str:
    """What the cookie holds: it proves that the token was shown, and does not tell it."""
    return hmac.new((setting.token or "").encode(), b"situation served edition", hashlib.sha256).hexdigest()


def with_cookie(response: Response, setting: Setting, request: Request) -> Response:
    """An answer that lets the browser in from now on; over lines that are encrypted alone, where it came by one.

    What stands before the server encrypts, so the server itself is asked without: the page that sent the form tells, or
    what passed the request on. Whoever lies there makes a cookie of his own stricter.
    """
    headers = request.headers
    told = (request.url.scheme, urlsplit(headers.get("origin", "")).scheme, headers.get("x-forwarded-proto", ""))
    response.set_cookie(
        cookie_name(setting),
        cookie_of(setting),
        httponly=True,
        samesite="strict",
        secure="https" in told,
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
    return page(
        "Who is there?",
        note(problem, "bad") if problem else None,
        element("p", words),
        form,
        status=status,
        script=False,
    )
