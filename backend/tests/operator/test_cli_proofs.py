"""The operator's view on the chain of proofs: the doctor reads it, and a person can be erased from it."""

from pathlib import Path

import pytest

from backend.tests.operator.conftest import Databases, Place

ALTERED = "update attestations set level = 'second_factor' where tenant_id = (select id from tenants where slug = 'anchor') and sequence = 2"


@pytest.fixture
async def place(databases: Databases, smtp_url: str, tmp_path: Path) -> Place:
    made = await databases.make(tmp_path, smtp_url=smtp_url)
    ran = await made.cli("demo")
    assert ran.code == 0, ran.err
    return made


def line_of_proofs(out: str) -> str:
    return next(line for line in out.splitlines() if line[7:].startswith("proofs"))


async def test_the_doctor_reads_every_chain_and_names_company_and_number(place: Place) -> None:
    healthy = await place.cli("doctor")
    assert healthy.code == 0, healthy.out
    [[number]] = await place.look("select count(*) from attestations")
    assert f"{number} attestations of 5 companies are as they were written" in line_of_proofs(healthy.out)
    await place.admin(ALTERED)
    ran = await place.cli("doctor")
    assert ran.code == 1
    line = line_of_proofs(ran.out)
    assert line.startswith("WRONG")
    assert "anchor: number 2 is altered" in line


async def test_the_doctor_tells_of_a_level_that_no_attestation_bears_out(place: Place) -> None:
    await place.admin(
        "update tickets set level = 'password' where level = 'none' and number = (select min(number) from tickets where level = 'none')"
    )
    ran = await place.cli("doctor")
    assert ran.code == 1
    assert "tickets have a level that their attestation does not bear out" in line_of_proofs(ran.out)


async def test_a_person_is_erased_by_address_and_only_there(place: Place) -> None:
    [person] = await place.look(
        "select a.email, t.slug, count(*) as number from attestation_persons p join accounts a on a.tenant_id = p.tenant_id "
        "and a.id = p.account_id join tenants t on t.id = p.tenant_id group by 1, 2 order by 3 desc, 1 limit 1"
    )
    [[before]] = await place.look("select count(*) from attestation_persons")
    ran = await place.cli("erase-proofs", "--tenant", person["slug"], "--email", person["email"].upper())
    assert ran.code == 0, ran.err
    assert ran.out.startswith(f"{person['number']} proofs name nobody any more.")
    [[after]] = await place.look("select count(*) from attestation_persons")
    assert after == before - person["number"]
    assert (await place.cli("doctor")).code == 0


@pytest.mark.parametrize(
    ("tenant", "email", "words"),
    [("nowhere", "a@b.example", "no company nowhere"), ("anchor", "a@b.example", "Nobody at anchor")],
)
async def test_somebody_who_is_not_there_is_said_in_a_sentence(
    demo: Place, tenant: str, email: str, words: str
) -> None:
    ran = await demo.cli("erase-proofs", "--tenant", tenant, "--email", email)
    assert ran.code == 1
    assert words in ran.err


async def test_the_doctor_tells_of_a_worker_that_exports_no_more(place: Place) -> None:
    await place.admin("update attestation_heads set exported_on = current_date - 4")
    assert "heads of 5 companies were not exported for two days" in line_of_proofs((await place.cli("doctor")).out)
