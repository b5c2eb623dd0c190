"""The page's door: who is let in, what may be sent in, and what goes out."""

import http.client
import json
import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from webpage import Clock, served

from tipletters.errors import CaseError, OutputError, ReadError
from tipletters.web import copies, documents, neighbour
from tipletters.web.app import ACTIONS, PAGES, UPLOADS
from tipletters.web.desk import MOST_BYTES, Desk
from tipletters.web.door import HEADERS
from tipletters.web.server import listen

NOON = datetime(2026, 5, 14, 12)


class Visitor:
    """Somebody who speaks HTTP to the page, with or without good manners."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.cookie = ""

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.desk.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            named.setdefault("cookie", self.cookie)
        try:
            connection.request(method, path, body or None, named)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def enter(self) -> None:
        key = self.desk.link().partition("#")[2]
        status, headers, _ = self.send("POST", "/open", key.encode(), origin=self.desk.origin)
        assert status == 200
        self.cookie = headers["set-cookie"].split(";")[0]

    def get(self, name: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self.send("GET", f"/{self.desk.room}/{name}", **headers)

    def do(self, name: str, data: object, **headers: str) -> tuple[int, dict[str, str], bytes]:
        whole = {
            "origin": self.desk.origin,
            "content_type": "application/json",
            "x_tipletters": self.desk.csrf,
            **headers,
        }
        return self.send("POST", f"/{self.desk.room}/do/{name}", json.dumps(data).encode(), **whole)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with served(tmp_path, clock) as desk:
        yield desk


@pytest.fixture
def visitor(desk: Desk) -> Visitor:
    return Visitor(desk)


def test_without_the_link_every_page_and_every_action_is_shut(visitor: Visitor) -> None:
    for name in PAGES:
        assert visitor.get(name)[0] == 401
    for name in ACTIONS:
        assert visitor.do(name, {})[0] == 401
    for name in UPLOADS:
        status, *_ = visitor.send("POST", f"/{visitor.desk.room}/take/{name}", b"x", origin=visitor.desk.origin)
        assert status == 401


def test_a_link_opens_once_and_the_cookie_is_strict(visitor: Visitor, desk: Desk) -> None:
    key = desk.link().partition("#")[2].encode()
    status, headers, _ = visitor.send("POST", "/open", key, origin=desk.origin)
    assert status == 200
    cookie = headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie
    assert f"path=/{desk.room}/" in cookie
    assert visitor.send("POST", "/open", key, origin=desk.origin)[0] == 403
    assert visitor.send("POST", "/open", b"guess", origin=desk.origin)[0] == 403


def test_an_old_link_is_void(visitor: Visitor, desk: Desk, clock: Clock) -> None:
    key = desk.link().partition("#")[2].encode()
    clock.at += timedelta(minutes=11)
    assert visitor.send("POST", "/open", key, origin=desk.origin)[0] == 403


def test_a_second_link_leaves_the_first_tab_open(visitor: Visitor) -> None:
    visitor.enter()
    token = visitor.desk.csrf
    Visitor(visitor.desk).enter()
    assert visitor.do("explain", {"check": "jargon"}, x_tipletters=token)[0] == 200


@pytest.mark.parametrize("host", ["evil.example:80", "localhost:{port}", "127.0.0.1", "127.0.0.1.evil.example:{port}"])
def test_another_host_name_is_refused_so_rebinding_a_name_gains_nothing(visitor: Visitor, host: str) -> None:
    visitor.enter()
    status, _, body = visitor.get("check", host=host.format(port=visitor.desk.port))
    assert status == 421
    assert b"Check a letter" not in body


def test_two_host_names_are_refused(desk: Desk) -> None:
    with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as wire:
        lines = f"GET / HTTP/1.1\r\nHost: {desk.host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        wire.sendall(lines.encode())
        assert wire.recv(4096).split()[1] in (b"400", b"421")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", ""])
def test_an_action_from_another_page_is_refused(visitor: Visitor, origin: str) -> None:
    visitor.enter()
    assert visitor.do("explain", {"check": "jargon"}, origin=origin)[0] == 403
    assert visitor.get("check", **({"origin": origin} if origin else {"sec_fetch_site": "cross-site"}))[0] == 403


def test_a_page_of_another_port_is_refused_though_browsers_call_it_the_same_site(visitor: Visitor) -> None:
    visitor.enter()
    assert visitor.get("check", sec_fetch_site="same-site")[0] == 403
    assert visitor.do("explain", {"check": "jargon"}, sec_fetch_site="same-site")[0] == 403


@pytest.mark.parametrize("token", ["", "guess", "é"])
def test_an_action_without_our_token_is_refused(visitor: Visitor, token: str) -> None:
    visitor.enter()
    assert visitor.do("explain", {"check": "jargon"}, x_tipletters=token)[0] == 403
    assert visitor.do("explain", {"check": "jargon"})[0] == 200


def test_a_form_cannot_act_since_only_json_is_taken(visitor: Visitor) -> None:
    visitor.enter()
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
        assert visitor.do("explain", {"check": "jargon"}, content_type=kind)[0] == 400


def test_what_is_no_json_object_is_an_error_in_plain_words(visitor: Visitor) -> None:
    visitor.enter()
    for name in ACTIONS:
        status, _, body = visitor.do(name, ["x"])
        assert status == 400
        assert "Traceback" not in body.decode()


def test_half_a_character_and_a_value_of_the_wrong_kind_are_answered_in_plain_words(
    visitor: Visitor, desk: Desk
) -> None:
    visitor.enter()
    for name in ACTIONS:
        assert visitor.do(name, {"letter": "x", "text": "\ud83d", "said": ["\ud83d"]})[0] == 400
    letter = json.loads(visitor.do("begin", {"template": "meeting-summary"})[2])["go"].partition("=")[2]
    for name in ("check-text", "check-answer", "answered"):
        for wrong in (None, 3, True, "word"):
            status, _, body = visitor.do(name, {"letter": letter, "text": "You are well.", "allowed": wrong})
            assert status == 422
            assert "must be a list" in body.decode()
    case = next(desk.folder.glob("*/case.toml"))
    case.write_text("allow = 3\nanswers = 3\n" + case.read_text())
    for name in ("allow", "decide"):
        assert visitor.do(name, {"letter": letter, "word": "x", "said": "x"})[0] == 422


def test_every_answer_carries_the_headers(visitor: Visitor) -> None:
    visitor.enter()
    answers = [visitor.get("check"), visitor.get("nothing"), visitor.do("explain", {"check": "jargon"})]
    answers += [Visitor(visitor.desk).get("check"), visitor.send("GET", "/static/style.css")]
    answers.append(visitor.get("check", host="evil.example"))
    for _, headers, _ in answers:
        assert {name: headers.get(name) for name in HEADERS} == HEADERS
        assert "server" not in headers
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/static/../desk.py",
        "/static/%2e%2e/desk.py",
        "/static/..%2fdesk.py",
        "/static/..%5cdesk.py",
        "//etc/passwd",
        "/static//etc/passwd",
        "/static/%00",
    ],
)
def test_a_path_does_not_lead_out_of_its_folder(visitor: Visitor, path: str) -> None:
    visitor.enter()
    for begin in ("", f"/{visitor.desk.room}"):
        status, _, body = visitor.send("GET", begin + path)
        assert status in (400, 401, 404)
        assert b"Desk" not in body
        assert b"root:" not in body


def test_more_than_the_limit_is_refused_whether_it_is_announced_or_not(visitor: Visitor, desk: Desk) -> None:
    visitor.enter()
    assert visitor.do("check-text", {}, content_length=str(MOST_BYTES + 1))[0] == 413
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as wire:
        head = (
            f"POST /{desk.room}/do/check-text HTTP/1.1\r\nHost: {desk.host}\r\nOrigin: {desk.origin}\r\n"
            f"Cookie: {visitor.cookie}\r\nX-Tipletters: {desk.csrf}\r\nContent-Type: application/json\r\n"
            "Transfer-Encoding: chunked\r\n\r\n"
        )
        wire.sendall(head.encode())
        piece = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
        answer: list[bytes] = []
        listener = threading.Thread(target=lambda: answer.append(wire.recv(400)))
        listener.start()
        try:
            for _ in range(MOST_BYTES // 0x100000 + 2):
                wire.sendall(piece)
        except OSError:
            pass  # it hung up, as it should
        listener.join(20)
        assert b" 413 " in answer[0]


def test_a_page_that_lies_unused_locks_and_forgets(visitor: Visitor, desk: Desk, clock: Clock) -> None:
    told: list[str] = []
    desk.tell = told.append
    visitor.enter()
    assert visitor.do("check-text", {"text": "You have oedema."})[0] == 200
    assert desk.held
    clock.at += timedelta(minutes=14)
    assert visitor.do("explain", {"check": "jargon"}, x_tipletters_quiet="1")[0] == 200
    clock.at += timedelta(minutes=2)
    assert visitor.get("check")[0] == 401
    assert not desk.held
    assert told[0].startswith(f"{desk.origin}/open#")


def test_no_number_comes_to_mean_something_else_after_a_lock(desk: Desk) -> None:
    old = copies.offer(desk, Path("first.docx"), b"first")
    paper = documents.take(desk, "first.txt", b"You are well.", {})["document"]
    desk.leave()
    assert copies.offer(desk, Path("second.docx"), b"second") != old
    assert documents.take(desk, "second.txt", b"You are better.", {})["document"] != paper
    with pytest.raises(CaseError, match="not there any more"):
        copies.download(desk, {"number": str(old)})
    with pytest.raises(ReadError, match="not open any more"):
        documents.give(desk, {"how": "comments", "document": paper})


def test_use_keeps_the_page_open_and_the_button_locks_it(visitor: Visitor, clock: Clock) -> None:
    visitor.enter()
    for _ in range(3):
        clock.at += timedelta(minutes=14)
        assert visitor.get("check")[0] == 200
    assert visitor.do("lock", {})[0] == 200
    assert visitor.get("check")[0] == 401


def test_no_log_holds_what_was_sent(
    visitor: Visitor,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visitor.enter()
    caplog.set_level(logging.DEBUG)

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("Quiet Marmalade")

    monkeypatch.setattr("tipletters.web.check.check_text", fails)
    status, _, body = visitor.do("check-text", {"text": "Quiet Marmalade"})
    assert status == 500
    heard = caplog.text + "".join(capfd.readouterr()) + body.decode()
    assert "Marmalade" not in heard
    assert "RuntimeError" in body.decode()


def test_it_listens_on_this_computer_alone(desk: Desk) -> None:
    ear = listen(0)
    assert ear.getsockname()[0] == "127.0.0.1"
    ear.close()
    with pytest.raises(OutputError, match="taken"):
        listen(desk.port)


@pytest.fixture
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    state = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("TIPLETTERS_HOME", str(state))
    return state


def test_a_second_start_of_the_same_person_finds_the_first(desk: Desk, own_state: Path) -> None:
    assert neighbour.link_of_running(desk.folder) is None
    neighbour.leave_note(desk)
    link = neighbour.link_of_running(desk.folder)
    assert link is not None
    assert link.startswith(f"{desk.origin}/open#")
    assert desk.open(link.partition("#")[2])
    note = next(own_state.rglob("*.json"))
    assert sys.platform == "win32" or note.stat().st_mode & 0o077 == 0
    neighbour.take_note_away(desk)
    assert neighbour.link_of_running(desk.folder) is None


def test_another_person_who_finds_the_port_gets_no_link(desk: Desk, own_state: Path, tmp_path: Path) -> None:
    visitor = Visitor(desk)
    assert visitor.send("POST", "/again", x_nonce="0" * 48, x_proof="0" * 64)[0] == 403
    assert visitor.send("POST", "/again", origin="http://evil.example")[0] == 403
    stranger = Desk(desk.folder, desk.port)  # same port, another secret: it cannot prove that it is the first
    neighbour.leave_note(stranger)
    assert neighbour.link_of_running(desk.folder) is None


def test_it_stops_cleanly_and_says_so(tmp_path: Path, own_state: Path) -> None:
    code = "import sys; from tipletters.cli import run; sys.argv = ['tipletters', 'serve', sys.argv[1], '--no-browser']; run()"
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while "http://127.0.0.1:" not in process.stdout.readline():
            assert process.poll() is None
        again = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert again.returncode == 0
        assert "running already" in again.stdout
        process.terminate()
        out, err = process.communicate(timeout=30)
    assert "Your work is saved" in out
    assert not err
    assert not list(own_state.rglob("*.json"))
