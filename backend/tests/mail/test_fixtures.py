"""Mails as the world sends them, each with what it says: `fixtures/*.eml` and the table `fixtures/expected.json`."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.mailboxes.reading.read_mail import ReadMail, read_mail

FOLDER = Path(__file__).parent / "fixtures"
EXPECTED: dict[str, dict[str, Any]] = msgspec.json.decode((FOLDER / "expected.json").read_bytes())
AGAIN = {
    "to": lambda mail: [each.address for each in mail.to],
    "cc": lambda mail: [each.address for each in mail.cc],
    "reply_to": lambda mail: [each.address for each in mail.reply_to],
    "in_reply_to": lambda mail: list(mail.in_reply_to),
    "references": lambda mail: list(mail.references),
    "attachments": lambda mail: [each.name for each in mail.attachments],
    "inline": lambda mail: [each.name for each in mail.attachments if each.inline],
    "sizes": lambda mail: [each.size for each in mail.attachments],
    "notices": lambda mail: [each.code for each in mail.notices],
}


def read_fixture(name: str) -> ReadMail:
    expected = EXPECTED[name]
    return read_mail((FOLDER / f"{name}.eml").read_bytes(), expected.get("envelope", "joel@client.example"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_mail_is_read_as_its_reader_would(name: str) -> None:
    mail = read_fixture(name)
    for field, wanted in EXPECTED[name].items():
        if field == "envelope":
            continue
        if field == "html_has":
            assert wanted in (mail.html or "")
        elif field == "notice_has":
            assert wanted in mail.notices[0].words("en")
            assert wanted in mail.notices[0].words("nl")
        elif field in ("report", "forwarded") and wanted is not None:
            found = msgspec.json.decode(msgspec.json.encode(getattr(mail, field)))
            assert found is not None, field
            assert {each: found[each] for each in wanted} == wanted
        else:
            assert (AGAIN[field](mail) if field in AGAIN else getattr(mail, field)) == wanted, field
    for part in mail.attachments:
        assert len(part.content()) == part.size


def test_every_fixture_has_its_line_and_there_are_enough() -> None:
    assert {file.stem for file in FOLDER.glob("*.eml")} == set(EXPECTED)
    assert len(EXPECTED) >= 200
