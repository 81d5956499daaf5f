"""Admins change the company through the API, and its portal shows it in the next request."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from litestar import Litestar

from backend.actor import Actor
from backend.database import rows
from backend.keys import link_token
from backend.tests.client import Browser, a_browser
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_member, a_tenant, within
from backend.tests.graphql.arguments import variables_of
from backend.tests.graphql.bad_values import short_document
from backend.tests.graphql.documents import operations
from backend.tests.graphql.world import a_world

FOR_EVERYONE = {"stepUp", "stepUpOptions", "proofOptions", "changePassword", "beginTotp", "confirmTotp", "removeTotp", "beginPasskey",
                "addPasskey", "removePasskey", "newRecoveryCodes", "endSession", "endOtherSessions", "useLink", "openTicket", "reply", "prove",
                "goOnByLink", "proveByLink", "createSupportPin", "sendSecret", "showSecret", "destroySecret", "keepOpen", "closeNow",
                "answerByLink", "sayAllFine"}  # fmt: skip
FOR_STAFF = {"addNote", "sendReply", "takeBackReply", "sendWaitingReply", "addHeldMail", "openHeldMail", "discardHeldMail", "removeCopy", "assign", "transfer", "setStatus", "setPriority", "askForProof", "recordPin", "askForSecret", "setAbsence",
             "endAbsence", "setHours", "takeOver", "takeOverAll", "handBack", "handBackAll", "setCategory", "setProject", "createProject",
             "updateProject", "splitTicket", "mergeTickets", "undoSplit", "undoMerge", "takeAsReply", "snooze", "pause",
             "resume"}  # fmt: skip
GIVEN = "... on Problem { code field }"
DEPARTMENTS = "{ departments { id name description audience proofLevel mailAddress kinds { id name proofLevel } } }"
CREATE = f"mutation($input: DepartmentInput!) {{ createDepartment(input: $input) {{ ... on Department {{ id position mailAddress }} {GIVEN} }} }}"
UPDATE = f"mutation($id: ID!, $input: DepartmentInput!) {{ updateDepartment(id: $id, input: $input) {{ ... on Department {{ id name }} {GIVEN} }} }}"
MOVE = f"mutation($id: ID!, $at: Int!) {{ moveDepartment(id: $id, position: $at) {{ ... on Department {{ id }} {GIVEN} }} }}"
ARCHIVE = f"mutation($id: ID!) {{ archiveDepartment(id: $id) {{ ... on Department {{ archivedAt }} {GIVEN} }} }}"
RESTORE = f"mutation($id: ID!) {{ restoreDepartment(id: $id) {{ ... on Department {{ archivedAt }} {GIVEN} }} }}"
CREATE_KIND = f"mutation($input: KindInput!) {{ createKind(input: $input) {{ ... on Kind {{ id }} {GIVEN} }} }}"
ARCHIVE_KIND = f"mutation($id: ID!) {{ archiveKind(id: $id) {{ ... on Kind {{ archivedAt }} {GIVEN} }} }}"
OPEN = f"mutation($input: OpenTicketInput!) {{ openTicket(input: $input) {{ ... on OpenTicketSuccess {{ number }} {GIVEN} }} }}"


@dataclass(frozen=True, slots=True)
class Company:
    tenant: TestTenant
    owner: Actor
    desk: Browser
    guest: Browser
    portal: Browser

    async def names(self, browser: Browser) -> list[str]:
        return [each["name"] for each in await browser.ask(DEPARTMENTS)]


@pytest.fixture
async def company(app: Litestar) -> AsyncIterator[Company]:
    tenant = await a_tenant()
    owner, contact = await a_member(tenant, "owner"), await a_contact(tenant, "member")
    async with a_browser(app, tenant) as desk, a_browser(app, tenant) as guest, a_browser(app, tenant) as portal:
        await desk.carry_on(owner)
        await portal.carry_on(contact)
        yield Company(tenant, owner, desk, guest, portal)


def department(name: str = "Domains", audience: str = "EVERYONE", proof: str = "NONE") -> dict[str, str]:
    return {"name": name, "description": f"{name}, all of it", "audience": audience, "proofLevel": proof}


@pytest.mark.parametrize("role", ["guest", "contact", "agent", "lead"])
async def test_nobody_but_admins_changes_the_company_by_any_mutation(app: Litestar, role: str) -> None:
    world = await a_world(proved=False)
    actor = await a_member(world.tenant, "lead") if role == "lead" else world.people[role]
    mutations = {each.name: each for each in operations("Mutation")}
    assert mutations.keys() >= FOR_EVERYONE | FOR_STAFF
    async with a_browser(app, world.tenant) as browser:
        if actor is not None:
            await browser.carry_on(actor)
        for name, asked in mutations.items():
            if name in FOR_EVERYONE or (name in FOR_STAFF and role in ("agent", "lead")):
                continue
            found = await browser.ask(short_document(asked), **variables_of(asked, world))
            assert found["__typename"] == "Problem", name
            assert found["code"] == ("sign_in_needed" if role == "guest" else "not_allowed"), name


async def test_a_new_department_is_on_the_portal_at_once_for_those_who_may_use_it(company: Company) -> None:
    assert await company.names(company.guest) == ["Support"]
    made = await company.desk.ask(CREATE, input=department())
    assert made["mailAddress"] == f"domains@{company.tenant.mail_domain}"
    assert await company.names(company.guest) == ["Support", "Domains"]
    for audience, guest, member in (("CLIENTS", False, True), ("APPROVERS", False, False), ("EVERYONE", True, True)):
        await company.desk.ask(UPDATE, id=made["id"], input=department("Names", audience))
        assert ("Names" in await company.names(company.guest)) == guest
        assert ("Names" in await company.names(company.portal)) == member
        request = {
            "departmentId": made["id"],
            "subject": "Hello",
            "body": "There.",
            "name": "G",
            "email": "g@else.example",
        }
        for browser, may in ((company.guest, guest), (company.portal, member)):
            answer = await browser.ask(OPEN, input=request)
            assert ("number" in answer) == may
            assert may or answer["code"] == "department_closed"


async def test_the_order_of_departments_is_the_portal_s_order(company: Company) -> None:
    ids = {name: (await company.desk.ask(CREATE, input=department(name)))["id"] for name in ("One", "Two", "Three")}
    await company.desk.ask(MOVE, id=ids["Three"], at=0)
    assert await company.names(company.guest) == ["Three", "Support", "One", "Two"]
    await company.desk.ask(MOVE, id=ids["Three"], at=99)
    assert await company.names(company.guest) == ["Support", "One", "Two", "Three"]
    await company.desk.ask(MOVE, id=ids["Two"], at=-5)
    assert await company.names(company.guest) == ["Two", "Support", "One", "Three"]


async def test_proof_that_a_department_or_a_kind_asks_for_is_asked_from_the_next_request_on(company: Company) -> None:
    made = await company.desk.ask(CREATE, input=department("Domains", "CLIENTS"))
    request = {"departmentId": made["id"], "subject": "Hello", "body": "There."}
    assert "number" in await company.portal.ask(OPEN, input=request)
    kind = {"departmentId": made["id"], "name": "Change MX records", "description": "", "proofLevel": "PASSWORD"}
    kind_id = (await company.desk.ask(CREATE_KIND, input=kind))["id"]
    assert (await company.portal.ask(OPEN, input={**request, "kindId": kind_id}))["code"] == "proof_needed"
    assert "number" in await company.portal.ask(OPEN, input=request)
    await company.desk.ask(UPDATE, id=made["id"], input=department("Domains", "CLIENTS", "CARD"))
    assert (await company.portal.ask(OPEN, input=request))["code"] == "proof_needed"
    await company.desk.ask(ARCHIVE_KIND, id=kind_id)
    shown = next(each for each in await company.portal.ask(DEPARTMENTS) if each["id"] == made["id"])
    assert shown["kinds"] == []
    assert (await company.portal.ask(OPEN, input={**request, "kindId": kind_id}))["code"] == "not_found"


async def test_an_archived_department_takes_no_more_and_its_tickets_stay(company: Company) -> None:
    made = await company.desk.ask(CREATE, input=department())
    request = {"departmentId": made["id"], "subject": "Hello", "body": "There."}
    number = (await company.portal.ask(OPEN, input=request))["number"]
    assert (await company.desk.ask(ARCHIVE, id=made["id"]))["archivedAt"]
    assert await company.names(company.guest) == ["Support"]
    assert (await company.portal.ask(OPEN, input=request))["code"] == "department_closed"
    reply = 'mutation($n: Int!) { reply(number: $n, body: "Hello?") { ... on ReplySuccess { ticket { number } } } }'
    assert (await company.portal.ask(reply, n=number))["ticket"]["number"] == number
    support = str(company.tenant.support)
    assert await company.desk.ask(ARCHIVE, id=support) == {"code": "last_department", "field": "id"}
    await company.desk.ask(CREATE, input=department())
    assert await company.desk.ask(RESTORE, id=made["id"]) == {"code": "name_taken", "field": "name"}
    assert await company.desk.ask(CREATE, input=department("Support")) == {"code": "name_taken", "field": "name"}


INVITE = f"mutation($input: MemberInput!) {{ inviteMember(input: $input) {{ ... on Member {{ id active role person {{ email }} }} {GIVEN} }} }}"
CHANGE = f"mutation($id: ID!, $input: MemberInput!) {{ updateMember(id: $id, input: $input) {{ ... on Member {{ id role }} {GIVEN} }} }}"
DEACTIVATE = f"mutation($id: ID!) {{ deactivateMember(id: $id) {{ ... on Member {{ active }} {GIVEN} }} }}"
REACTIVATE = f"mutation($id: ID!) {{ reactivateMember(id: $id) {{ ... on Member {{ active }} {GIVEN} }} }}"
USE_LINK = f"mutation($token: String!, $password: String) {{ useLink(token: $token, password: $password) {{ ... on Done {{ ok }} {GIVEN} }} }}"


def member(company: Company, role: str = "AGENT", email: str = "") -> dict[str, Any]:
    return {
        "name": "Ines Vermeer", "email": email or f"ines@{company.tenant.mail_domain}", "role": role,
        "departmentIds": [str(company.tenant.support)],
    }  # fmt: skip


async def test_a_member_is_invited_sets_a_password_works_is_promoted_and_leaves(
    app: Litestar, company: Company
) -> None:
    invited = await company.desk.ask(INVITE, input=member(company))
    with within(company.tenant):
        [link] = await rows("select id from one_time_links where purpose = 'set_password'")
    token = link_token(company.tenant.id, link["id"])
    async with a_browser(app, company.tenant) as theirs:
        body = {"email": invited["person"]["email"], "password": PASSWORD}
        assert (await theirs.post("/session", body)).status_code == 401
        assert (await theirs.ask(USE_LINK, token=token))["code"] == "required"
        assert (await theirs.ask(USE_LINK, token=token, password="short"))["code"] == "password_too_short"
        assert await theirs.ask(USE_LINK, token=token, password=PASSWORD) == {"ok": True}
        assert (await theirs.ask(USE_LINK, token=token, password=PASSWORD))["code"] == "link_expired"
        signed_in = await theirs.post("/session", body)
        assert (signed_in.status_code, signed_in.json()) == (201, {"side": "staff"})
        assert await theirs.ask("{ queue { edges { cursor } } }") == {"edges": []}
        assert (await theirs.ask(CREATE, input=department()))["code"] == "not_allowed"
        await company.desk.ask(CHANGE, id=invited["id"], input=member(company, "ADMIN"))
        assert "id" in await theirs.ask(CREATE, input=department())
        assert await company.desk.ask(DEACTIVATE, id=invited["id"]) == {"active": False}
        assert await theirs.ask("{ viewer { name } }") is None
        assert (await theirs.post("/session", body)).status_code == 401
        assert await company.desk.ask(REACTIVATE, id=invited["id"]) == {"active": True}
        assert await theirs.ask("{ viewer { name } }") is None, "an ended session stays ended"
        assert (await theirs.post("/session", body)).status_code == 201


async def test_someone_keeps_the_role_of_owner_and_owners_alone_give_it(app: Litestar, company: Company) -> None:
    admin = await a_member(company.tenant, "admin")
    [own] = [each for each in await company.desk.ask("{ members { id you } }") if each["you"]]
    me = member(company, "OWNER", company.owner.email)
    assert await company.desk.ask(CHANGE, id=own["id"], input={**me, "role": "AGENT"}) == {
        "code": "last_owner",
        "field": "role",
    }
    assert await company.desk.ask(DEACTIVATE, id=own["id"]) == {"code": "last_owner", "field": "role"}
    async with a_browser(app, company.tenant) as theirs:
        await theirs.carry_on(admin)
        assert (await theirs.ask(INVITE, input=member(company, "OWNER")))["code"] == "not_allowed"
        for document in (DEACTIVATE, REACTIVATE):
            assert (await theirs.ask(document, id=own["id"]))["code"] == "not_allowed"
        assert (await theirs.ask(CHANGE, id=own["id"], input={**me, "role": "AGENT"}))["code"] == "not_allowed"
        taken = await theirs.ask(INVITE, input=member(company, "AGENT", company.owner.email.upper()))
        assert taken == {"code": "email_taken", "field": "email"}
    second = await company.desk.ask(INVITE, input=member(company, "OWNER"))
    assert second["role"] == "OWNER"
    assert (await company.desk.ask(CHANGE, id=own["id"], input={**me, "role": "AGENT"}))["role"] == "AGENT"
    assert (await company.desk.ask(DEACTIVATE, id=second["id"]))["code"] == "not_allowed", "no owner any more"


BRAND = f"mutation($input: BrandInput!) {{ updateBrand(input: $input) {{ ... on Company {{ name brand {{ primaryColor stylesheetUrl }} }} {GIVEN} }} }}"
LOOK = "{ company { name language timeZone brand { name primaryColor secondaryColor font stylesheetUrl } } }"


async def test_a_brand_is_on_the_portal_at_once_and_readable_whatever_was_chosen(company: Company) -> None:
    before = await company.guest.ask(LOOK)
    look = {"name": "Aurora Hosting", "primaryColor": "#FFFF00", "secondaryColor": "#eeeeee", "font": "SERIF"}
    await company.desk.ask(BRAND, input=look)
    after = await company.guest.ask(LOOK)
    assert after["brand"]["primaryColor"] == "#ffff00"
    assert after["brand"]["stylesheetUrl"] != before["brand"]["stylesheetUrl"]
    checked = await company.guest.ask('{ contrast(color: "#ffff00") { ratio passes corrected } }')
    assert (checked["ratio"], checked["passes"]) == (1.07, False)
    assert (await company.guest.ask("query($c: String!) { contrast(color: $c) { passes } }", c=checked["corrected"]))[
        "passes"
    ]
    sheet = await company.guest.http.get(after["brand"]["stylesheetUrl"])
    assert f"--brand-text:{checked['corrected']}" in sheet.text
    assert "Georgia" in sheet.text
    assert "immutable" in sheet.headers["cache-control"]
    old = await company.guest.http.get(before["brand"]["stylesheetUrl"])
    assert (old.text, old.headers["cache-control"]) == (sheet.text, "no-cache")
    for wrong in ("yellow", "#ff", "#gggggg", "", "#ffff00;}", "rgb(0,0,0)"):
        assert (await company.desk.ask(BRAND, input={**look, "primaryColor": wrong})) == {
            "code": "not_a_color",
            "field": "primaryColor",
        }


LANGUAGE = f"mutation($l: String!, $z: String!) {{ updateLanguage(language: $l, timeZone: $z) {{ ... on Company {{ language timeZone }} {GIVEN} }} }}"


async def test_the_language_of_the_company_is_its_portal_s_in_the_next_request(company: Company) -> None:
    request = {"departmentId": str(company.tenant.support), "subject": "", "body": "x"}
    message = "mutation($input: OpenTicketInput!) { openTicket(input: $input) { ... on Problem { message } } }"
    assert (await company.guest.ask(message, input=request))["message"] == "Fill this in."
    await company.desk.ask(LANGUAGE, l="nl", z="Europe/Amsterdam")
    assert (await company.guest.ask(message, input=request))["message"] == "Vul dit in."
    assert (await company.portal.ask(message, input=request))["message"] == "Vul dit in."
    number = (await company.portal.ask(OPEN, input={**request, "subject": "Traag"}))["number"]
    ticket = await company.portal.ask("query($n: Int!) { ticket(number: $n) { statusSentence } }", n=number)
    assert ticket["statusSentence"] == "Wij zijn ermee bezig"
    for language, zone, field in (("xx", "Europe/Amsterdam", "language"), ("nl", "Mars/Base", "timeZone"), ("nl", "../../etc/passwd", "timeZone"),
                                  ("nl", "", "timeZone"), ("", "UTC", "language"), ("nl", "Europe", "timeZone"), ("nl", "/etc/localtime", "timeZone")):  # fmt: skip
        assert (await company.desk.ask(LANGUAGE, l=language, z=zone))["field"] == field, zone


async def test_clients_choose_a_priority_as_soon_as_they_may(company: Company) -> None:
    request = {"departmentId": str(company.tenant.support), "subject": "Slow", "body": "x", "priority": "HIGH"}
    choice = "mutation($a: Boolean!) { setPriorityChoice(allowed: $a) { ... on Company { priorityChoice } } }"
    assert await company.portal.ask(OPEN, input=request) == {"code": "priority_not_offered", "field": "priority"}
    assert await company.desk.ask(choice, a=True) == {"priorityChoice": True}
    assert (await company.guest.ask("{ company { priorityChoice } }"))["priorityChoice"] is True
    assert "number" in await company.portal.ask(OPEN, input=request)
