"""Create a tenant: the company, its host name, its lifecycle, and its owner, who is invited by mail."""

import asyncio
import re
from argparse import ArgumentParser, Namespace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import asyncpg

from backend.accounts.members import invite_member
from backend.clock import refresh
from backend.database import bind, close_database, open_database, value
from backend.errors import Refusal
from backend.keys import link_token
from backend.operator.embedded import completed
from backend.operator.trouble import CannotDo, plain_database_trouble
from backend.settings import Settings
from backend.tenants.create import NewTenant, create_tenant
from backend.text import email_address, one_line
from backend.tickets.lifecycle.presets import PRESETS
from backend.vault import open_keys

_SLUG = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


def add_arguments(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="what", required=True, metavar="create")
    create = verbs.add_parser("create", help="make a company and invite its owner", allow_abbrev=False)
    create.add_argument("slug", help="short name: small letters, digits and hyphens, 3 to 40 of them")
    create.add_argument("name", help="the company's name, as its portal shows it")
    create.add_argument("--owner", required=True, metavar="ADDRESS", help="e-mail address of the owner")
    create.add_argument("--owner-name", required=True, metavar="NAME", help="name of the owner")
    create.add_argument(
        "--host", action="append", default=[], help="host name of the portal; again for more, first is main"
    )
    create.add_argument("--mail-domain", help="domain of the mailboxes")
    create.add_argument("--language", choices=("en", "nl"), default="en")
    create.add_argument("--time-zone", default="Europe/Amsterdam")
    create.add_argument("--lifecycle", choices=sorted(PRESETS), default="foundry", help="lifecycle to start from")


def run(settings: Settings, arguments: Namespace) -> int:
    new = _read(settings, arguments)
    settings = completed(settings)
    open_keys(settings)
    with plain_database_trouble(settings.database_url):
        link = asyncio.run(_create(settings, new, arguments.owner, arguments.owner_name))
    print(f"{new.name} is at {settings.origin(new.hosts[0])}. The owner chooses a password, within a day, at\n{link}")
    return 0


def _read(settings: Settings, arguments: Namespace) -> NewTenant:
    """What was asked for. In development, names that nobody else has stand in for host and mail domain.

    Raises:
        CannotDo: something cannot be kept.
    """
    if not _SLUG.fullmatch(arguments.slug):
        raise CannotDo(f"{arguments.slug!r} is no short name: 3 to 40 small letters, digits and hyphens.")
    if settings.production and not (arguments.host and arguments.mail_domain):
        raise CannotDo("In production a company needs --host and --mail-domain.")
    hosts = tuple(each.lower() for each in arguments.host) or (f"{arguments.slug}.localhost",)
    domain = (arguments.mail_domain or f"{arguments.slug}.example").lower()
    for each in (*hosts, domain):
        if not _HOST.fullmatch(each):
            raise CannotDo(f"{each!r} is no host name.")
    try:
        ZoneInfo(arguments.time_zone)
        email_address(arguments.owner)
        one_line(arguments.owner_name, "name", 200)
        name = one_line(arguments.name, "name", 200)
    except (ZoneInfoNotFoundError, ValueError, IsADirectoryError):
        raise CannotDo(f"{arguments.time_zone!r} is no time zone: give for example Europe/Amsterdam.") from None
    except Refusal as refusal:
        raise CannotDo(f"The {refusal.field}: {refusal}") from None
    return NewTenant(
        slug=arguments.slug, name=name, hosts=hosts, mail_domain=domain, language=arguments.language,
        time_zone=arguments.time_zone, policy_name=arguments.lifecycle.capitalize(), policy=PRESETS[arguments.lifecycle],
    )  # fmt: skip


async def _create(settings: Settings, new: NewTenant, owner: str, owner_name: str) -> str:
    await open_database(settings.database_url, system_url=settings.system_database_url, pool=2)
    try:
        await refresh()
        actor = await create_tenant(new)
        with bind(actor.tenant_id):
            department_id = await value("select id from departments")
            member_id = await invite_member(
                actor, name=owner_name, email=owner, role="owner", department_ids=[department_id]
            )
            link_id = await value(
                "select l.id from one_time_links l join members m on m.tenant_id = l.tenant_id and m.account_id = l.account_id "
                "where m.id = $1",
                member_id,
            )
        return f"{settings.origin(new.hosts[0])}/link/{link_token(actor.tenant_id, link_id)}"
    except asyncpg.UniqueViolationError:
        raise CannotDo(f"Another company has that already: {new.slug}, or {', '.join(new.hosts)}.") from None
    finally:
        await close_database()
