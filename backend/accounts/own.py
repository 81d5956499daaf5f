"""The account by which somebody is signed in, as its owner deals with it."""

from dataclasses import dataclass
from uuid import UUID

from backend.actor import Actor
from backend.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One's own account, and the session by which one is here."""

    account_id: UUID
    session_id: UUID
    email: str


def signs_in(actor: Actor) -> bool:
    """Whether the actor is a member or a contact in a session, be it one who has still to set up a second factor."""
    return actor.setting_up is not None or (actor.kind in ("member", "contact") and actor.session_id is not None)


def own_account(actor: Actor) -> Own:
    """The account of a member or a contact in a session; also of one who has still to set up a second factor.

    Raises:
        Refusal: nobody is signed in, or a guest.
    """
    if actor.setting_up is not None:
        due = actor.setting_up
        return Own(account_id=due.account_id, session_id=due.session_id, email=due.email)
    if not signs_in(actor) or actor.account_id is None or actor.session_id is None:
        raise Refusal("sign_in_needed")
    return Own(account_id=actor.account_id, session_id=actor.session_id, email=actor.email)
