"""Stripe as far as cards go, over real HTTP: customers with their cards under consistent ids, keys with rights, pages,
and signed webhooks of what changed. Slow, failing or gone when a test says so.
"""

import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

KEY = "rk_test_51Countersign"
SECRET = "whsec_of_the_simulator_1"


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook as it is sent: the raw body and its signature."""

    id: str
    body: bytes
    signature: str


@dataclass
class StripeSimulator:
    """An account at Stripe. `sent` holds all webhooks; `deliver_to` (address, host name) has them posted as well."""

    key: str = KEY
    secret: str = SECRET
    customers: dict[str, dict[str, Any]] = field(default_factory=dict)
    methods: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: list[Webhook] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    seconds: float = 0.0
    status: int | None = None
    lacks_rights: bool = False
    deliver_to: tuple[str, str] | None = None
    port: int = 0

    def __enter__(self) -> Self:
        simulator = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                simulator._answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's word)
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    # ------------------------------------------------------------ what happens in the account
    def add_customer(self, email: str = "", *, card: str | None = None, client_number: int | None = None) -> str:
        made = f"cus_{secrets.token_hex(7)}"
        self.customers[made] = {
            "id": made, "object": "customer", "email": email or None, "default_source": None,
            "invoice_settings": {"default_payment_method": None},
            "metadata": {} if client_number is None else {"client_number": str(client_number)},
        }  # fmt: skip
        if card is not None:
            self._default_card(made, card)
        return made

    def change_card(self, customer: str, digits: str) -> list[Webhook]:
        """The customer pays with another card from now on. Returns the webhooks that tell of it."""
        before = self.customers[customer]["invoice_settings"]["default_payment_method"]
        method = self._default_card(customer, digits)
        told = [self.tell("payment_method.attached", self.methods[method])]
        told.append(self.tell("customer.updated", self._expanded(customer)))
        if before:
            old = self.methods.pop(before)
            told.append(self.tell("payment_method.detached", {**old, "customer": None}, {"customer": customer}))
        return told

    def delete(self, customer: str) -> Webhook:
        gone = self.customers.pop(customer)
        return self.tell("customer.deleted", gone)

    def tell(self, type_: str, thing: dict[str, Any], before: dict[str, Any] | None = None) -> Webhook:
        event: dict[str, Any] = {
            "id": f"evt_{secrets.token_hex(8)}",
            "object": "event",
            "type": type_,
            "livemode": False,
        }
        event["data"] = {"object": thing, **({"previous_attributes": before} if before else {})}
        body = json.dumps(event).encode()
        webhook = Webhook(event["id"], body, sign(body, self.secret))
        self.sent.append(webhook)
        if self.deliver_to is not None:
            threading.Thread(target=self._deliver, args=(webhook, *self.deliver_to), daemon=True).start()
        return webhook

    def _default_card(self, customer: str, digits: str) -> str:
        method = f"pm_{secrets.token_hex(7)}"
        self.methods[method] = {
            "id": method, "object": "payment_method", "type": "card", "customer": customer,
            "card": {"brand": "visa", "last4": digits, "exp_month": 12, "exp_year": 2031},
        }  # fmt: skip
        self.customers[customer]["invoice_settings"]["default_payment_method"] = method
        return method

    @staticmethod
    def _deliver(webhook: Webhook, address: str, host: str) -> None:
        """As Stripe does: again, with a new signature, until it is taken."""
        for wait in (0.0, 0.5, 1.0, 2.0, 4.0):
            time.sleep(wait)
            request = urllib.request.Request(
                f"{address}/webhooks/stripe",
                webhook.body,
                {"Host": host, "Stripe-Signature": webhook.signature, "Content-Type": "application/json"},
            )
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                continue

    # ------------------------------------------------------------ the API
    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        self.calls.append(handler.path)
        time.sleep(self.seconds)
        status, body = self._found(parts.path, parse_qs(parts.query), handler.headers.get("Authorization", ""))
        raw = json.dumps(body).encode()
        try:
            handler.send_response(status)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(raw)))
            handler.end_headers()
            handler.wfile.write(raw)
        except OSError:
            return  # Who asked has gone away.

    def _found(self, path: str, query: dict[str, list[str]], authorization: str) -> tuple[int, dict[str, Any]]:
        if self.status is not None:
            return self.status, {"error": {"type": "api_error", "message": "Trouble."}}
        if authorization != f"Bearer {self.key}":
            return 401, {"error": {"type": "invalid_request_error", "message": "Invalid API Key provided."}}
        if self.lacks_rights:
            return 403, {"error": {"type": "invalid_request_error", "message": "The provided key lacks a permission."}}
        if path == "/v1/customers":
            return 200, self._page(query)
        if path.startswith("/v1/customers/"):
            customer = path.rsplit("/", 1)[1]
            if customer in self.customers:
                return 200, self._expanded(customer)
            return 404, {
                "error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such customer."}
            }
        return 404, {"error": {"type": "invalid_request_error", "message": "Unrecognized request URL."}}

    def _page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        most = int(query.get("limit", ["10"])[0])
        email = query.get("email", [None])[0]
        names = [name for name, each in self.customers.items() if email is None or each["email"] == email]
        after = query.get("starting_after", [None])[0]
        start = names.index(after) + 1 if after in names else 0
        shown = names[start : start + most]
        return {
            "object": "list", "url": "/v1/customers", "has_more": start + most < len(names),
            "data": [self._expanded(each) for each in shown],
        }  # fmt: skip

    def _expanded(self, customer: str) -> dict[str, Any]:
        found = json.loads(json.dumps(self.customers[customer]))
        method = found["invoice_settings"]["default_payment_method"]
        if method:
            found["invoice_settings"]["default_payment_method"] = self.methods[method]
        result: dict[str, Any] = found
        return result


def sign(body: bytes, secret: str, at: float | None = None) -> str:
    """The signature of a body, as of a moment."""
    moment = int(time.time() if at is None else at)
    return f"t={moment},v1=" + hmac.digest(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hex()
