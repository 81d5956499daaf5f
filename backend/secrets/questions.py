"""The secrets that a kind of request asks for in its form, and how long the company keeps secrets (FIELD.md D6, D7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.actor import Actor, require_admin, require_recent_sign_in
from backend.clock import now
from backend.database import Row, row, rows, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.secrets.events import SecretDaysChanged, SecretQuestionsChanged
from backend.secrets.seal import check_label
from backend.secrets.tables import SecretQuestion

MOST_QUESTIONS: Final = 20
LONGEST_DAYS: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A secret to ask for; one without an id is new."""

    label: str
    required: bool
    id: UUID | None = None


async def set_secret_questions(actor: Actor, kind_id: UUID, questions: Sequence[Question]) -> None:
    """Ask for these secrets in the form of a kind, in this order; others are asked for no longer.

    Raises:
        Refusal: not an admin, no such kind or question, too many, twice the same, or a name that cannot be kept.
    """
    require_admin(actor)
    if len(questions) > MOST_QUESTIONS:
        raise Refusal("too_many", "questions", most=MOST_QUESTIONS)
    labels = [check_label(each.label) for each in questions]
    if len(set(labels)) < len(labels):
        raise Refusal("name_taken", "questions")
    async with transaction():
        if await row("select id from kinds where id = $1 for no key update", kind_id) is None:
            raise Refusal("not_found", "kindId")
        known = {each["id"]: each for each in await secret_questions([kind_id])}
        kept = {each.id for each in questions if each.id in known}
        if any(each.id is not None and each.id not in known for each in questions):
            raise Refusal("not_found", "questions")
        now_asked = [(each["id"], each["label"], each["required"]) for each in known.values()]
        wanted = [(each.id, label, each.required) for each, label in zip(questions, labels, strict=True)]
        if now_asked == wanted:
            return
        for gone in known.keys() - kept:
            await SecretQuestion.update({SecretQuestion.archived_at: now()}).where(
                SecretQuestion.tenant_id == actor.tenant_id, SecretQuestion.id == gone
            )
        for position, (question, label) in enumerate(zip(questions, labels, strict=True), 1):
            if question.id in kept:
                await SecretQuestion.update(
                    {
                        SecretQuestion.label: label,
                        SecretQuestion.required: question.required,
                        SecretQuestion.position: position,
                    }
                ).where(SecretQuestion.tenant_id == actor.tenant_id, SecretQuestion.id == question.id)
                continue
            await SecretQuestion.insert(
                SecretQuestion(
                    tenant_id=actor.tenant_id, id=new_id(), kind_id=kind_id, label=label, required=question.required,
                    position=position,
                )
            )  # fmt: skip
        await record(actor, SecretQuestionsChanged(kind_id=kind_id))


async def secret_questions(kind_ids: Sequence[UUID]) -> list[Row]:
    """What the forms of these kinds ask for, in order."""
    return await rows(
        "select id, kind_id, label, required from secret_questions where kind_id = any($1) and archived_at is null "
        "order by kind_id, position, id",
        list(kind_ids),
    )


async def set_secret_days(actor: Actor, days: int) -> None:
    """Destroy secrets that are sealed from now on after so many days.

    Raises:
        Refusal: not an admin, not signed in lately, or fewer than one day or more than a year.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    if not 1 <= days <= LONGEST_DAYS:
        raise Refusal("not_days", "days", most=LONGEST_DAYS)
    async with transaction():
        await rows("update tenants set secret_days = $2 where id = $1", actor.tenant_id, days)
        await record(actor, SecretDaysChanged(days=days))
