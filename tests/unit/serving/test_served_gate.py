"""Who is let in to the served edition, and who is sent away."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.errors import Fault
from situation.serving.guesses import Guesses
from situation.serving.settings import Limits, Settings
from tests.arch.commands import COMMAND
from tests.unit.serving.served import Server, home_of, serving

TOKEN = "sixteen letters and more of them"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return home_of(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def plain(home: Path) -> Iterator[Server]:
    with serving(home) as server:
        yield server


@pytest.fixture(scope="module")
def guarded(home: Path) -> Iterator[Server]:
    with serving(home, "--name", "Maps.example.org", token=TOKEN, proxy="127.0.0.1") as server:
        yield server


def asked(server: Server, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> tuple[int, str]:
    """Ask with exactly these headers and this path, which a better-behaved client would not send."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            line.putheader(name, value)
        line.endheaders(body)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--host", "0.0.0.0", "--no-token"),
            "--host: 0.0.0.0 can be reached from other machines, and no token guards it. "
            "Guard it with one, or listen on this machine alone.",
        ),
        (
            ("--no-token", "--token", TOKEN),
            "--no-token: A token is given, too. Leave out --no-token, or --token and SITUATION_TOKEN.",
        ),
        (
            ("--token", "short"),
            "--token: 5 characters could be guessed. Use 16 or more, made at random.",
        ),
        (
            ("--token", "sechzehn Buchst\u00e4ben"),
            "--token: It holds what a browser or a program cannot send. "
            "Use letters without accents, digits and marks of ASCII, and no space at its ends.",
        ),
        (("--port", "70000"), "--port: 70000 is no port. Give one of 1 to 65535, or 0 for any that is free."),
        (("--max-queue", "0"), "--max-queue: 0 bounds everything away. Give more than 0."),
        (
            ("nowhere",),
            "nowhere: There is no such situation. Name a folder; under scenarios/ there is: tarn-valley. "
            "Examples: al-qaim-2017, falklands-1982.",
        ),
    ],
)
def test_a_setting_that_is_unsafe_or_none_is_refused_before_anything_listens(
    home: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(home)
    monkeypatch.delenv("SITUATION_TOKEN", raising=False)
    result = CliRunner().invoke(main, ["serve", *options])
    assert (result.exit_code, result.output.strip()) == (2, said)


def test_a_port_that_is_taken_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert result.output == (
        f"--port: 127.0.0.1, port {port}: Nothing can listen there: Address already in use. "
        "Give another port, or 0 for any that is free.\n"
    )


def test_without_its_extra_the_command_says_what_to_install(home: Path) -> None:
    words = "import sys; sys.modules['uvicorn'] = None; from situation.commands.cli import main; main(['serve'])"
    done = subprocess.run([sys.executable, "-c", words], cwd=home, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "The served edition needs uvicorn, which is not here. "
        "In the project's folder: .venv/bin/pip install -c constraints.txt -e '.[serve]'\n"
    )


def test_every_option_that_the_documentation_names_is_one() -> None:
    page = (Path(__file__).parents[3] / "docs" / "serve.md").read_text("utf-8")
    known = {word for option in COMMAND["serve"].params for word in option.opts}
    named = set(re.findall(r"--[a-z][a-z-]+", page)) - {"--runs", "--seed"}
    assert named <= known
    assert {"--host", "--name", "--max-queue", "--max-runs", "--max-minutes", "--workers", "--runs-dir"} <= named


def test_every_key_of_a_job_is_documented(plain: Server) -> None:
    page = (Path(__file__).parents[3] / "docs" / "serve.md").read_text("utf-8")
    told = plain.end(plain.job(plain.client.post("/replay")))
    assert told["state"] == "done"
    assert [key for key in told if f"`{key}`" not in page] == []


def test_the_command_line_does_not_load_the_server_before_it_is_asked_for() -> None:
    words = "import sys; import situation.commands.cli; print({'starlette', 'uvicorn'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:80", "10.0.0.1", "", "localhost.evil.example"]
)
def test_a_name_that_is_not_the_servers_is_refused(plain: Server, host: str) -> None:
    status, text = asked(plain, "GET", "/", {"host": host})
    assert status in (400, 421)
    assert "push-on" not in text


