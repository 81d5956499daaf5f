"""Attestations: a quarter of an hour in a session, for good on a ticket or message; and no secret anywhere."""

import base64
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
import structlog

from backend.accounts.links import create_link
from backend.accounts.secret import Secret
from backend.accounts.sessions import find_actor, start_session
from backend.clock import real_now
from backend.database import transaction, value
from backend.errors import Refusal
from backend.keys import link_token
from backend.tests.factories import (
    PASSWORD,
    a_contact,
    a_department,
    a_member,
    a_tenant,
    as_owner,
    sign_in_as,
    signed_in,
    within,
)
from backend.tests.test_verification_prove import outcome
from backend.tickets.open import NewTicket, open_ticket
from backend.verification.attestations import attest_ticket, session_level
from backend.verification.checks import Proof
from backend.verification.levels import highest, reaches
from backend.verification.methods import set_methods
from backend.verification.prove import prove
from backend.verification.queries import get_attestations
from backend.verification.use_link import use_link
from infra.dev.services import ServiceUrls


def test_the_levels_stand_in_their_order() -> None:
    order = ["none", "email", "signed_in", "card", "password"]
    for place, level in enumerate(order):
        assert [reaches(level, needed) for needed in order] == [place >= other for other in range(len(order))]
    assert reaches("second_factor", "password")
    assert reaches("password", "second_factor")
    assert highest("card", "signed_in") == "card"
    assert highest() == "none"


async def test_a_session_holds_its_best_proof_for_a_quarter_of_an_hour(urls: ServiceUrls) -> None:
    tenant = await a_tenant()
    actor = await signed_in(await a_contact(tenant, card="4071"))
    elsewhere = await signed_in(actor)
    with within(tenant):
        levels = []
        for method, secret in (("signed_in", ""), ("password", PASSWORD), ("card", "4071")):
            if method != "signed_in":
                await prove(actor, Proof(method, Secret(secret)))
            found = await session_level(actor)
            assert found is not None
            levels.append(found.level)
        assert levels == ["signed_in", "password", "password"]
        other = await session_level(elsewhere)
        assert other is not None
        assert other.level == "signed_in"
        await as_owner(
            urls,
            "update attestations set expires_at = $2 where tenant_id = $1 and scope = 'session'",
            tenant.id,
            real_now(),
        )
        found = await session_level(actor)
        assert found is not None
        assert found.level == "signed_in"
        assert await session_level(tenant.guest) is None
        assert await session_level(replace(actor, session_id=None)) is None


async def test_a_proof_is_copied_for_good_to_the_ticket_that_it_was_made_for() -> None:
    tenant = await a_tenant()
    actor = await signed_in(await a_contact(tenant))
    department = await a_department(tenant, "Billing", proof_level="password")
    with within(tenant):
        opened = await open_ticket(
            actor,
            NewTicket(department_id=department, subject="A", body="B", proof=Proof("password", Secret(PASSWORD))),
        )
        proved = await session_level(actor)
        kept = await value("select id from attestations where ticket_id = $1", opened.id)
        copy = (await get_attestations([kept]))[kept]
        assert proved is not None
        assert (copy.method, copy.level, copy.at, copy.address, copy.by) == (
            "password", "password", proved.at, proved.address, actor.name,
        )  # fmt: skip
        assert (copy.scope, copy.ticket_id, copy.message_id, copy.expires_at) == (
            "ticket", opened.id, opened.message_id, None,
        )  # fmt: skip


async def test_a_proof_of_somebody_else_or_from_long_ago_is_not_copied() -> None:
    tenant = await a_tenant()
    actor, other = await signed_in(await a_contact(tenant)), await signed_in(await a_contact(tenant))
    with within(tenant):
        proved = await prove(actor, Proof("password", Secret(PASSWORD)))
        for who, proof in ((other, proved), (actor, replace(proved, expires_at=real_now() - timedelta(seconds=1)))):
            with pytest.raises(Refusal, match="proof"):
                async with transaction():
                    await attest_ticket(who, proof, ticket_id=UUID(int=1))
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            async with transaction():
                await attest_ticket(actor, proved, ticket_id=UUID(int=1))


