"""The two ways in which a panel is asked whether an address and a password belong together.

docs/panel-connector.md describes the generic one for those who build the other end.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from backend.accounts.secret import Secret
from backend.panels.call import post
from backend.panels.errors import PanelAway

SIGNATURE: Final = "Countersign-Signature"
_WRONG: Final = "email or password invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whose password it should be, and what was typed."""

    email: str
    client_number: int
    password: Secret


class Panel(Protocol):
    """A hosting panel that knows the clients' account passwords."""

    async def is_right(self, tenant_id: UUID, question: Question) -> bool:
        """Whether the password is the one of that address. Raises: PanelAway."""
        ...


class _GenericAnswer(msgspec.Struct):
    valid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericPanel:
    """A signed question in JSON, answered by `{"valid": true}` or `{"valid": false}`."""

    url: str
    secret: Secret

    async def is_right(self, tenant_id: UUID, question: Question) -> bool:
        body = msgspec.json.encode(
            {"email": question.email, "password": question.password.reveal(), "client_number": question.client_number}
        )
        headers = {"Content-Type": "application/json", "Accept": "application/json", SIGNATURE: sign(body, self.secret)}
        status, answer = await post(tenant_id, self.url, body, headers)
        _require_ok(status)
        try:
            return msgspec.json.decode(answer, type=_GenericAnswer).valid
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise PanelAway("panel_answer") from None


class _WhmcsAnswer(msgspec.Struct):
    result: str
    message: str = ""
    userid: int | str = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WhmcsPanel:
    """WHMCS by its API action ValidateLogin, which knows users and (before 8.0) clients by address and password.

    Whether the person may approve for the client is a matter of their role here; WHMCS says whose password it is.
    """

    url: str
    identifier: str
    secret: Secret

    async def is_right(self, tenant_id: UUID, question: Question) -> bool:
        fields = {
            "identifier": self.identifier, "secret": self.secret.reveal(), "action": "ValidateLogin",
            "email": question.email, "password2": question.password.reveal(), "responsetype": "json",
        }  # fmt: skip
        url = self.url if self.url.endswith("/api.php") else f"{self.url}/includes/api.php"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        status, answer = await post(tenant_id, url, urlencode(fields).encode(), headers)
        try:
            said = msgspec.json.decode(answer, type=_WhmcsAnswer)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            _require_ok(status)
            raise PanelAway("panel_answer") from None
        if said.result == "error" and said.message.strip().lower() == _WRONG:
            return False
        _require_ok(status)
        if said.result == "success" and str(said.userid).isdigit() and int(said.userid) > 0:
            return True
        raise PanelAway("panel_refuses_us" if said.result == "error" else "panel_answer")


def sign(body: bytes, secret: Secret, at: int | None = None) -> str:
    """The signature of a question: its moment, and HMAC-SHA256 of moment, full stop and body."""
    moment = int(time.time()) if at is None else at
    signed = hmac.digest(secret.reveal().encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={signed.hex()}"


def _require_ok(status: int) -> None:
    if status in (401, 403):
        raise PanelAway("panel_refuses_us")
    if status != 200:
        raise PanelAway("panel_answer")
