"""Creating a tenant: its owner gets in, and what cannot be kept is refused in a sentence."""

from pathlib import Path

import pytest

from backend.accounts.links import read_link
from backend.database import bind, close_database, open_database
from backend.tenants.queries import tenant_of_host
from backend.tests.operator.conftest import Databases, Place
from infra.dev.services import ServiceUrls

CREATE = ("tenant", "create", "meadow", "Meadow Hosting", "--owner", "una@meadow.example", "--owner-name", "Una Meadow")


async def test_a_new_company_has_an_owner_who_can_choose_a_password(
    databases: Databases, urls: ServiceUrls, tmp_path: Path
) -> None:
    place = await databases.make(tmp_path)
    ran = await place.cli(*CREATE, "--language", "nl", "--lifecycle", "polder")
    assert ran.code == 0, ran.err
    token = ran.out.strip().rsplit("/link/", 1)[1]
    await close_database()
    await open_database(place.urls.app, system_url=place.urls.system, pool=2)
    try:
        tenant_id = await tenant_of_host("meadow.localhost")
        assert tenant_id is not None
        with bind(tenant_id):
            link = await read_link(tenant_id, token)
            assert link is not None
            assert (link.purpose, link.expired) == ("set_password", False)
    finally:
        await close_database()
        await open_database(urls.app, system_url=urls.system, pool=12)
    invited = await place.look("select a.email, m.role from members m join accounts a on a.id = m.account_id")
    assert [tuple(each) for each in invited] == [("una@meadow.example", "owner")]
    assert (await place.cli("doctor")).out.count("WRONG  mail") == 1


async def test_a_name_that_is_taken_makes_nothing(demo: Place) -> None:
    before = await demo.look("select count(*) from tenants")
    for words in (("anchor", "Another"), ("another", "Another", "--host", "anchor.localhost")):
        ran = await demo.cli("tenant", "create", *words, "--owner", "a@b.example", "--owner-name", "A")
        assert ran.code == 1
        assert f"has that already: {words[0]}, or {words[-1] if '--host' in words else 'anchor.localhost'}" in ran.err
    assert await demo.look("select count(*) from tenants") == before


@pytest.mark.parametrize(
    "words",
    [
        ("A B", "x"),
        ("meadow", " "),
        ("meadow", "x", "--host", "no host"),
        ("meadow", "x", "--mail-domain", "nothing"),
        ("meadow", "x", "--time-zone", "Mars/Olympus"),
        ("meadow", "x", "--time-zone", "../../etc/passwd"),
        ("meadow", "x", "--time-zone", "Europe"),
        ("meadow", "x", "--owner", "nobody"),
    ],
    ids=lambda words: " ".join(words),
)
async def test_what_cannot_be_kept_is_refused(demo: Place, words: tuple[str, ...]) -> None:
    ran = await demo.cli("tenant", "create", "--owner", "a@b.example", "--owner-name", "A", *words)
    assert ran.code == 1
    assert ran.err.count("\n") == 1


async def test_production_needs_a_host_and_a_domain(demo: Place) -> None:
    ran = await demo.cli(*CREATE, environment="production")
    assert ran.code == 1
    assert "--host" in ran.err
