"""The pipe: a mail from standard input becomes a ticket, and one JSON object says so."""

import asyncio
import json
import subprocess
import sys
from typing import Any

from backend.tests.operator.conftest import ROOT, Place

MAIL = b"From: Joel Visser <joel@client.example>\nSubject: Help\nMessage-ID: <cli-1@client.example>\n\nMy site is down.\n\n-- \nJoel\n"


async def mail(place: Place, raw: bytes, *words: str, code: int = 0) -> dict[str, Any]:
    environment = place.environment()
    ran = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "backend.cli", "mail", *words], cwd=ROOT, env=environment, input=raw,
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert ran.returncode == code, ran.stderr.decode()
    return dict(json.loads(ran.stdout)) if code == 0 else {"error": ran.stderr.decode()}


async def test_a_mail_becomes_a_ticket_and_the_same_again_does_not(demo: Place) -> None:
    domain = (await demo.look("select mail_domain from tenants order by slug limit 1"))[0]["mail_domain"]
    mailbox = (await demo.look("select d.mailbox from departments d join tenants t on t.id = d.tenant_id where t.mail_domain = $1 and d.archived_at is null limit 1", domain))[0]["mailbox"]  # fmt: skip
    said = await mail(demo, MAIL, "--to", f"{mailbox}@{domain}")
    assert said["outcome"] == "opened"
    assert said["number"]
    assert (said["sender"], said["name"], said["subject"]) == ("joel@client.example", "Joel Visser", "Help")
    assert (said["new_text"], said["trust"], said["kind"]) == ("My site is down.", "none", "person")
    again = await mail(demo, MAIL, "--to", f"{mailbox}@{domain}")
    assert again["outcome"] == "repeated"
    assert again["reason"]
    for odd in (b"", b"\0\xff" * 500):
        said = await mail(demo, odd, "--to", f"{mailbox}@{domain}")
        assert said["outcome"] in ("refused", "unreadable")
        assert said["reason"]


async def test_an_address_that_nobody_has_is_refused_with_a_reason(demo: Place) -> None:
    for address in ("nobody@nowhere.example", "no address", ""):
        said = await mail(demo, MAIL, "--to", address)
        assert (said["outcome"], said["number"], said["trust"]) == ("refused", None, None)
        assert "No mailbox" in said["reason"]


async def test_reading_alone_needs_no_database_and_tells_of_files(demo: Place) -> None:
    raw = MAIL.replace(b"\n\n", b'\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n--b\nContent-Type: image/png; name="a.png"\n\nPNG\n--b--\n', 1)  # fmt: skip
    said = await mail(demo, raw, "--read")
    assert said["attachments"] == [{"name": "a.png", "type": "image/png", "size": 3, "inline": False}]
    assert (said["outcome"], said["new_text"], said["trust"]) == ("read", "words", None)
    assert (await mail(demo, b"Return-Path: <>\n" + MAIL, "--read"))["kind"] == "bounce"