ODD_HOSTS = (
    *("localhost:", "localhost:x", "localhost:80:80", "localhost:99999", "localhost:-1", "localhost/", "localhost@x"),
    *("localhost#", "localhost?", "local host", "localhost,evil.example", "[::1", "::1", "[::1]x", "[::1]:", "[]", "."),
    *("127.0.0.1.", "127.0.0.1%00", "127.1", "0x7f.0.0.1", "[fe80::1%lo]", "localhost\u00e9", "<b>", "a" * 300),
)


@pytest.mark.parametrize("host", ODD_HOSTS)
def test_a_host_that_no_browser_sends_is_refused(plain: Server, host: str) -> None:
    status, text = asked(plain, "GET", "/", {"host": host})
    assert status in (400, 421)
    assert "push-on" not in text


def test_one_request_names_one_host(plain: Server) -> None:
    with socket.create_connection(("127.0.0.1", plain.port), timeout=20) as line:
        line.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("name", ["https://maps.example.org", "maps.example.org:443", "a/b", "", "m\u00e4ps.example"])
def test_a_name_that_no_browser_asks_for_is_refused_before_anything_listens(name: str) -> None:
    with pytest.raises(Fault, match="is no name of a machine"):
        Settings(Path(), Path(), names=(name,))


def test_a_head_is_read_up_to_its_limit_however_it_comes(plain: Server) -> None:
    few = {"host": "localhost", "x-a": "a" * 16_000, "x-b": "b" * 15_000}
    assert asked(plain, "GET", "/served.css", few)[0] == 200
    assert asked(plain, "GET", "/served.css", {**few, "x-c": "c" * 2_000})[0] == 431
    assert asked(plain, "GET", f"/served.css?{'q' * 33_000}", {"host": "localhost"})[0] == 431


def test_whoever_guesses_the_token_is_slowed_and_nobody_else(guarded: Server) -> None:
    there, elsewhere = {"x-forwarded-for": "2001:db8::1"}, {"x-forwarded-for": "2001:db8:0:1::1"}
    bearer, wrong = {"authorization": f"Bearer {TOKEN}"}, {"authorization": "Bearer sixteen letters and more"}
    with httpx.Client(base_url=guarded.address, trust_env=False, headers=there) as browser:
        assert browser.post("/login", data={"token": TOKEN}).status_code == 303
        cookie = dict(browser.cookies)
    with httpx.Client(base_url=guarded.address, trust_env=False, headers=there) as guessing:
        for number in range(Limits().guesses):
            guess = {**wrong, "x-forwarded-for": f"2001:db8::{number}"}
            ways = (
                lambda guess=guess: guessing.get("/new", headers=guess),
                lambda: guessing.get("/new?token=wrong"),
                lambda: guessing.post("/login", data={"token": "wrong"}),
            )
            assert ways[number % 3]().status_code == 401
        late = [
            guessing.get("/new", headers=bearer),
            guessing.get("/new", params={"token": TOKEN}),
            guessing.post("/login", data={"token": TOKEN}),
        ]
        for answer in late:
            assert answer.status_code == 429
            assert 1 <= int(answer.headers["retry-after"]) <= 61
            assert "Too many wrong tokens came from this address." in answer.text
        assert guessing.get("/new").status_code == 401
    with httpx.Client(base_url=guarded.address, trust_env=False, cookies=cookie) as browser:
        assert browser.get("/new", headers=there).status_code == 200
    assert httpx.get(f"{guarded.address}/new", headers=bearer | elsewhere, trust_env=False).status_code == 200


def test_what_is_on_the_machine_is_slowed_whatever_address_it_gives(home: Path) -> None:
    with serving(home, made=True) as server, httpx.Client(base_url=server.address, trust_env=False) as guessing:
        for number in range(Limits().guesses + 1):
            guess = {"authorization": f"Bearer guess {number}", "x-forwarded-for": f"192.0.2.{number}"}
            answer = guessing.get("/new", headers=guess)
            assert answer.status_code == (401 if number < Limits().guesses else 429)
        assert guessing.get(server.opened).status_code == 429
        assert server.client.get("/new").status_code == 200, "Who has the cookie is let in all the same."


