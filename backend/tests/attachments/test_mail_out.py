"""An answer's files go with its mail up to a size, and are named in it beyond that."""

from backend.attachments.rules import set_rules
from backend.database import rows
from backend.jobs.consumers import CONSUMERS
from backend.jobs.deliver import deliver
from backend.mailboxes.outgoing.send import send_mail
from backend.tests.attachments.story import NOTE, REPLY, People, a_picture, opened, uploaded
from backend.tests.factories import a_member, within
from backend.tests.mail.conftest import Catcher, Caught, catcher

__all__ = ["catcher"]


async def mailed_reply(people: People, catcher: Catcher) -> Caught:
    """The mail about the latest answer, as the other server got it."""
    with within(people.tenant):
        events = await rows("select event_id from deliveries where consumer = 'reply_mail' and done_at is null")
    for each in events:
        await deliver(CONSUMERS, people.tenant.id, each["event_id"], "reply_mail")
    with within(people.tenant):
        queued = await rows("select id from outgoing_mails where template = 'reply' and state = 'queued'")
    for each in queued:
        await send_mail(people.tenant.id, each["id"])
    return catcher.mails[-1]


def files_in(mail: Caught) -> list[tuple[str | None, str, int]]:
    return [
        (part.get_filename(), part.get_content_type(), len(part.get_payload(decode=True) or b""))
        for part in mail.message.iter_attachments()
    ]


async def test_files_of_an_answer_go_with_its_mail_while_there_is_room(people: People, catcher: Catcher) -> None:
    with within(people.tenant):
        await set_rules(
            await a_member(people.tenant, "admin"),
            most_mb=10,
            space_mb=100,
            mail_mb=1,
            refused_types=[],
            unscanned=False,
        )
    number, picture = await opened(people), a_picture()
    await people.desk.ask(NOTE, number=number, attachments=[await uploaded(people.desk, "ours.txt")])
    ids = [
        await uploaded(people.desk, "sh\u00f6t.png", picture),
        await uploaded(people.desk, "dump.sql", b"x" * 1_500_000),
        await uploaded(people.desk, "log.txt"),
    ]
    await people.desk.ask(REPLY, number=number, body="See the files.", attachments=ids)
    mail = await mailed_reply(people, catcher)
    assert files_in(mail) == [("sh\u00f6t.png", "image/png", len(picture)), ("log.txt", "text/plain", 15)]
    for kind in ("plain", "html"):
        assert "See the files." in mail.part(kind)
        assert "dump.sql (1.4 MB)" in mail.part(kind)
        assert "ours.txt" not in mail.part(kind)
    assert mail.message.get_content_type() == "multipart/mixed"


async def test_an_answer_without_files_is_the_mail_that_it_was(people: People, catcher: Catcher) -> None:
    number = await opened(people, await uploaded(people.portal))
    await people.desk.ask(REPLY, number=number, body="Done.", attachments=None)
    mail = await mailed_reply(people, catcher)
    assert mail.message.get_content_type() == "multipart/alternative"
    assert files_in(mail) == []
