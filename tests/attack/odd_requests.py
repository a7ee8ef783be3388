"""Odd requests, drawn: an address of the served edition, right or odd, with an odd query, headers, host, method and form."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote, quote_from_bytes, urlencode

from attrs import frozen

from tests.attack.strange import NUMBERS

__all__ = ["MARK", "TOKEN", "Odd", "drawn", "odd_bytes"]

TOKEN = "sixteen letters and more of them"
MARK = "<x-evil"
METHODS = ("GET",) * 12 + ("POST",) * 10 + ("HEAD", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "X")
HOSTS = ("localhost",) * 30 + (
    "",
    "localhost:",
    "localhost:x",
    "[::1",
    "evil.example",
    "a" * 400,
    "\xff",
    "127.0.0.1:9",
)
WORDS = (
    *("..", ".", "", "%2e%2e", "%00", "%ff", "%0d%0ax: y", "%", "%zz", "~", "a" * 300, "b" * 5000, "secret", "map"),
    *("changed", quote(MARK), quote('"><x-evil>'), quote("\u202egnp"), quote("\u0661"), "..%2f..%2fsecret"),
    *("..%5c..%5csecret", ";a=b", "manifest.json", "index.html", "runs.parquet", "push-on", "guns", "no-such", "*"),
    *("[a]", "?", "con", "%F0%9F%92%A3"),
)
VALUES = (
    *("", "0", "-1", "1", "8", "9999", "1e400", "nan", "inf", "0x10", "1_000", "\u0661", "\uff11", " 5 ", "5,5"),
    *("1" * 30, "1" * 3000, "true", "null", "~", "on", MARK, '"><x-evil>', "\x00", "\x1b[31m", "\r\nx: y", "\u202e"),
    *("\ud800", "a" * 3000, "run:x", "scenario:push-on", "scenario:guns", "run:../secret", "//evil.example"),
    *("/\\evil.example", "http://evil.example", "csv", "already", "there", "2020-03-10", "{a: b}", "- x"),
    *("!!python/object:x", "&a *a", "%", "\u00e9", "0.5", "1.5"),
)
HEADERS: Mapping[str, tuple[str, ...]] = {
    "origin": (
        *("http://localhost", "null", "http://[", "http://[::1", "x", "http://evil.example", "\xff"),
        *("http://localhost:99999999",),
    ),
    "sec-fetch-site": ("same-origin", "cross-site", "", "\xff"),
    "authorization": ("Bearer", "Bearer x", f"Bearer {TOKEN}", "Basic x", "bearer \xff", "", "\x01"),
    "cookie": ("a", "=", "situation-8000=\xff", "situation-8000=x", ";;;", "a=b; a=c", "x" * 4000, '"'),
    "accept": ("text/html", "*/*", "\xff", ""),
    "range": (
        *("bytes=0-", "bytes=-1", "bytes=5-1", "bytes=0-0,2-3", "bytes=x", "bytes=" + "0-1," * 200, "lines=1-2"),
        *("bytes=99999999999-",),
    ),
    "if-range": ("x", '"x"', "\xff"),
    "if-modified-since": ("x", "Sat, 28 Nov 2026 21:00:00 GMT"),
    "last-event-id": ("0", "-1", "\xff", "9" * 400),
    "content-length": ("0", "-1", "x", "\xb2", "9" * 30, "1" * 5000, "5"),
    "content-type": ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "\xff"),
    "transfer-encoding": ("chunked", "x"),
    "expect": ("100-continue", "x"),
    "x-forwarded-for": ("192.0.2.1", "x", "\xff", ",,,", "[", "::1"),
    "x-forwarded-proto": ("https", "x"),
    "referer": ("http://evil.example/", "\xff"),
    "upgrade": ("websocket", "h2c"),
    "x-long": ("x" * 40_000,),
}
ADDRESSES = (
    *("/", "/new", "/compare", "/replay", "/login", "/served.css", "/served.js", "/favicon.ico", "/new/push-on"),
    *("/new/push-on/yaml", "/new/guns", "/scenarios/push-on.yaml", "/runs/RUN", "/runs/RUN/page"),
    *("/runs/RUN/files/runs.parquet", "/runs/REPLAY", "/runs/RUN/files/manifest.json", "/runs/BAD/files/bad.parquet"),
    *("/jobs/JOB", "/jobs/JOB/state", "/jobs/JOB/events", "/jobs/JOB/cancel", "/jobs/JOB/again", "/nothing"),
    *("//evil.example/x", "http://evil.example/", "*", "/runs/RUN/files"),
)
KEYS = (
    *("from", "as", "token", "notice", "stories", "seed", "without:record", "without:background", "first", "second"),
    *("there", "title", "why"),
)


@frozen
class Odd:
    """A request: its method, path, query, headers and the pieces of its body."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: tuple[bytes, ...]


