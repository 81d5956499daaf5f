"""Browsers of people, each with a context of its own and a console that is listened to."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect

from e2e.api import SESSION_COOKIE
from e2e.people import Person
from e2e.system import System

_DEFAULTS: dict[str, Any] = {
    "viewport": {"width": 1440, "height": 900},
    "locale": "en-US",
    "timezone_id": "Europe/Amsterdam",
}


_SECRET_FIELDS = "input[type=password], input[autocomplete=one-time-code], .secret-field textarea"
_LISTEN = f"""addEventListener("input", event => {{
    if (event.target.matches("{_SECRET_FIELDS}")) window.countersignTyped(event.target.value);
}}, true)"""
_STORED = """async () => {
    const found = [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href];
    for (const { name } of await indexedDB.databases()) found.push(name);
    for (const name of await caches.keys()) found.push(name);
    return JSON.stringify(found);
}"""
_LEAST_TYPED = 4
"""Characters from which on something typed is looked for: less is the beginning of a word."""


class Visitors:
    """Opens browsers for people. `complaints` are errors and warnings of their consoles, answers that are faults, and
    what was typed into a field for secrets and stands in the storage of a browser.
    """

    def __init__(self, browser: Browser, system: System, session_of: Callable[[Person], str]) -> None:
        self._browser = browser
        self._system = system
        self._session_of = session_of
        self._contexts: list[BrowserContext] = []
        self._expected: list[str] = []
        self._heard: list[str] = []
        self._typed: set[str] = set()

    def at(self, tenant: str, path: str = "/", *, person: Person | None = None, **options: Any) -> Page:
        """A new browser at a company's address, signed in as the person if one is given."""
        context = self._browser.new_context(**{**_DEFAULTS, **options})
        self._contexts.append(context)
        context.set_default_timeout(10_000)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self._heard.append(f"{error.page and error.page.url}: {error.error}"))
        context.on("response", self._look)
        context.expose_function("countersignTyped", lambda typed: self._typed.add(typed))
        context.add_init_script(_LISTEN)
        if person is not None:
            context.add_cookies(
                [
                    {
                        "name": SESSION_COOKIE,
                        "value": self._session_of(person),
                        "url": self._system.origin(tenant),
                        "httpOnly": True,
                        "sameSite": "Lax",
                    }
                ]
            )
        page = context.new_page()
        page.goto(self._system.origin(tenant) + path)
        expect(page.get_by_role("heading").first).to_be_visible()
        return page

    def client(self, person: Person, path: str = "/", **options: Any) -> Page:
        """The person at the portal."""
        return self.at(person.tenant, path, person=person, **options)

    def staff(self, person: Person, path: str = "", **options: Any) -> Page:
        """The person at the desk."""
        return self.at(person.tenant, f"/desk{path}", person=person, **options)

    def expect_complaint(self, words: str) -> None:
        """This test provokes it: a refused sign-in is an error of the console."""
        self._expected.append(words)

    @property
    def complaints(self) -> list[str]:
        return [words for words in self._heard if not any(expected in words for expected in self._expected)]

    def leave(self) -> None:
        for context in self._contexts:
            for page in context.pages:
                self._search_storage(page)
            context.close()
        self._contexts.clear()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            where = message.page.url if message.page else "?"
            self._heard.append(f"{where}: {message.type}: {message.text}")

    def _look(self, response: Response) -> None:
        if response.status >= 500:
            self._heard.append(f"{response.url}: answered {response.status}")

    def _search_storage(self, page: Page) -> None:
        if not page.url.startswith("http"):
            return
        stored = page.evaluate(_STORED)
        for typed in self._typed:
            if len(typed) >= _LEAST_TYPED and re.search(rf"(?<![0-9A-Za-z]){re.escape(typed)}(?![0-9A-Za-z])", stored):
                self._heard.append(f"{page.url}: keeps what was typed: {typed}")
