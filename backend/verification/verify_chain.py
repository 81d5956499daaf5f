"""Look whether a company's attestations are as they were written: nothing altered, missing, moved or cut off."""

from dataclasses import dataclass, fields
from typing import Any, Final
from uuid import UUID

from backend.database import row, rows
from backend.verification.chain import GENESIS, Core, Person, link_after
from backend.verification.exported_heads import exported_heads

BATCH: Final = 5_000
MOST_FAULTS: Final = 20
"""More are not told one by one."""
_COLUMNS: Final = ", ".join(f"a.{each.name}" for each in fields(Core))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How many attestations there are, of how many the person was erased, and what is wrong, in sentences."""

    attestations: int
    erased: int
    exported: int
    faults: tuple[str, ...]


async def verify_chain(tenant_id: UUID) -> Verified:
    """Compute every link of the bound tenant's chain again, and compare it with the heads that were exported.

    Needs the store of files to be open.
    """
    faults: list[str] = []
    heads = await exported_heads(tenant_id)
    unmet = {head.sequence: head for head in heads}
    last, link, count, gone = 0, GENESIS, 0, []
    while batch := await _batch(last):
        for found in batch:
            core = Core(**{each.name: found[each.name] for each in fields(Core)})
            if core.sequence != last + 1:
                faults.append(_missing(last + 1, core.sequence - 1))
            elif link_after(link, core) != found["link"]:
                faults.append(f"number {core.sequence} is altered or stands where another stood")
            if found["salt"] is None:
                gone.append(core.id)
            elif Person(found["account_id"], found["address"], found["salt"]).commitment != core.commitment:
                faults.append(f"the person of number {core.sequence} is altered")
            head = unmet.pop(core.sequence, None)
            if head is not None and head.link != found["link"]:
                faults.append(f"number {core.sequence} is not the one that was exported on {head.date}")
            last, link, count = core.sequence, found["link"], count + 1
    faults += [
        f"number {head.sequence}, exported on {head.date}, is cut off" for head in unmet.values() if head.sequence
    ]
    faults += await _compare_head(last, link)
    faults += await _removed_unsaid(gone)
    return Verified(attestations=count, erased=len(gone), exported=len(heads), faults=_some(faults))


async def _batch(after: int) -> list[Any]:
    return await rows(
        f"""select {_COLUMNS}, a.link, p.account_id, p.address, p.salt
              from attestations a left join attestation_persons p on p.tenant_id = a.tenant_id and p.id = a.id
             where a.sequence > $1 order by a.sequence limit $2""",  # noqa: S608 (columns are named above)
        after,
        BATCH,
    )


async def _compare_head(last: int, link: bytes) -> list[str]:
    head = await row("select sequence, link from attestation_heads")
    sequence, of_head = (head["sequence"], head["link"]) if head else (0, GENESIS)
    if sequence > last:
        return [f"the end is cut off: {_missing(last + 1, sequence)}"]
    if (sequence, of_head) != (last, link):
        return [f"the head is that of number {sequence}, and not the last one's"]
    return []


async def _removed_unsaid(gone: list[UUID]) -> list[str]:
    """Persons that are not there, though nobody erased them by the verb."""
    if not gone:
        return []
    found = await rows(
        "select id from unnest($1::uuid[]) as id where id::text not in "
        "(select jsonb_array_elements_text(data -> 'attestation_ids') from events where type = 'PersonErased')",
        gone,
    )
    return [f"the persons of {len(found)} were removed, and no erasure says so"] if found else []


def _missing(first: int, last: int) -> str:
    return f"number {first} is missing" if first == last else f"numbers {first} to {last} are missing"


def _some(faults: list[str]) -> tuple[str, ...]:
    more = len(faults) - MOST_FAULTS
    return (*faults[:MOST_FAULTS], *([f"and {more} more"] if more > 0 else []))