def drawn(rng: random.Random, names: Mapping[str, str], fields: Iterable[str]) -> Odd:
    """A request."""
    path = rng.choice(ADDRESSES)
    for name, value in names.items():
        path = path.replace(name, value)
    while rng.random() < 0.3:
        parts = path.split("/")
        change = rng.choice(("put", "add", "drop", "double"))
        at = rng.randrange(len(parts))
        word = rng.choice(WORDS)
        if change == "put":
            parts[at] = word
        elif change == "add":
            parts.insert(at + 1, word)
        elif change == "drop" and len(parts) > 2:
            del parts[at]
        else:
            parts.append("")
        path = "/".join(parts)
    query = _form(rng, KEYS) if rng.random() < 0.4 else ""
    headers = [("host", rng.choice(HOSTS))]
    for name in rng.sample(sorted(HEADERS), rng.choice((0, 0, 1, 1, 2, 4))):
        headers.append((name, rng.choice(HEADERS[name])))
    if rng.random() < 0.03:
        headers.append(("host", "localhost"))
    method = rng.choice(METHODS)
    body = b"" if method != "POST" else _body(rng, tuple(fields))
    pieces = (body,) if rng.random() < 0.8 else tuple(body[start : start + 97] for start in range(0, len(body), 97))
    return Odd(method, path, query, tuple(headers), pieces[:4000])


def _form(rng: random.Random, keys: Iterable[str]) -> str:
    some = rng.sample(sorted(keys), rng.randint(1, 4))
    text = urlencode([(key, rng.choice((*VALUES, *map(str, NUMBERS)))) for key in some], errors="surrogatepass")
    if rng.random() < 0.15:
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(("%", "&", "=", ";", "%ff", "+", "&&==")) + text[at:]
    return text


def _body(rng: random.Random, fields: tuple[str, ...]) -> bytes:
    kind = rng.random()
    if kind < 0.08:
        return rng.randbytes(rng.randrange(400))
    if kind < 0.1:
        return b"a=" + b"1" * 300_000
    if kind < 0.12:
        return "&".join(f"a{number}=1" for number in range(6000)).encode()
    points = [f"{name}:{point}" for name in fields for point in ("low", "best", "high", "set")]
    text = _form(rng, (*KEYS, *points)) if kind < 0.9 else ""
    usual = {
        "stories": rng.choice(("8", "16", *VALUES)),
        "seed": rng.choice(("3", *VALUES)),
        "first": "scenario:push-on",
    }
    usual |= {
        "second": rng.choice(("scenario:guns", *VALUES)),
        "token": rng.choice((TOKEN, "x")),
        "there": rng.choice(VALUES),
    }
    text += "&" + urlencode([pair for pair in usual.items() if rng.random() < 0.8], errors="surrogatepass")
    return text.encode()


def odd_bytes(rng: random.Random) -> bytes:
    """The bytes of a request, changed here and there."""
    odd = drawn(rng, {"RUN": "x", "REPLAY": "y", "BAD": "z", "JOB": "0-0"}, ())
    body = b"".join(odd.body)[:2000]
    target = quote_from_bytes(odd.path.encode(), safe="/%:?*;=@[]~+,") + (f"?{odd.query}" if odd.query else "")
    head = [f"{odd.method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in odd.headers)]
    head += [f"content-length: {len(body)}"] if rng.random() < 0.7 else []
    text = bytearray("\r\n".join(head).encode("latin-1", "replace") + b"\r\n\r\n" + body)
    for _ in range(rng.choice((0, 1, 1, 2, 5))):
        at = rng.randrange(len(text))
        change: Callable[[], object] = rng.choice(
            (
                lambda at=at: text.__setitem__(at, rng.randrange(256)),
                lambda at=at: text.__delitem__(slice(at, at + rng.randrange(9))),
                lambda at=at: text.__setitem__(
                    slice(at, at), rng.choice((b"\r\n", b"\n", b"\0", b" ", b":", b"\xff", b"HTTP/9.9"))
                ),
                lambda at=at: text.__setitem__(slice(at, at), text[at : at + 40]),
            )
        )
        change()
    return bytes(text)
