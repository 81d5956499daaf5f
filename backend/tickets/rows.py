"""The shape in which tickets are read: one statement with everything that a row of a list shows."""

from typing import Final

# Everything that a list or a ticket page shows of a ticket and its neighbours, fetched once for the page.
TICKET: Final = """
    select t.id, t.number, t.subject, t.status, t.meaning, t.urgency, t.channel, t.level, t.required_level, t.tags,
           t.policy_id, t.opened_at, t.waiting_since, t.last_activity_at, t.first_responded_at, t.solved_at, t.closed_at,
           t.follow_up_of, t.split_from, t.merged_into, t.queue_rank, t.queue_since, t.category, t.project_id, t.satisfied_at,
           t.clocks, t.breach_at,
           t.department_id, d.name as department_name, d.description as department_description,
           d.position as department_position, d.audience as department_audience, d.proof_level as department_proof_level,
           d.archived_at as department_archived_at, d.mailbox as department_mailbox, d.category as department_category,
           t.kind_id, k.name as kind_name, k.description as kind_description, k.proof_level as kind_proof_level,
           k.archived_at as kind_archived_at, k.category as kind_category, k.position as kind_position, k.department_id as kind_department_id,
           t.client_id, c.number as client_number, c.name as client_name,
           t.requester_id, r.name as requester_name, r.email as requester_email, r.kind as requester_kind,
           t.assignee_id, a.name as assignee_name, a.email as assignee_email,
           t.attestation_id, p.method as proof_method, p.level as proof_level, p.at as proof_at,
           coalesce(pp.address, '') as proof_address, p.scope as proof_scope, p.expires_at as proof_expires_at,
           coalesce(pa.name, '') as proof_by, pr.name as proof_recorded_by
      from {source} t
      join departments d on d.tenant_id = t.tenant_id and d.id = t.department_id
      join accounts r on r.tenant_id = t.tenant_id and r.id = t.requester_id
      left join kinds k on k.tenant_id = t.tenant_id and k.id = t.kind_id
      left join clients c on c.tenant_id = t.tenant_id and c.id = t.client_id
      left join accounts a on a.tenant_id = t.tenant_id and a.id = t.assignee_id
      left join attestations p on p.tenant_id = t.tenant_id and p.id = t.attestation_id
      left join attestation_persons pp on pp.tenant_id = p.tenant_id and pp.id = p.id
      left join accounts pa on pa.tenant_id = pp.tenant_id and pa.id = pp.account_id
      left join accounts pr on pr.tenant_id = p.tenant_id and pr.id = p.recorded_by
"""


def tickets_from(where: str, order: str, most: int) -> str:
    """The statement that reads at most so many tickets: the page is cut first, its neighbours joined to it.

    The number stands in the statement, not among its arguments: a plan that does not know it expects a tenth of the
    table's rows, or one, and joins accordingly.
    """
    page = f"(select * from tickets where {where} order by {order} limit {most:d})"  # noqa: S608 (ours; values are arguments)
    return TICKET.format(source=page) + f" order by {prefixed(order)}"


def prefixed(order: str) -> str:
    """The order with each column named as the page's."""
    return ", ".join(f"t.{each.strip()}" for each in order.split(","))
