"""Markup in any text is text: kept as it was typed, returned as it was typed, and never part of a page."""

from typing import Any

import pytest
from graphql import get_named_type
from litestar import Litestar

from backend.database import value
from backend.tests.client import a_browser
from backend.tests.factories import within
from backend.tests.graphql.arguments import arguments_of, variables_of
from backend.tests.graphql.bad_values import SCRIPT
from backend.tests.graphql.documents import operation, operations
from backend.tests.graphql.world import a_world
from backend.tickets.reply import reply

KEPT = {
    "Mutation.createDepartment": ("DepartmentInput.name", "DepartmentInput.description"),
    "Mutation.updateDepartment": ("DepartmentInput.name", "DepartmentInput.description"),
    "Mutation.createKind": ("KindInput.name", "KindInput.description"),
    "Mutation.updateKind": ("KindInput.name", "KindInput.description"),
    "Mutation.inviteMember": ("MemberInput.name",),
    "Mutation.updateMember": ("MemberInput.name",),
    "Mutation.updateBrand": ("BrandInput.name",),
    "Mutation.openTicket": ("OpenTicketInput.subject", "OpenTicketInput.body"),
    "Mutation.reply": ("Mutation.reply.body", "SecretInput.label"),
    "Mutation.askForSecret": ("Mutation.askForSecret.label",),
    "Mutation.setSecretQuestions": ("SecretQuestionInput.label",),
    "Mutation.createApiToken": ("Mutation.createApiToken.name",),
    "Mutation.sendReply": ("Mutation.sendReply.body",),
    "Mutation.addNote": ("Mutation.addNote.body",),
    "Mutation.transfer": ("Mutation.transfer.note",),
    "Mutation.splitTicket": ("SplitTicketInput.subject",),
    "Mutation.createProject": ("ProjectInput.name",),
    "Mutation.updateProject": ("ProjectInput.name",),
    "Mutation.setAbsence": ("Mutation.setAbsence.reason",),
    "Mutation.setOpeningHours": ("OwnDayInput.name",),
    "Mutation.savePolicy": ("Mutation.savePolicy.name",),
}
# Texts that are not kept, or are kept to a form of their own.
NOT_KEPT = {
    "OpenTicketInput.name", "OpenTicketInput.email", "OpenTicketInput.idempotencyKey", "ProofInput.secret", "MemberInput.email",
    "SecretInput.value", "SecretAnswerInput.value", "Mutation.sendSecret.value",
    "AttachmentRulesInput.refusedTypes",
    "BrandInput.primaryColor", "BrandInput.secondaryColor", "Mutation.reply.status", "Mutation.reply.idempotencyKey", "Mutation.sendReply.status",
    "Mutation.sendReply.idempotencyKey", "Mutation.sendReply.withoutProof",
    "Mutation.setStatus.status", "Mutation.updateLanguage.language", "Mutation.updateLanguage.timeZone", "Mutation.useLink.token",
    "Mutation.useLink.password", "Mutation.stepUp.answer", "Mutation.proofOptions.token", "Mutation.connectStripe.key", "Mutation.setStripeWebhookSecret.secret",
    "Mutation.linkStripeCustomer.customer", "Mutation.setClientCard.lastFour", "Mutation.createApiToken.scopes",
    "Mutation.goOnByLink.token", "Mutation.proveByLink.token", "Mutation.recordPin.pin", "Mutation.setProofNeeds.statuses",
    "OpenTicketInput.accountNamed", "Mutation.reply.withoutProof", "Mutation.setStatus.withoutProof",
    "Mutation.transfer.withoutProof",
    "SplitTicketInput.withoutProof",
    "HostingPanelInput.url", "HostingPanelInput.identifier", "HostingPanelInput.secret",
    "Mutation.changePassword.password", "Mutation.confirmTotp.code",
    "Mutation.addPasskey.name", "Mutation.addPasskey.passkey", "Mutation.answerByLink.token", "Mutation.closeNow.withoutProof",
    "Mutation.savePolicy.definition", "Mutation.setHours.timeZone", "OpeningHoursInput.country", "OpeningHoursInput.subdivision",
    "OpeningHoursInput.zone", "OwnDayInput.day", "StatusFollowsInput.status", "StatusFollowsInput.to",
}  # fmt: skip
TEXTS = (SCRIPT, "</title><img src=x onerror=alert(1)>", '{{7*7}} &lt;b&gt; & "quotes" \' javascript:alert(1)')


def test_every_text_of_a_mutation_is_tried_or_known_not_to_be_kept() -> None:
    texts = {
        key
        for each in operations("Mutation")
        for key, (_, type_) in arguments_of(each).items()
        if get_named_type(type_).name == "String"
    }
    assert texts == NOT_KEPT | {key for keys in KEPT.values() for key in keys}


@pytest.mark.parametrize("path", KEPT)
async def test_markup_is_kept_and_returned_as_it_was_typed(app: Litestar, path: str) -> None:
    world = await a_world(proved=False)
    admin, contact = world.people["admin"], world.people["contact"]
    assert admin is not None
    assert contact is not None
    asked = operation(path)
    async with a_browser(app, world.tenant) as browser:
        await browser.carry_on(admin)
        for turn, text in enumerate(TEXTS):
            with within(world.tenant):
                message = (await reply(contact, world.refs["number"], f"Question {turn}")).message_id
                policy = await value("select policy_id from tenants")
            anew = {
                "SplitTicketInput.messageIds": str(message),
                "MemberInput.email": f"person{turn}@company.example",
                "Mutation.savePolicy.base": str(policy),
                "Mutation.transfer.departmentId": world.refs["department" if turn % 2 else "other_department"],
            }
            answer = await browser.raw(
                asked.document, **variables_of(asked, world, instead={**anew, **dict.fromkeys(KEPT[path], text)})
            )
            assert "Problem" not in str(answer), answer
            found = list(texts_in(answer))
            assert text in found or path == "Mutation.transfer", path
            read = await browser.raw(operation("Query.ticket").document, number=world.refs["number"])
            if path in ("Mutation.reply", "Mutation.addNote", "Mutation.transfer"):
                assert text in list(texts_in(read)), path


def texts_in(value: Any) -> Any:
    """Every text of an answer."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(inner)


async def test_the_company_s_name_cannot_break_out_of_the_page(app: Litestar) -> None:
    world = await a_world(proved=False)
    admin = world.people["admin"]
    assert admin is not None
    async with a_browser(app, world.tenant) as browser:
        await browser.carry_on(admin)
        brand = operation("Mutation.updateBrand")
        name = "</title><script>alert(1)</script>"
        await browser.ask(brand.document, **variables_of(brand, world, instead={"BrandInput.name": name}))
        for path in ("/", "/desk", "/link/x", "/tickets/1"):
            page = await browser.http.get(path)
            assert name not in page.text
            assert "<script>alert" not in page.text
        css = (await browser.ask("{ company { brand { stylesheetUrl } } }"))["brand"]["stylesheetUrl"]
        sheet = await browser.http.get(css)
        assert sheet.headers["content-type"].startswith("text/css")
        assert name not in sheet.text
