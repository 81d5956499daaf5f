"""What a company takes: how large, how much in all, and which kinds of files not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from backend.actor import Actor, require_admin
from backend.attachments.kinds import PROGRAMS
from backend.database import row, rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.tenants.events import CompanyChanged

MIB: Final = 1_048_576
MOST_PER_MESSAGE: Final = 20
_MOST_TYPES: Final = 200
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9_+-]{0,15}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The largest file, the space of all files together, and how much of them goes with a mail, in bytes.

    `refused_types` are endings of names; `unscanned`: files are given out before the virus scanner has seen them.
    """

    most_bytes: int = 25 * MIB
    space_bytes: int = 20 * 1024 * MIB
    mail_bytes: int = 10 * MIB
    refused_types: list[str]
    unscanned: bool = False


async def get_rules() -> Rules:
    """The rules of the bound tenant."""
    found = await row("select most_bytes, space_bytes, mail_bytes, refused_types, unscanned from attachment_rules")
    return Rules(**dict(found)) if found else Rules(refused_types=list(PROGRAMS))


async def used_bytes() -> int:
    """How much the files of the bound tenant take."""
    used: int = await value("select coalesce(sum(size), 0)::bigint from attachment_contents")
    return used


async def set_rules(
    actor: Actor, *, most_mb: int, space_mb: int, mail_mb: int, refused_types: Sequence[str], unscanned: bool
) -> None:
    """Set what the company takes. What was taken before stays.

    Raises:
        Refusal: not an admin, or a number or type that is not offered.
    """
    require_admin(actor)
    for given, field, least, most in (
        (most_mb, "mostMb", 1, 1024),
        (space_mb, "spaceMb", 1, 100 * 1024 * 1024),
        (mail_mb, "mailMb", 0, 25),
    ):
        if not least <= given <= most:
            raise Refusal("not_between", field, least=least, most=most)
    types = sorted({each.strip().lower().lstrip(".") for each in refused_types if each.strip()})
    if len(types) > _MOST_TYPES:
        raise Refusal("too_many", "refusedTypes", most=_MOST_TYPES)
    if wrong := [each for each in types if not _TYPE.fullmatch(each)]:
        raise Refusal("not_an_ending", "refusedTypes", given=wrong[0][:40])
    async with transaction():
        await rows(
            """insert into attachment_rules (tenant_id, id, most_bytes, space_bytes, mail_bytes, refused_types, unscanned)
               values ($1, $2, $3, $4, $5, $6, $7)
               on conflict (tenant_id) do update set most_bytes = excluded.most_bytes, space_bytes = excluded.space_bytes,
                   mail_bytes = excluded.mail_bytes, refused_types = excluded.refused_types, unscanned = excluded.unscanned""",
            actor.tenant_id, new_id(), most_mb * MIB, space_mb * MIB, mail_mb * MIB, types, unscanned,
        )  # fmt: skip
        await record(actor, CompanyChanged(what="attachments"))


def in_words(size: int) -> dict[str, str]:
    """A size as people say it, in each language: 25 MB, 1.5 GB."""
    for unit, step in (("GB", 1024 * MIB), ("MB", MIB), ("kB", 1024)):
        if size >= step:
            number = f"{size / step:.1f}".removesuffix(".0")
            return {"en": f"{number} {unit}", "nl": f"{number.replace('.', ',')} {unit}"}
    return {"en": f"{size} bytes", "nl": f"{size} bytes"}
