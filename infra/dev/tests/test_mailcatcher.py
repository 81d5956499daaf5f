from __future__ import annotations

import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from infra.dev.data_folder import free_port
from infra.dev.mailcatcher.store import KEPT, MailStore

ROOT = Path(__file__).resolve().parents[3]


class Catcher:
    def __init__(self, smtp_port: int, http_port: int) -> None:
        self.smtp_port = smtp_port
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{http_port}", trust_env=False)

    def send(
        self, subject: str, *, to: str = "ada@example.org", html: str = "", sender: str = "desk@example.org"
    ) -> None:
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = subject, sender, to
        message["Message-ID"] = f"<{abs(hash(subject))}@example.org>"
        message.set_content(f"The text of {subject}: é\n")
        if html:
            message.add_alternative(html, subtype="html")
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as server:
            server.send_message(message, from_addr=sender, to_addrs=[to])


@contextmanager
def running(data_dir: Path) -> Iterator[Catcher]:
    smtp_port, http_port = free_port(), free_port()
    command = [sys.executable, "-m", "infra.dev.mailcatcher", "--data-dir", str(data_dir)]
    process = subprocess.Popen([*command, "--smtp-port", str(smtp_port), "--http-port", str(http_port)], cwd=ROOT)
    catcher = Catcher(smtp_port, http_port)
    try:
        wait_for(http_port)
        yield catcher
    finally:
        catcher.http.close()
        process.terminate()
        assert process.wait(timeout=10) == 0


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="module")
def catcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catcher]:
    with running(tmp_path_factory.mktemp("mail")) as started:
        yield started


def test_the_api_answers_the_newest_mails_of_an_address_first(catcher: Catcher) -> None:
    for subject in ("First", "Second"):
        catcher.send(subject, to="Grace@example.org", html="<p>Hello</p>")
    catcher.send("For somebody else", to="other@example.org")

    mails = catcher.http.get("/api/messages", params={"to": "grace@example.org"}).json()

    assert [mail["subject"] for mail in mails] == ["Second", "First"]
    newest = mails[0]
    assert newest["from"] == "desk@example.org"
    assert newest["to"] == ["Grace@example.org"]
    assert newest["text"] == "The text of Second: é\n"
    assert newest["html"] == "<p>Hello</p>\n"
    assert ["Subject", "Second"] in newest["headers"]
    assert newest["message_id"].endswith("@example.org>")
    raw = catcher.http.get(newest["raw"])
    assert raw.content.startswith(b"Subject: Second\r\n")


def test_html_of_a_mail_runs_nothing_and_loads_nothing(catcher: Catcher) -> None:
    catcher.send("Hostile <script>", to="hostile@example.org", html="<script>parent.document.title = 'x'</script>")
    mail = catcher.http.get("/api/messages", params={"to": "hostile@example.org"}).json()[0]

    page = catcher.http.get(f"/messages/{mail['id']}")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "Hostile &lt;script&gt;" in page.text
    assert "<script>" not in page.text
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text

    part = catcher.http.get(f"/messages/{mail['id']}/html")
    assert part.headers["content-security-policy"].startswith("sandbox allow-popups")
    assert "script-src" not in part.headers["content-security-policy"]


def test_a_mail_with_lines_like_the_envelopes_is_shown_as_it_came(tmp_path: Path) -> None:
    store = MailStore(tmp_path)
    content = b"Recipient: forged@example.org\r\nSubject: Odd\r\n\r\nText\r\n"
    kept = store.add("a@example.org", ["b@example.org"], content)
    assert kept.to == ["b@example.org"]
    assert store.raw(kept.id) == content


def test_a_mail_that_is_not_even_a_mail_is_kept(tmp_path: Path) -> None:
    store = MailStore(tmp_path)
    content = b"Content-Type: text/plain; charset=no-such-charset\r\n\r\n\xff\xfe\x00"
    assert store.add("", ["b@example.org"], content).sender == ""
    assert store.add("", [], b"").subject == ""
    assert [mail.id for mail in MailStore(tmp_path).newest_first()] == [2, 1]


def test_an_unknown_mail_is_not_found(catcher: Catcher) -> None:
    for path in ("/messages/999999", "/messages/999999/html", "/api/messages/999999", "/api/messages/999999/raw"):
        assert catcher.http.get(path).status_code == 404


def test_mails_are_kept_over_a_restart_until_they_are_deleted(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        first.send("Kept")
    with running(tmp_path) as second:
        second.send("Another")
        assert [mail["subject"] for mail in second.http.get("/api/messages").json()] == ["Another", "Kept"]
        assert second.http.delete("/api/messages").status_code == 204
        assert second.http.get("/api/messages").json() == []
        assert "No mail yet" in second.http.get("/").text


def test_only_the_newest_mails_are_kept(tmp_path: Path) -> None:
    store = MailStore(tmp_path)
    for number in range(KEPT + 3):
        store.add("a@example.org", ["b@example.org"], f"Subject: {number}\r\n\r\n".encode())
    assert len(store.newest_first()) == KEPT == len(list(tmp_path.glob("*.eml")))
    assert store.newest_first()[-1].subject == "3"
