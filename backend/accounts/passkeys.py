"""Passkeys (WebAuthn): what a browser is asked, and whether its answer was signed by a key that is kept here.

Bound to the portal's own host name: an answer that another site got, or another company, is worth nothing.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from backend.accounts.challenges import Challenge, Holder, Purpose, consume, issue
from backend.accounts.tables import Passkey
from backend.clock import real_now
from backend.database import row, rows, value
from backend.ids import new_id
from backend.log import get_log

LONGEST_ANSWER: Final = 10_000
_log = get_log(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Whose passkey signed, which one, and whether it had seen to it that its owner was there."""

    account_id: UUID
    passkey_id: UUID
    user_verified: bool


class _ClientData(msgspec.Struct):
    challenge: str


class _Response(msgspec.Struct):
    clientDataJSON: str  # noqa: N815 (the standard's word)
    userHandle: str | None = None  # noqa: N815


class _Answer(msgspec.Struct):
    rawId: str  # noqa: N815
    response: _Response


async def registration_options(
    tenant_id: UUID, account_id: UUID, *, holder: Holder, origin: str, company: str, email: str, name: str
) -> str:
    """What the browser needs to make a passkey, as JSON."""
    challenge = await issue(tenant_id, "register", holder, origin)
    options = generate_registration_options(
        rp_id=challenge.rp_id,
        rp_name=company,
        user_name=email,
        user_id=account_id.bytes,
        user_display_name=name,
        challenge=challenge.challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=await _credentials(account_id),
    )
    return options_to_json(options)


async def signing_options(
    tenant_id: UUID, purpose: Purpose, *, holder: Holder, origin: str, account_id: UUID | None
) -> str:
    """What the browser needs to have one's passkey sign, as JSON; without an account any passkey of this site may.

    Who signs in by a passkey alone must be seen to by it.
    """
    challenge = await issue(tenant_id, purpose, holder, origin)
    options = generate_authentication_options(
        rp_id=challenge.rp_id,
        challenge=challenge.challenge,
        allow_credentials=await _credentials(account_id) if account_id else [],
        user_verification=UserVerificationRequirement.PREFERRED if account_id else UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


async def insert_passkey(tenant_id: UUID, account_id: UUID, name: str, holder: Holder, answer: str) -> bool:
    """Keep the passkey that a browser made; inside the caller's transaction. False where the answer does not hold."""
    challenge = await _challenge_of(answer, "register", holder)
    if challenge is None:
        return False
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge.challenge,
            expected_rp_id=challenge.rp_id,
            expected_origin=challenge.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        _log.info("passkey_refused", tenant=str(tenant_id), why=type(wrong).__name__)
        return False
    if await value("select true from passkeys where credential_id = $1", made.credential_id):
        return False
    await Passkey.insert(
        Passkey(
            tenant_id=tenant_id,
            id=new_id(),
            account_id=account_id,
            name=name,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            created_at=real_now(),
            last_used_at=None,
        )
    )
    return True


async def take_signature(
    tenant_id: UUID, purpose: Purpose, holder: Holder, answer: str, *, account_id: UUID | None
) -> Signed | None:
    """Take what a passkey signed, once; of the account that is named, or of whichever it belongs to.

    None where it was asked by nobody here, for something else or from another page, or by a key that is not known; or
    where its count of signatures went back, as that of a copied key does.
    """
    challenge = await _challenge_of(answer, purpose, holder)
    if challenge is None:
        return None
    parsed = msgspec.json.decode(answer, type=_Answer)
    found = await row(
        "select id, account_id, public_key, sign_count from passkeys where credential_id = $1",
        _bytes(parsed.rawId),
    )
    if found is None or (account_id is not None and found["account_id"] != account_id):
        return None
    handle = parsed.response.userHandle
    if handle and _bytes(handle) != found["account_id"].bytes:
        return None
    try:
        signed = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge.challenge,
            expected_rp_id=challenge.rp_id,
            expected_origin=challenge.origin,
            credential_public_key=found["public_key"],
            credential_current_sign_count=found["sign_count"],
            require_user_verification=account_id is None,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        _log.info("passkey_refused", tenant=str(tenant_id), why=type(wrong).__name__)
        return None
    # The count is compared again where it is kept: two answers of one count cannot both pass.
    kept = await value(
        """update passkeys set sign_count = $2, last_used_at = $3
            where id = $1 and (sign_count < $2 or (sign_count = 0 and $2 = 0)) returning true""",
        found["id"],
        signed.new_sign_count,
        real_now(),
    )
    if not kept:
        return None
    return Signed(account_id=found["account_id"], passkey_id=found["id"], user_verified=signed.user_verified)


async def _challenge_of(answer: str, purpose: Purpose, holder: Holder) -> Challenge | None:
    """The challenge that the answer is to, used up; whatever else is wrong with the answer."""
    if len(answer) > LONGEST_ANSWER:
        return None
    try:
        client_data = _bytes(msgspec.json.decode(answer, type=_Answer).response.clientDataJSON)
        challenge = _bytes(msgspec.json.decode(client_data, type=_ClientData).challenge)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return await consume(purpose, holder, challenge)


async def _credentials(account_id: UUID) -> list[PublicKeyCredentialDescriptor]:
    found = await rows("select credential_id from passkeys where account_id = $1 order by id", account_id)
    return [PublicKeyCredentialDescriptor(id=each["credential_id"]) for each in found]


def _bytes(text: Any) -> bytes:
    """What base64url stands for; nothing where it is none."""
    try:
        return base64url_to_bytes(text)
    except ValueError:
        return b""
