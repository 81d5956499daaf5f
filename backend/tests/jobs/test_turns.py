"""A company with hundreds of timers due at once holds up no other: timer, effect and mail of the others come in turn."""

from datetime import timedelta

from backend.clock import now
from backend.database import system_rows
from backend.jobs.relay import QUEUE_LENGTH
from backend.tests.factories import a_tenant, as_owner
from backend.tests.jobs.conftest import System, eventually
from backend.tests.jobs.test_leases import finish_everything
from backend.tests.jobs.test_timers import Catcher, catcher, tickets_with_timers

__all__ = ["catcher"]
CROWD = 900


async def test_one_timer_is_fired_and_mailed_amid_a_crowd_of_another_tenant_that_was_due_before(
    system: System, catcher: tuple[Catcher, str]
) -> None:
    caught, smtp = catcher
    crowd, other = await a_tenant(), await a_tenant()
    await tickets_with_timers(crowd, CROWD, 0)
    await tickets_with_timers(other, 2, 0, due_at=now() - timedelta(minutes=1))
    await as_owner(system.urls, "analyze")

    async def mailed() -> bool:
        found = await system_rows(
            "select count(*) from outgoing_mails where tenant_id = $1 and state = 'sent'", other.id
        )
        return bool(found[0][0] == 2)

    with system.worker(COUNTERSIGN_SMTP_URL=smtp):
        await eventually(mailed, 120)
        of_the_crowd = sum(str(mail["To"]).endswith(f"{crowd.mail_domain}>") for mail in caught.mails)
        await finish_everything()
    assert of_the_crowd < CROWD // 2
    before = await system_rows(
        "select count(*) from timers where tenant_id = $1 and done_at < (select max(done_at) from timers where tenant_id = $2)",
        crowd.id,
        other.id,
    )
    # What was claimed before there was a crowd fills a queue, and another one is on its way through the actors.
    assert before[0][0] < 2 * QUEUE_LENGTH
