"""A browser without a screen: real HTTP through the whole application, with cookies and CSRF, to one tenant's host."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from litestar import Litestar

from backend.accounts.sessions import start_session
from backend.actor import Actor
from backend.database import bind
from backend.http.cookies import SESSION_COOKIE
from backend.tests.factories import PASSWORD, TestTenant


@dataclass(slots=True)
class Browser:
    """One visitor of one portal."""

    http: httpx.AsyncClient

    async def sign_in(self, actor: Actor) -> "Browser":
        answer = await self.post("/session", {"email": actor.email, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return self

    async def carry_on(self, actor: Actor) -> "Browser":
        """Be signed in as the actor, without the password and its cost: for tests that are not about signing in."""
        with bind(actor.tenant_id):
            token = await start_session(actor.tenant_id, actor.account, actor.address, "a browser")
        self.http.cookies.set(SESSION_COOKIE, token)
        return self

    async def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        return await self.http.post(path, json=body, headers={"x-csrftoken": await self.csrf(), **headers})

    async def post_raw(self, path: str, body: str | bytes, **headers: str) -> httpx.Response:
        """A body as it stands, called JSON unless a header says otherwise."""
        ours = {"x-csrftoken": await self.csrf(), "content-type": "application/json"}
        return await self.http.post(path, content=body, headers={**ours, **headers})

    async def csrf(self) -> str:
        """The token that a page of the portal would send."""
        if "countersign_csrf" not in self.http.cookies:
            await self.http.get("/")
        return self.http.cookies["countersign_csrf"]

    async def raw(self, document: str, **variables: Any) -> dict[str, Any]:
        """The whole answer to a GraphQL document, errors included."""
        answer = await self.post("/graphql", {"query": document, "variables": variables})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def ask(self, document: str, **variables: Any) -> Any:
        """The data of an answer without errors; of a document with one field, that field's."""
        answer = await self.raw(document, **variables)
        assert "errors" not in answer, answer["errors"]
        data = answer["data"]
        return next(iter(data.values())) if len(data) == 1 else data


@asynccontextmanager
async def a_browser(app: Litestar, tenant: TestTenant, actor: Actor | None = None) -> AsyncIterator[Browser]:
    """A browser on the tenant's portal, signed in as the actor where one is given."""
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # Two spellings of ASGI's types.
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{tenant.host}") as http:
        browser = Browser(http)
        yield await browser.sign_in(actor) if actor else browser
