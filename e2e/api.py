"""The product's public API, for what a story needs but is not about."""

from __future__ import annotations

from typing import Any

import httpx

from e2e.people import Person
from e2e.system import System

SESSION_COOKIE = "countersign_session"
_OPEN = """mutation($input: OpenTicketInput!) { openTicket(input: $input) {
    ... on OpenTicketSuccess { number } ... on Problem { code message field } } }"""
_REPLY = """mutation($number: Int!, $body: String!, $status: String) {
    reply(number: $number, body: $body, status: $status) {
        ... on ReplySuccess { followUp ticket { number } } ... on Problem { code message } } }"""


class Api:
    """One person, or a guest, at one company's portal, by HTTP."""

    def __init__(
        self, system: System, tenant: str, person: Person | None = None, *, session: str | None = None
    ) -> None:
        """`session` is the cookie of somebody who has signed in elsewhere."""
        # Names under localhost are known to browsers alone: the address is dialled, the name is said.
        host = f"{tenant}.localhost:{system.port}"
        address = f"http://127.0.0.1:{system.port}"
        self._http = httpx.Client(base_url=address, headers={"Host": host}, trust_env=False, timeout=30)
        if session is not None:
            self._http.cookies.set(SESSION_COOKIE, session)
        if person is not None:
            answer = self.post("/session", {"email": person.email, "password": person.password})
            assert answer.status_code == 201, answer.text

    @property
    def session(self) -> str:
        """The value of the cookie that a browser would hold."""
        return self._http.cookies[SESSION_COOKIE]

    def close(self) -> None:
        self._http.close()

    def get(self, path: str) -> httpx.Response:
        return self._http.get(path)

    def post(self, path: str, body: Any) -> httpx.Response:
        if "countersign_csrf" not in self._http.cookies:
            self._http.get("/")
        token = self._http.cookies["countersign_csrf"]
        return self._http.post(path, json=body, headers={"x-csrftoken": token})

    def ask(self, document: str, **variables: Any) -> Any:
        """The data of the document's one field."""
        answer = self.post("/graphql", {"query": document, "variables": variables})
        assert answer.status_code == 200, answer.text
        content = answer.json()
        assert "errors" not in content, content["errors"]
        [data] = content["data"].values()
        return data

    def refusal(self, document: str) -> str:
        """The code with which the document's one field is refused."""
        content = self.post("/graphql", {"query": document}).json()
        assert "errors" in content, content
        return str(content["errors"][0]["extensions"]["code"])

    def department(self, name: str) -> str:
        found = self.ask("{ departments { id name } }")
        return str(next(one["id"] for one in found if one["name"] == name))

    def open(self, department: str, subject: str, body: str = "Please have a look.", **more: Any) -> int:
        """Open a request in the department of that name; returns its number."""
        request = {"departmentId": self.department(department), "subject": subject, "body": body, **more}
        opened = self.ask(_OPEN, input=request)
        assert "number" in opened, opened
        return int(opened["number"])

    def reply(self, number: int, body: str, status: str | None = None) -> dict[str, Any]:
        answered: dict[str, Any] = self.ask(_REPLY, number=number, body=body, status=status)
        assert "ticket" in answered, answered
        return answered

    def ticket(self, number: int, fields: str) -> Any:
        return self.ask(f"query($number: Int!) {{ ticket(number: $number) {{ {fields} }} }}", number=number)


class SignIns:
    """The API as somebody, signed in once: checking a password costs on purpose."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._known: dict[Person, Api] = {}

    def __call__(self, person: Person) -> Api:
        if person not in self._known:
            self._known[person] = Api(self._system, person.tenant, person)
        return self._known[person]

    def close(self) -> None:
        for api in self._known.values():
            api.close()
