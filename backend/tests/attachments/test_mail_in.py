"""What comes with a mail stands on its message, as what its bytes say; nothing is dropped without a word."""

from email.message import EmailMessage

import pytest

from backend.attachments.rules import set_rules
from backend.mailboxes.receive import receive
from backend.tests.attachments.story import People, a_picture, attachments_on
from backend.tests.factories import a_member, within


def a_mail(people: People, *files: tuple[str, bytes], text: str = "See what is attached.") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Mara <{people.contact.email}>", support(people), "A file"
    mail["Message-ID"] = "<one@client.example>"
    mail.set_content(text)
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def support(people: People) -> str:
    return f"support@{people.tenant.mail_domain}"


async def test_the_files_of_a_mail_are_on_the_ticket_that_it_opens_and_can_be_had(people: People) -> None:
    picture = a_picture()
    mail = a_mail(people, ("shot.png", picture), ("log.txt", b"It stops here."))
    took = await receive(support(people), people.contact.email, mail)
    assert took.outcome == "opened"
    assert took.number is not None
    for browser in (people.portal, people.desk):
        found = await attachments_on(browser, took.number)
        assert [(each["name"], each["mediaType"], each["size"]) for each in found] == [
            ("shot.png", "image/png", len(picture)),
            ("log.txt", "text/plain", 14),
        ]
        assert (await browser.http.get(found[1]["url"], follow_redirects=True)).content == b"It stops here."
        assert (await browser.http.get(found[0]["smallUrl"])).status_code == 200
    again = await receive(support(people), people.contact.email, mail)
    assert again.outcome == "repeated"
    assert len(await attachments_on(people.desk, took.number)) == 2


async def test_what_is_not_taken_by_mail_stands_there_with_its_name_and_why(people: People) -> None:
    with within(people.tenant):
        await set_rules(
            await a_member(people.tenant, "admin"),
            most_mb=1,
            space_mb=100,
            mail_mb=1,
            refused_types=["exe"],
            unscanned=False,
        )
    mail = a_mail(
        people,
        ("setup.exe", b"MZ" + b"\0" * 100),
        ("big.log", b"x" * 1_100_000),
        ("empty.txt", b""),
        ("holiday.png", b"MZ"),
    )
    took = await receive(support(people), people.contact.email, mail)
    assert took.number is not None
    found = await attachments_on(people.desk, took.number)
    assert [(each["name"], each["state"], each["refusedBecause"]) for each in found] == [
        ("setup.exe", "REFUSED", "TYPE"), ("big.log", "REFUSED", "SIZE"), ("empty.txt", "REFUSED", "EMPTY"),
        ("holiday.png", "REFUSED", "TYPE"),
    ]  # fmt: skip
    for each in found:
        assert (await people.desk.http.get(each["url"])).status_code == 404


@pytest.mark.parametrize("text", ["", "   \n"])
async def test_a_mail_of_nothing_but_files_says_so(people: People, text: str) -> None:
    took = await receive(support(people), people.contact.email, a_mail(people, ("log.txt", b"It stops."), text=text))
    assert took.outcome == "opened"
    assert took.number is not None
    ticket = await people.desk.ask(
        "query($number: Int!) { ticket(number: $number) { timeline(first: 5) { edges { node { ... on Message { body } } } } } }",
        number=took.number,
    )
    assert ticket["timeline"]["edges"][0]["node"]["body"] == "(No text, only what is attached.)"
