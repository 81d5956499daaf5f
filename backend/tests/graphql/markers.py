"""Every text and every id of one company, made so that it can be recognised wherever it turns up."""

from dataclasses import dataclass

import asyncpg

from backend.tests.graphql.world import World
from infra.dev.services import ServiceUrls

MARKER = "zebrafish7q"

COLUMNS = """
select c.relname as table, a.attname as column, t.typname as type
  from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
 where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
   and a.attgenerated = '' and c.relname not in ('clock', 'schema_migrations')
 order by c.relname, a.attnum
"""
# Texts that a check constraint keeps to a few words, or that a rule reads: a marker cannot stand there.
WORDS = {
    "language", "time_zone", "font", "primary_color", "secondary_color", "logo_type", "audience", "proof_level", "kind", "role",
    "meaning", "channel", "level", "required_level", "method", "scope", "side", "outcome", "purpose", "action", "state",
    "actor_kind", "type", "consumer", "template", "status", "proof_methods", "made_by",
    "scopes", "source", "destroyed_because", "linked_by", "provider", "problem", "panel", "use_for", "key_last_four",
    "view", "category", "stopped_because", "assigned_because", "moments", "steps", "scan", "refused_because", "named_by",
}  # fmt: skip
COUNTED = {("counters", "id"), ("attestation_heads", "id")}


@dataclass(frozen=True, slots=True)
class Markers:
    """The word that stands in every text, and the ids."""

    strings: frozenset[bytes]

    def found_in(self, answer: bytes) -> list[str]:
        """Those that stand in an answer."""
        return sorted(each.decode() for each in self.strings if each in answer)


async def mark(world: World, urls: ServiceUrls) -> Markers:
    """Put the marker into every text of the company as the owner, who alone may, and collect its ids."""
    ids: set[str] = set()
    tenant_id = world.tenant.id
    connection = await asyncpg.connect(urls.owner)
    try:
        columns = await connection.fetch(COLUMNS)
        for table, column, type_ in columns:
            own = "id" if table == "tenants" else "tenant_id"
            if type_ == "uuid":
                found = await connection.fetch(f"select distinct {column} from {table} where {own} = $1", tenant_id)
                ids |= {str(each[0]) for each in found if each[0] is not None}
            elif type_ == "text" and column not in WORDS and (table, column) not in COUNTED:
                await connection.execute(
                    f"update {table} set {column} = {column} || '{MARKER}' where {own} = $1", tenant_id
                )
            elif type_ == "_text" and column not in WORDS:
                await connection.execute(
                    f"update {table} set {column} = {column} || '{MARKER}'::text where {own} = $1", tenant_id
                )
        # The host is how the company is reached, and the names of its lifecycle stand inside a document.
        await connection.execute(
            f"update host_names set host = replace(host, '{MARKER}', '') where tenant_id = $1", tenant_id
        )
        await connection.execute(
            f"""update lifecycle_policies set definition = replace(definition::text, '"Open"', '"Open {MARKER}"')::jsonb
                 where tenant_id = $1""",
            tenant_id,
        )
    finally:
        await connection.close()
    return Markers(frozenset({MARKER.encode(), *(each.encode() for each in ids)}))
