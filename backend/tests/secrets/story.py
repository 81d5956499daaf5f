"""What the tests of secrets do again and again."""

from uuid import UUID

from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.database import row, rows, value
from backend.secrets.seal import NewSecret
from backend.tests.factories import TestTenant
from backend.tickets.open import NewTicket, open_ticket

VALUE = "Kestrel!49 tango – ß€😀"


def sealed(label: str = "FTP password", text: str = VALUE) -> NewSecret:
    return NewSecret(label=label, value=Secret(text))


async def a_ticket(tenant: TestTenant, actor: Actor, *secrets: NewSecret, body: str = "Please help.") -> int:
    """A ticket of the actor, within its tenant."""
    new = NewTicket(department_id=tenant.support, subject="Move my site", body=body, secrets=secrets)
    return (await open_ticket(actor, new)).number


async def the_secret(label: str = "FTP password") -> UUID:
    found: UUID = await value("select id from secrets where label = $1 order by id desc limit 1", label)
    return found


async def state_of(secret_id: UUID) -> tuple[str, bool, bool]:
    """Its state, and whether its ciphertext and its key are there."""
    found = await row(
        "select s.state, s.ciphertext is not null as sealed, k.id is not null as keyed from secrets s "
        "left join secret_keys k on k.tenant_id = s.tenant_id and k.id = s.id where s.id = $1",
        secret_id,
    )
    assert found is not None
    return found["state"], found["sealed"], found["keyed"]


async def history(number: int) -> list[str]:
    """The types of the ticket's events."""
    found = await rows(
        "select e.type from events e join tickets t on t.tenant_id = e.tenant_id and t.id = e.ticket_id "
        "where t.number = $1 order by e.id",
        number,
    )
    return [each["type"] for each in found]
