"""A company with a client and an agent, each before a browser."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from backend.tests.attachments.story import People
from backend.tests.client import a_browser
from backend.tests.factories import a_contact, a_member, a_tenant


@pytest.fixture
async def people(app: Litestar) -> AsyncIterator[People]:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    async with a_browser(app, tenant) as portal, a_browser(app, tenant) as desk:
        await portal.carry_on(contact)
        await desk.carry_on(agent)
        yield People(tenant, contact, agent, portal, desk)
