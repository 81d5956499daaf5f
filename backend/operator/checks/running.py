"""What runs: the database itself, Redis, the mail server, the clocks, and effects that hang."""

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import aiosmtplib

from backend.clock import real_now
from backend.ids import floor_id
from backend.operator.checks.finding import Finding, judged
from backend.redis import REDIS_LOST, another_redis
from backend.settings import Settings

LEAST_VERSION: Final = 16
PATIENCE: Final = timedelta(minutes=10)
"""An effect that is older and still not done hangs."""
MOST_SKEW: Final = timedelta(seconds=2)


async def check_version(connection: Any) -> Finding:
    """The server is one that we are made for."""
    version = connection.get_server_version()
    wrong = (
        [f"PostgreSQL {version.major} is too old: {LEAST_VERSION} or newer"] if version.major < LEAST_VERSION else []
    )
    return judged("database", wrong, f"PostgreSQL {version.major}.{version.minor}, all three roles sign in")


async def check_redis(settings: Settings) -> Finding:
    """Redis answers."""
    try:
        async with another_redis(settings.redis_url) as connection:
            await connection.ping()
    except REDIS_LOST as error:
        return Finding(about="redis", well=False, words=f"does not answer: {error}")
    return Finding(about="redis", well=True, words="answers")


async def check_mail(settings: Settings) -> Finding:
    """The server for outgoing mail greets; nothing is sent."""
    parts = urlsplit(settings.smtp_url)
    where = f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
    server = aiosmtplib.SMTP(
        hostname=parts.hostname, port=parts.port, use_tls=parts.scheme == "smtps", start_tls=False, timeout=10
    )
    try:
        await server.connect()
        await server.quit()
    except (aiosmtplib.SMTPException, OSError) as error:
        return Finding(about="mail", well=False, words=f"{where} takes no mail: {error}")
    return Finding(about="mail", well=True, words=f"{where} greets")


async def check_time(connection: Any, settings: Settings) -> Finding:
    """The database's clock is ours, and business time is real time in production."""
    wrong = []
    before = real_now()
    theirs = await connection.fetchval("select clock_timestamp()")
    after = real_now()
    skew = max(before - theirs, theirs - after, timedelta())
    if skew > MOST_SKEW:
        wrong.append(f"the database's clock is {skew.total_seconds():.1f} s off")
    offset = timedelta(milliseconds=await connection.fetchval("select offset_ms from clock"))
    if offset and settings.production:
        wrong.append(f"business time is {offset} ahead in production")
    return judged("time", wrong, f"the clocks agree, business time is {offset} ahead" if offset else "the clocks agree")


async def check_effects(connection: Any) -> Finding:
    """Nothing that should have been done by now is still to be done."""
    moment = real_now() - PATIENCE
    oldest = floor_id(moment)
    wrong = []
    for counted, sql, argument in (
        ("deliveries", "select count(*) from deliveries where done_at is null and event_id < $1", oldest),
        ("mails", "select count(*) from outgoing_mails where state = 'queued' and id < $1", oldest),
        ("webhooks", "select count(*) from webhook_events where done_at is null and id < $1", oldest),
        (
            "readings of customers at Stripe",
            "select count(*) from stripe_connections where sync_due_at < $1",
            moment,
        ),
        (
            "timers",
            """select count(*) from timers, clock where done_at is null and cancelled_at is null
                  and due_at < $1::timestamptz + make_interval(secs => clock.offset_ms / 1000.0)""",
            moment,
        ),
    ):
        number = await connection.fetchval(sql, argument)
        if number:
            wrong.append(f"{number} {counted} wait for more than {PATIENCE.total_seconds() / 60:.0f} minutes")
    refused = await connection.fetchval("select count(*) from outgoing_mails where state = 'refused'")
    return judged(
        "effects",
        wrong,
        "no delivery, mail, webhook or timer hangs" + (f" ({refused} mails were refused)" if refused else ""),
    )