def test_a_token_is_made_and_whoever_opens_the_address_is_let_in_and_nobody_else(home: Path) -> None:
    seen = set()
    for _ in range(2):
        with serving(home, made=True) as server, httpx.Client(base_url=server.address, trust_env=False) as other:
            opened = httpx.URL(server.opened)
            seen.add(opened.params["token"])
            assert len(opened.params["token"]) >= 32
            assert other.get("/").status_code == 401
            assert other.get("/runs/x/page").status_code == 401
            assert other.post("/replay").status_code == 401
            assert server.client.get("/").status_code == 200
            again = server.client.get(server.opened)
            assert (again.status_code, again.headers["location"]) == (303, "/"), "It does not stay in the address."
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("options", "token", "said", "noted"),
    [
        (("--no-token",), "", "There is no token: every account of this machine is let in.\n", ""),
        ((), TOKEN, " It asks for the token.\n", ""),
        (
            ("--token", TOKEN),
            "",
            " It asks for the token.\n",
            "Note: other accounts can read --token in the list of processes; set SITUATION_TOKEN instead.\n",
        ),
        ((), "", "Who has this address is let in.\n", ""),
    ],
)
def test_it_says_who_is_let_in(home: Path, options: tuple[str, ...], token: str, said: str, noted: str) -> None:
    words = [sys.executable, "-m", "situation", "serve", "--port", "0", *options]
    env = {name: value for name, value in os.environ.items() if name != "SITUATION_TOKEN"}
    env |= {"SITUATION_TOKEN": token} if token else {}
    pipe = subprocess.PIPE
    with subprocess.Popen(words, cwd=home, env=env, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        while "Ctrl-C" not in told:
            told += process.stdout.readline()
        process.terminate()
        rest, errors = process.communicate(timeout=20)
    assert said in told
    # It was ended before it served anybody.
    assert (TOKEN in told, rest, errors) == (False, "Stopped.\n", noted)


def test_a_minute_after_a_wrong_token_the_next_is_compared() -> None:
    guesses = Guesses(2)
    guesses.missed("192.0.2.1", 0.0)
    guesses.missed("192.0.2.1", 30.5)
    assert [guesses.wait("192.0.2.1", now) for now in (31.0, 59.5, 60.0)] == [30, 1, 0]
    guesses.missed("192.0.2.1", 60.0)
    assert guesses.wait("192.0.2.1", 61.0) == 30
    for number in range(5000):
        guesses.missed(f"2001:db8:{number:x}::1", 61.0)
    assert guesses.wait("192.0.2.1", 61.0) == 0, "So many addresses are remembered and no more."


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9000", "[::1]:8000", "LOCALHOST:80"])
def test_every_name_of_this_machine_is_the_servers(plain: Server, host: str) -> None:
    assert asked(plain, "GET", "/new", {"host": host})[0] == 200


def test_a_named_server_answers_to_its_name_whatever_its_letters(guarded: Server) -> None:
    bearer = {"authorization": f"Bearer {TOKEN}"}
    assert asked(guarded, "GET", "/new", {"host": "maps.EXAMPLE.org", **bearer})[0] == 200
    assert asked(guarded, "GET", "/new", {"host": "maps.example.com", **bearer})[0] == 421


STRANGERS = (
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "http://["},
    {"origin": "http://127.0.0.1:{port}/x"},
    {"origin": "http://127.0.0.1:1"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:{port}"},
)
ASKING = ("/new/push-on", "/new/push-on/yaml", "/replay", "/compare", "/jobs/1/cancel", "/jobs/1/again", "/login")


def test_a_page_of_another_site_can_start_nothing(plain: Server) -> None:
    before = plain.end(plain.job(plain.client.post("/replay")))["job"]
    for headers in STRANGERS:
        told = {name: value.format(port=plain.port) for name, value in headers.items()}
        for path in ASKING:
            answer = httpx.post(f"{plain.address}{path}", headers=told, data={"stories": "8"}, trust_env=False)
            assert answer.status_code == 403, (path, headers)
    after = plain.job(httpx.post(f"{plain.address}/replay", trust_env=False))
    first, second = (int(job.rpartition("-")[2]) for job in (before, after))
    assert second == first + 1


def test_every_answer_says_what_a_browser_may_do_with_it(plain: Server, guarded: Server) -> None:
    answers = [plain.client.get(path) for path in ("/", "/new/push-on", "/nothing", "/served.js", "/jobs/9/events")]
    answers += [guarded.client.get("/"), plain.client.get("/", headers={"host": "evil.example"})]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "same-origin"


PATHS = (
    "/",
    "/new",
    "/new/push-on",
    "/compare",
    "/runs/x",
    "/runs/x/page",
    "/jobs/1/state",
    "/scenarios/guns.yaml",
    "/served.js",
)


SHOWN = ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \u00e9"]


@pytest.mark.parametrize("shown", SHOWN)
def test_without_the_token_nothing_is_shown_or_done(guarded: Server, shown: str) -> None:
    headers = {b"authorization": shown.encode()} if shown else {}
    headers[b"x-forwarded-for"] = f"192.0.2.{SHOWN.index(shown)}".encode()
    for path in PATHS:
        answer = guarded.client.get(path, headers=headers)
        assert answer.status_code == 401, path
        assert "valley" not in answer.text
    answer = guarded.client.post("/new/push-on", data={"stories": "8"}, headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_the_token_in_the_header_lets_in(guarded: Server) -> None:
    answer = guarded.client.get("/new", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert "The North pushes on" in answer.text
    assert "set-cookie" not in answer.headers


def test_the_token_in_the_address_lets_the_browser_in_once_and_is_taken_out_of_it(guarded: Server) -> None:
    with httpx.Client(base_url=guarded.address, trust_env=False) as browser:
        answer = browser.get("/new", params={"token": TOKEN, "stories": "8"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/new?stories=8")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert TOKEN not in cookie
        assert browser.get("/new").status_code == 200
        assert browser.post("/replay", headers={"origin": "http://evil.example"}).status_code == 403
    with httpx.Client(trust_env=False) as browser:
        answer = browser.get(f"{guarded.address}//evil.example/x?token={TOKEN.replace(' ', '+')}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/evil.example/x")
    assert httpx.get(f"{guarded.address}/new?token=wrong", trust_env=False).status_code == 401


def test_the_form_lets_in_and_leads_nowhere_else(guarded: Server) -> None:
    with httpx.Client(base_url=guarded.address, trust_env=False) as browser:
        asked_for = browser.get("/compare", headers={"accept": "text/html"})
        assert asked_for.status_code == 401
        assert 'type="password"' in asked_for.text
        assert 'value="/compare"' in asked_for.text
        assert browser.post("/login", data={"token": "wrong"}).status_code == 401
        answer = browser.post("/login", data={"token": TOKEN, "there": "//evil.example"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/evil.example")
        assert browser.get("/compare").status_code == 200


def test_what_was_asked_for_is_still_asked_for_behind_the_form_that_lets_in(guarded: Server) -> None:
    asked_for = guarded.client.get("/compare?first=scenario:guns&second=run:x", headers={"accept": "text/html"})
    assert 'name="there" value="/compare?first=scenario:guns&amp;second=run:x"' in asked_for.text
    assert " autofocus" in asked_for.text


@pytest.mark.parametrize(
    ("method", "headers", "secure"),
    [
        ("POST", {"origin": "https://maps.example.org"}, True),
        ("POST", {"origin": "http://maps.example.org"}, False),
        ("POST", {}, False),
        ("GET", {"x-forwarded-proto": "https"}, True),
        ("GET", {}, False),
    ],
)
def test_the_cookie_is_kept_to_encrypted_lines_where_it_came_by_one(
    guarded: Server, method: str, headers: dict[str, str], secure: bool
) -> None:
    with httpx.Client(base_url=guarded.address, headers={"host": "maps.example.org", **headers}) as browser:
        shown = {"token": TOKEN}
        answer = browser.post("/login", data=shown) if method == "POST" else browser.get("/new", params=shown)
    assert answer.status_code == 303
    assert ("; Secure" in answer.headers["set-cookie"]) == secure


@pytest.mark.parametrize("body", [b"", b"nonsense", b"stories=8", b"seed=3&parameters:rest:best=3"])
def test_what_no_form_sends_starts_nothing(plain: Server, body: bytes) -> None:
    for path in ("/new/push-on", "/new/push-on/yaml"):
        answer = plain.client.post(path, content=body)
        assert answer.status_code == 400
        assert "This is not what the form sends: it lacks the stories or the seed." in answer.text


def test_a_file_is_sent_under_its_name_whatever_letters_that_holds(plain: Server, home: Path) -> None:
    names = {"d\u00e9but": "d%C3%A9but", 'a"b': "a%22b", "two\nlines": "two%0Alines"}
    for name, written in names.items():
        file = home / "scenarios" / "tarn-valley" / f"{name}.yaml"
        file.write_text("x: 1\n")
        try:
            answer = plain.client.get(f"/scenarios/{written}.yaml")
            listed = plain.client.get("/new")
        finally:
            file.unlink()
        assert (answer.status_code, answer.text) == (200, "x: 1\n")
        assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{written}.yaml"
        assert "Rename it." in listed.text
        assert f'href="/new/{name}"' not in listed.text


HASTY = """\
from pathlib import Path
from situation.serving.server import run_server
from situation.serving.settings import Limits, Settings
limits = Limits(patience=0.5)
settings = Settings(Path("scenarios/tarn-valley"), Path("runs"), port=0, limits=limits)
run_server(settings, lambda address: print(address, flush=True))
"""


@pytest.fixture(scope="module")
def hasty(home: Path) -> Iterator[int]:
    """The port of a server that waits for nobody."""
    words = [sys.executable, "-c", HASTY]
    with subprocess.Popen(words, cwd=home, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
        process.terminate()
        assert process.wait(timeout=20) == 0


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nhost: localhost\r\nx-", b""),
        (b"POST /new/push-on HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nst", b"HTTP/1.1 408 "),
        (b"GET /served.css HTTP/1.1\r\nhost: localhost\r\n\r\nGET / HT", b"HTTP/1.1 200 "),
        (b"GET / HTTP/1.1\r\nx: " + b"x" * 70_000, b"HTTP/1.1 400 "),
    ],
)
def test_whoever_begins_to_ask_and_does_not_go_on_is_not_waited_for(hasty: int, sent: bytes, answered: bytes) -> None:
    with socket.create_connection(("127.0.0.1", hasty), timeout=20) as line:
        line.sendall(sent)
        got = b""
        while piece := line.recv(65536):
            got += piece
    assert got.startswith(answered)
    assert bool(got) == bool(answered)


def test_more_than_a_form_can_be_is_not_read(plain: Server) -> None:
    much = b"stories=" + b"1" * (256 * 1024)
    assert plain.client.post("/new/push-on", content=much).status_code == 413
    assert plain.client.post("/new/push-on", content=iter([much[:100_000]] * 4)).status_code == 413
    assert plain.client.post("/new/push-on", content="&".join(f"a{n}=1" for n in range(6000))).status_code == 400
    assert plain.client.post("/new/push-on", content=b"\xff\xfe").status_code == 400
    assert asked(plain, "POST", "/replay", {"host": "localhost", "content-length": "-5"})[0] in (400, 413)
    assert plain.client.get("/").status_code == 200


def test_no_name_leads_out_of_the_folder_of_runs(plain: Server, home: Path) -> None:
    runs = home / "runs"
    (runs / ".partial").mkdir(parents=True)
    (runs / ".partial" / "manifest.json").write_text('{"kind": "ensemble", "files": {"secret": {}}}')
    bad = runs / "bad"
    bad.mkdir()
    (home / "secret").write_text("a secret")
    (bad / "manifest.json").write_text('{"kind":"replay","digest":"d","files":{"../../secret":{},"link":{},"x y":{}}}')
    (bad / "link").symlink_to(home / "secret")
    (bad / "x y").write_text("a secret")
    (runs / "elsewhere").symlink_to(home)
    (home / "manifest.json").write_text('{"kind": "replay", "digest": "d", "files": {"secret": {}}}')
    names = ["..", ".", ".partial", "%2e%2e", "..%2f..%2fetc", "elsewhere", "bad%2f..", "bad%00", "changed"]
    paths = [f"/runs/{name}{rest}" for name in names for rest in ("", "/page", "/files/secret")]
    files = ["link", "x%20y", "..%2f..%2fsecret", "%2e%2e%2fsecret", "../../secret", "nothing", "%00"]
    paths += [f"/runs/bad/files/{name}" for name in files]
    paths += [
        "/scenarios/map.yaml",
        "/scenarios/..%2f..%2fsecret.yaml",
        "/new/map",
        "/new/..%2fmap",
        "/served.css/..%2f..",
    ]
    for path in paths:
        status, text = asked(plain, "GET", path, {"host": "localhost"})
        assert status in (400, 404), path
        assert "a secret" not in text, path
    shown = plain.client.get("/").text
    assert "bad/manifest.json: The file was changed, or is of another version." in shown
    assert "elsewhere" not in shown
