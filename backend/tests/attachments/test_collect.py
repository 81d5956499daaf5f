"""What nobody uses goes, and what is used stays."""

from datetime import timedelta

from backend import files
from backend.attachments.collect import collect_unused, collect_without_row
from backend.attachments.contents import content_key
from backend.database import rows, value
from backend.tests.attachments.story import People, a_picture, attachments_on, opened, uploaded
from backend.tests.factories import within


async def grow_old(people: People, *, hours: int = 25) -> None:
    old = timedelta(hours=hours)
    with within(people.tenant):
        from backend.database import system_rows

        await system_rows(
            "update attachments set uploaded_at = uploaded_at - $2::interval where tenant_id = $1",
            people.tenant.id,
            old,
        )
        await system_rows(
            "update attachment_contents set used_at = used_at - $2::interval where tenant_id = $1",
            people.tenant.id,
            old,
        )


async def test_a_file_that_no_message_took_within_a_day_goes_with_its_content_and_its_pictures(people: People) -> None:
    kept, left = (
        await uploaded(people.portal, "a.png", a_picture()),
        await uploaded(people.portal, "b.png", a_picture()),
    )
    number = await opened(people, kept)
    await people.desk.http.get(f"/attachments/{kept}/small")
    await grow_old(people, hours=23)
    await collect_unused()
    with within(people.tenant):
        assert await value("select count(*) from attachments where id = $1", left) == 1
    await grow_old(people)
    while await collect_unused():
        pass
    with within(people.tenant):
        assert await value("select count(*) from attachments") == 1
        assert await value("select count(*) from attachment_contents") == 1
    assert len(await files.list_keys(f"{people.tenant.id}/attachments")) == 1
    assert len(await attachments_on(people.portal, number)) == 1
    assert (await people.desk.http.get(f"/attachments/{kept}", follow_redirects=True)).status_code == 200


async def test_content_that_is_sent_again_while_it_is_old_stays(people: People) -> None:
    await uploaded(people.portal, "a.txt", b"the same")
    await grow_old(people)
    again = await uploaded(people.portal, "b.txt", b"the same")
    while await collect_unused():
        pass
    number = await opened(people, again)
    assert (await people.portal.http.get(f"/attachments/{again}", follow_redirects=True)).content == b"the same"
    assert [each["name"] for each in await attachments_on(people.portal, number)] == ["b.txt"]


async def test_what_lies_in_the_store_without_a_row_goes_after_a_day_and_no_other_company_s(people: People) -> None:
    file = await uploaded(people.portal)
    await opened(people, file)
    loose = content_key(people.tenant.id, b"\x01" * 32)
    await files.put(loose, b"loose")
    assert await collect_without_row(people.tenant.id) == 0
    await files.put(f"{people.tenant.id}/logo/kept", b"a logo")
    assert await collect_without_row(people.tenant.id, unused_for=timedelta(seconds=-1)) == 1
    assert loose not in await files.list_keys(f"{people.tenant.id}/attachments")
    assert (await people.portal.http.get(f"/attachments/{file}", follow_redirects=True)).status_code == 200
    with within(people.tenant):
        assert await rows("select id from attachment_contents")
