"""Mails that nobody would write: the fixtures, mutated where mails have their joints. Whatever comes out is printable and consistent.

A few seconds by default; COUNTERSIGN_TEST_SIZE=long tries for ten minutes.
"""

import os
import random
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.mailboxes.reading.headers import clean
from backend.mailboxes.reading.read_mail import MOST_TEXT, read_mail

LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
SECONDS = 600 if LONG else 5
MOST_SECONDS = 1.0
SEEDS = [file.read_bytes() for file in sorted((Path(__file__).parent / "fixtures").glob("*.eml"))]
PIECES = [
    b"\r\n", b"\r", b"\n\n", b"--b1\n", b"--b1--\n", b"--", b"boundary=", b";", b'"', b"=?utf-8?Q?", b"=?utf-8?B?", b"?=", b"=", b"=\n", b"\0", b"\xff",
    b"\xe2\x80\xae", b"\x1b$B", b"Content-Type: multipart/mixed; boundary=b1\n", b"Content-Type: multipart/alternative\n", b"Content-Type: message/rfc822\n\n",
    b"Content-Type: text/html\n\n", b"Content-Type: application/ms-tnef\n\n", b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: quoted-printable\n",
    b"Content-Transfer-Encoding: x-uuencode\n", b"charset=utf-16", b"charset=utf-7", b"charset=iso-2022-jp", b"format=flowed", b"filename*0*=utf-8''%", b"filename*1=", b"begin 644 a\n", b"\nend\n",
    b"<blockquote>", b"</blockquote>", b"<!--", b"<div>", b"<pre>", b"> ", b">>", b"On a@b.example wrote:\n", b"From: ", b"Sent: x\n", b"-- \n", b"<", b">", b"(", b")", b":", b",",
    b"BEGIN:VEVENT\n", b"Final-Recipient: rfc822; ", b"Action: failed\n", b"\n\n\n", b"a" * 300, b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80",
]  # fmt: skip


def check(raw: bytes) -> None:
    began = time.thread_time()
    mail = read_mail(raw, "joel@client.example")
    assert time.thread_time() - began < MOST_SECONDS, raw
    names = [part.name for part in mail.attachments]
    for text in (mail.sender, mail.name, mail.subject, mail.text, mail.new_text, mail.html or "", mail.mark, *names):
        assert text == clean(text), raw
        text.encode()
    assert "\n" not in mail.subject + mail.name + "".join(names)
    assert len(mail.text) <= MOST_TEXT
    assert all(names)
    assert len(names) == len(set(names)), raw
    assert not any("/" in name or "\\" in name for name in names)
    assert bool(mail.new_text.strip()) == bool(mail.text.strip()), raw
    assert "<script" not in (mail.html or "").lower()
    for part in mail.attachments:
        assert len(part.content()) == part.size, raw
    # What is new is the whole text's own lines, none made up.
    assert set(mail.new_text.split("\n")) <= set(mail.text.split("\n")) | {mail.new_text.split("\n")[-1]}, raw


def mutated(chance: random.Random) -> bytes:
    raw = bytearray(chance.choice(SEEDS)[:20_000])
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randint(0, len(raw)), chance.choice((0, 0, 1, 1, 5, 40))
        match chance.randint(0, 5):
            case 0 | 1:
                raw[at : at + length] = chance.choice(PIECES)
            case 2:
                raw[at : at + length] = b""
            case 3:
                other = chance.choice(SEEDS)
                begin = chance.randint(0, len(other))
                raw[at : at + length] = other[begin : begin + chance.choice((10, 100, 2_000))]
            case 4:
                lines = bytes(raw).split(b"\n")
                one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
                lines[one], lines[two] = lines[two], lines[one]
                raw = bytearray(b"\n".join(lines))
            case _:
                raw[at : at + length] = raw[at : at + 200] * chance.choice((2, 5))
    return bytes(raw)


def test_fixtures_that_are_mutated_are_read_without_surprise() -> None:
    seed = random.SystemRandom().randrange(2**32) if LONG else 2026
    chance = random.Random(seed)
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        check(mutated(chance))


@settings(max_examples=3_000 if LONG else 150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=20)), max_size=40))
def test_pieces_of_mails_in_any_order_are_read_without_surprise(found: list[bytes]) -> None:
    check(b"From: Joel <joel@client.example>\n" + b"".join(found))
    check(b"".join(found))