async def test_no_secret_is_in_the_database_or_the_log(
    urls: ServiceUrls, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    tenant = await a_tenant()
    contact = await a_contact(tenant, card="4071")
    chosen, wrong, digits, wrong_digits = "Zq7-vole-PASSAGE-ünder", "Xk9-heron-WRONG-ünder", "4071", "9358"
    with structlog.testing.capture_logs() as lines, within(tenant):
        async with transaction():
            link = await create_link(tenant.actor, "set_password", contact.account)
        mailed = link_token(tenant.id, link)
        await use_link(tenant.guest, mailed, Secret(chosen))
        with pytest.raises(Refusal):
            await sign_in_as(tenant.id, contact.email, wrong, "")
        session, actor, _ = await sign_in_as(tenant.id, contact.email, chosen, "")
        assert await outcome(actor, "password", chosen) == "passed"
        assert await outcome(actor, "card", digits) == "passed"
        for _ in range(6):
            await outcome(actor, "password", wrong)
            await outcome(actor, "card", wrong_digits)
    logged = f"{lines}{caplog.text}{''.join(capsys.readouterr())}"
    texts = await every_text(urls, tenant.id)
    assert contact.email in "".join(texts)
    for secret in (chosen, wrong, session, mailed, PASSWORD):
        for form in (secret, secret.encode().hex(), base64.b64encode(secret.encode()).decode()):
            assert form not in logged
            assert not [text for text in texts if form in text]
    for four in (digits, wrong_digits):
        alone = re.compile(rf"(?<![0-9A-Za-z+/]){four}(?![0-9A-Za-z+/])")
        assert not alone.search(logged)
        assert not [text for text in texts if alone.search(text)]


async def every_text(urls: ServiceUrls, tenant_id: UUID) -> list[str]:
    """Each value of each column of text, JSON or bytes, in the rows of a tenant, as the owner sees them."""
    connection = await asyncpg.connect(urls.owner)
    try:
        columns = await connection.fetch(
            """select c.table_name, c.column_name from information_schema.columns c
                where c.table_schema = 'public' and c.data_type in ('text', 'jsonb', 'bytea', 'ARRAY', 'tsvector')
                  and exists (select from information_schema.columns t where t.table_schema = 'public'
                                 and t.table_name = c.table_name and t.column_name = 'tenant_id')"""
        )
        assert len(columns) > 50
        return [
            text
            for table, column in columns
            for (text,) in await connection.fetch(
                f'select "{column}"::text from "{table}" where tenant_id = $1 and "{column}" is not null', tenant_id
            )
        ]
    finally:
        await connection.close()


@pytest.mark.parametrize("json", [True, False])
def test_a_traceback_in_the_log_shows_no_secret(json: bool) -> None:
    script = f"""
from backend.accounts.secret import Secret
from backend.accounts.sessions import find_actor, start_session
from backend.log import get_log, set_up_logging
import logging
set_up_logging(level="debug", json={json})
def compare(kept):
    typed = "Zq7-vole-" + "PASSAGE"
    raise ValueError("the comparison broke")
try:
    compare(Secret("Zq7-heron-" + "KEPT"))
except ValueError:
    get_log("x").exception("surprise", kept=Secret("Zq7-heron-" + "KEPT"), password="Zq7-" + "robin")
    logging.getLogger("another.module").exception("surprise")
"""
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stderr.count("the comparison broke") == 2
    for secret in ("Zq7-vole-PASSAGE", "Zq7-heron-KEPT", "Zq7-robin"):
        assert secret not in run.stderr


async def test_a_session_by_link_proves_nothing_where_the_company_takes_no_mail_for_a_proof() -> None:
    tenant = await a_tenant()
    contact, admin = await a_contact(tenant), await a_member(tenant, "admin")
    with within(tenant):
        token = await start_session(tenant.id, contact.account, "127.0.0.1", "a browser", made_by="link")
        by_link = await find_actor(token, "127.0.0.1")
        assert by_link is not None
        held = await session_level(by_link)
        assert held is not None
        assert held.level == "email"
        await set_methods(admin, ["card", "password"])
        assert await session_level(by_link) is None
        assert (await session_level(await signed_in(contact))) is not None
