"""The daily review: what was taken as thanks, with the texts, and what that saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from backend.actor import Actor, require_admin, require_staff
from backend.clock import now
from backend.database import Row, row, rows, transaction
from backend.errors import Refusal
from backend.events import record
from backend.tenants.events import CompanyChanged

MOST: Final = 200
LONGEST_AGO: Final = 366
MOST_MINUTES: Final = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A day's thanks, latest first, and the reopenings avoided this month and ever."""

    day: datetime
    thanks: Sequence[Row]
    minutes_each: int
    month_count: int
    month_minutes: int
    total_count: int
    total_minutes: int


async def thanks_review(actor: Actor, days_ago: int = 0) -> Review:
    """The review of today in the company's zone, or of so many days before.

    Raises:
        Refusal: not on the staff, or a day that is not kept.
    """
    require_staff(actor)
    if not 0 <= days_ago <= LONGEST_AGO:
        raise Refusal("out_of_range", "daysAgo", least=0, most=LONGEST_AGO)
    company = await row("select time_zone, thanks_minutes from tenants")
    if company is None:
        raise Refusal("not_found")
    zone = ZoneInfo(company["time_zone"])
    today = now().astimezone(zone).date()
    wanted = today - timedelta(days=days_ago)
    begins, ends = (datetime.combine(each, time(), zone) for each in (wanted, wanted + timedelta(days=1)))
    found = await rows(
        f"""select t.id, t.at, t.channel, t.avoided, t.undone_at, m.body, k.number, k.subject, t.author_id,
                   a.name as author_name, a.email as author_email, u.name as undone_by_name
              from thanks t
              left join messages m on m.tenant_id = t.tenant_id and m.id = t.message_id
              join tickets k on k.tenant_id = t.tenant_id and k.id = coalesce(m.ticket_id, t.ticket_id)
              join accounts a on a.tenant_id = t.tenant_id and a.id = t.author_id
              left join accounts u on u.tenant_id = t.tenant_id and u.id = t.undone_by
             where t.at >= $1 and t.at < $2 order by t.at desc, t.id desc limit {MOST}""",  # noqa: S608 (a number of ours)
        begins,
        ends,
    )
    saved = await row(
        """select count(*) as total, coalesce(sum(minutes), 0) as total_minutes,
                  count(*) filter (where at >= $1) as month, coalesce(sum(minutes) filter (where at >= $1), 0) as month_minutes
             from thanks where avoided and undone_at is null""",
        datetime.combine(today.replace(day=1), time(), zone),
    )
    assert saved is not None, "an aggregate has a row"
    return Review(
        day=begins, thanks=found, minutes_each=company["thanks_minutes"], month_count=saved["month"],
        month_minutes=saved["month_minutes"], total_count=saved["total"], total_minutes=saved["total_minutes"],
    )  # fmt: skip


async def set_thanks_minutes(actor: Actor, minutes: int) -> None:
    """Say how many minutes a needless reopening costs; what was counted before stays.

    Raises:
        Refusal: not an admin, or a number that is not offered.
    """
    require_admin(actor)
    if not 0 <= minutes <= MOST_MINUTES:
        raise Refusal("out_of_range", "minutes", least=0, most=MOST_MINUTES)
    async with transaction():
        await rows("update tenants set thanks_minutes = $2 where id = $1", actor.tenant_id, minutes)
        await record(actor, CompanyChanged(what="thanks"))
