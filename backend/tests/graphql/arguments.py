"""How to give every argument of the schema: the one table that the tests over the whole schema read.

A new argument that does not stand here, and one that stands here and is gone, make `test_isolation.py` fail.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from graphql import GraphQLInputObjectType, get_named_type

from backend.tests.factories import PASSWORD
from backend.tests.graphql.documents import Operation, is_list, leaves
from backend.tests.graphql.world import World
from backend.tickets.lifecycle.presets import FOUNDRY


@dataclass(frozen=True, slots=True)
class Ref:
    """An argument that names something of a company; `given` says whether a plain call gives it."""

    kind: str
    given: bool = True


@dataclass(frozen=True, slots=True)
class Plain:
    """An argument that names nothing; None: a plain call leaves it out."""

    value: Any = None


ABSENT = object()
DEFINITION = msgspec.json.encode(FOUNDRY).decode()

ARGUMENTS: Mapping[str, Ref | Plain] = {
    "Query.departments.includeArchived": Plain(True),
    "Query.myTickets.first": Plain(5),
    "Query.myTickets.after": Ref("activity_cursor", given=False),
    "Query.myTickets.query": Plain(),
    "Query.ticket.number": Ref("number"),
    "Query.queue.departmentId": Ref("department", given=False),
    "Query.queue.view": Plain("ALL"),
    "Query.queue.mine": Plain(False),
    "Query.queue.unassigned": Plain(False),
    "Query.queue.category": Plain(),
    "Query.queue.first": Plain(5),
    "Query.queue.after": Ref("activity_cursor", given=False),
    "Query.search.query": Plain("site"),
    "Query.search.first": Plain(5),
    "Query.search.after": Ref("search_cursor", given=False),
    "Query.members.includeInactive": Plain(True),
    "Query.client.id": Ref("client"),
    "Query.unreadableMails.first": Plain(5),
    "Mutation.tryMailAgain.id": Ref("unreadable_mail"),
    "Mutation.addHeldMail.id": Ref("held_mail"),
    "Mutation.openHeldMail.id": Ref("second_held_mail"),
    "Mutation.discardHeldMail.id": Ref("third_held_mail"),
    "Mutation.removeCopy.id": Ref("copy"),
    "Query.checkPolicy.definition": Plain(DEFINITION),
    "Query.tryPolicy.definition": Plain(DEFINITION),
    "Query.tryPolicy.days": Plain(30),
    "Query.tryPolicy.openedAt": Plain("2026-03-02T09:00:00Z"),
    "Query.tryPolicy.departmentId": Ref("department"),
    "Query.changeOver.id": Ref("change_over"),
    "TrialActInput.what": Plain("CLIENT_WROTE"),
    "TrialActInput.afterMinutes": Plain(60),
    "TrialActInput.by": Plain("AGENT"),
    "TrialActInput.status": Plain("open"),
    "TrialActInput.minutes": Plain(60),
    "Query.changeOverTickets.id": Ref("change_over"),
    "Query.changeOverTickets.first": Plain(3),
    "Query.changeOverTickets.skip": Plain(0),
    "Mutation.savePolicy.base": Ref("policy"),
    "Mutation.savePolicy.name": Plain("Our own"),
    "Mutation.savePolicy.definition": Plain(DEFINITION),
    "StatusFollowsInput.status": Plain("pending"),
    "StatusFollowsInput.to": Plain("open"),
    "Mutation.beginChangeOver.id": Ref("change_over"),
    "Query.linkPurpose.token": Ref("token"),
    "Query.proofRequest.token": Ref("proof_token"),
    "Query.findLeaks.text": Plain("The password is Hunter-2."),
    "Query.suggestPlace.subject": Plain("Move a site"),
    "Query.suggestPlace.body": Plain("Please move our site with its files and its database from there."),
    "Query.suggestPlace.departmentId": Ref("department"),
    "Query.suggestPlace.kindId": Ref("kind", given=False),
    "Query.contrast.color": Plain("#aabbcc"),
    "Query.projects.clientId": Ref("client", given=False),
    "Query.projects.includeDone": Plain(True),
    "Query.projects.first": Plain(5),
    "Ticket.timeline.first": Plain(3),
    "Ticket.timeline.after": Ref("timeline_cursor"),
    "Client.recentTickets.first": Plain(3),
    "Client.contacts.first": Plain(3),
    "Client.services.first": Plain(3),
    "Mutation.stepUp.way": Plain("PASSWORD"),
    "Mutation.stepUp.answer": Plain(PASSWORD),
    "Mutation.endSession.id": Ref("session"),
    "Mutation.changePassword.password": Plain("a quite new password"),
    "Mutation.confirmTotp.code": Plain("000000"),
    "Mutation.addPasskey.name": Plain("My laptop"),
    "Mutation.addPasskey.passkey": Plain("{}"),
    "Mutation.removePasskey.id": Ref("passkey"),
    "Mutation.setSecondFactorRule.required": Plain(False),
    "Mutation.resetSecondFactors.memberId": Ref("member"),
    "Mutation.useLink.token": Ref("token"),
    "Mutation.useLink.password": Plain("a quite new password"),
    "DepartmentInput.name": Plain("Domains"),
    "DepartmentInput.description": Plain("Names and records"),
    "DepartmentInput.audience": Plain("CLIENTS"),
    "DepartmentInput.proofLevel": Plain("NONE"),
    "DepartmentInput.category": Plain("WORK_REQUEST"),
    "Mutation.updateDepartment.id": Ref("department"),
    "Mutation.moveDepartment.id": Ref("department"),
    "Mutation.moveDepartment.position": Plain(1),
    "Mutation.archiveDepartment.id": Ref("other_department"),
    "Mutation.restoreDepartment.id": Ref("other_department"),
    "KindInput.departmentId": Ref("department"),
    "KindInput.name": Plain("Change MX records"),
    "KindInput.description": Plain("Where mail goes"),
    "KindInput.proofLevel": Plain("CARD"),
    "KindInput.category": Plain("WORK_REQUEST"),
    "SecretQuestionInput.label": Plain("Login of the old host"),
    "SecretQuestionInput.required": Plain(False),
    "SecretQuestionInput.id": Ref("question", given=False),
    "Mutation.setSecretQuestions.kindId": Ref("kind"),
    "Mutation.updateKind.id": Ref("kind"),
    "Mutation.archiveKind.id": Ref("kind"),
    "Mutation.restoreKind.id": Ref("kind"),
    "MemberInput.name": Plain("Ines Vermeer"),
    "MemberInput.email": Plain("ines@company.example"),
    "MemberInput.role": Plain("LEAD"),
    "MemberInput.departmentIds": Ref("department"),
    "Mutation.updateMember.id": Ref("member"),
    "Mutation.deactivateMember.id": Ref("member"),
    "Mutation.reactivateMember.id": Ref("member"),
    "BrandInput.name": Plain("A brand"),
    "BrandInput.primaryColor": Plain("#123456"),
    "BrandInput.secondaryColor": Plain("#654321"),
    "BrandInput.font": Plain("SERIF"),
    "Mutation.updateLanguage.language": Plain("en"),
    "Mutation.updateLanguage.timeZone": Plain("Europe/Berlin"),
    "Mutation.setPriorityChoice.allowed": Plain(True),
    "Mutation.setProofMethods.methods": Plain(["CARD", "PASSWORD", "PIN"]),
    "Mutation.recordPin.number": Ref("number"),
    "Mutation.recordPin.pin": Ref("pin"),
    "Mutation.connectStripe.key": Plain("no key"),
    "Mutation.connectStripe.matchByEmail": Plain(True),
    "Mutation.setStripeWebhookSecret.secret": Plain("no secret"),
    "Mutation.linkStripeCustomer.clientNumber": Ref("client_number"),
    "Mutation.linkStripeCustomer.customer": Plain("cus_somebody"),
    "Mutation.unlinkStripeCustomer.clientNumber": Ref("client_number"),
    "Mutation.setClientCard.clientNumber": Ref("client_number"),
    "Mutation.setClientCard.lastFour": Plain("4242"),
    "Mutation.removeClientCard.clientNumber": Ref("client_number"),
    "Mutation.createApiToken.name": Plain("Billing"),
    "Mutation.createApiToken.scopes": Plain(["cards"]),
    "Mutation.revokeApiToken.id": Ref("api_token"),
    "HostingPanelInput.panel": Plain("GENERIC"),
    "HostingPanelInput.url": Plain("http://127.0.0.1:9/check"),
    "HostingPanelInput.useFor": Plain("PORTAL"),
    "HostingPanelInput.identifier": Plain("identifier"),
    "HostingPanelInput.secret": Plain("a secret of the panel, long"),
    "OpenTicketInput.departmentId": Ref("department"),
    "OpenTicketInput.kindId": Ref("kind"),
    "OpenTicketInput.projectId": Ref("project", given=False),
    "OpenTicketInput.subject": Plain("The shop is slow"),
    "OpenTicketInput.body": Plain("Since this morning."),
    "OpenTicketInput.priority": Plain("HIGH"),
    "OpenTicketInput.name": Plain("Somebody"),
    "OpenTicketInput.email": Plain("somebody@else.example"),
    "OpenTicketInput.accountNamed": Plain("4001"),
    "OpenTicketInput.attachments": Ref("upload", given=False),
    "OpenTicketInput.sendAnyway": Plain(False),
    "OpenTicketInput.idempotencyKey": Plain(),
    "SecretInput.value": Plain("Hunter-2"),
    "SecretInput.label": Plain("FTP password"),
    "SecretAnswerInput.questionId": Ref("question"),
    "SecretAnswerInput.value": Plain("Hunter-2"),
    "ProofInput.method": Plain("PASSWORD"),
    "ProofInput.secret": Plain(PASSWORD),
    "Mutation.reply.number": Ref("number"),
    "Mutation.reply.body": Plain("Thank you, one more thing."),
    "Mutation.reply.status": Plain(),
    "Mutation.reply.idempotencyKey": Plain(),
    "Mutation.reply.withoutProof": Plain("The client was here in person."),
    "Mutation.reply.sendAnyway": Plain(False),
    "Mutation.reply.attachments": Ref("upload", given=False),
    "Mutation.addNote.attachments": Ref("upload", given=False),
    "AttachmentRulesInput.mostMb": Plain(20),
    "AttachmentRulesInput.spaceMb": Plain(2000),
    "AttachmentRulesInput.mailMb": Plain(5),
    "AttachmentRulesInput.refusedTypes": Plain(["exe"]),
    "AttachmentRulesInput.unscanned": Plain(True),
    "Mutation.sendReply.number": Ref("number"),
    "Mutation.sendReply.body": Plain("We look at it now."),
    "Mutation.sendReply.status": Plain(),
    "Mutation.sendReply.idempotencyKey": Plain(),
    "Mutation.sendReply.withoutProof": Plain("The client was here in person."),
    "Mutation.sendReply.sendAnyway": Plain(False),
    "Mutation.sendReply.answerAnyway": Plain(True),
    "Mutation.sendReply.attachments": Ref("upload", given=False),
    "Mutation.sendReply.seenId": Ref("message", given=False),
    "Mutation.takeBackReply.id": Ref("waiting_reply"),
    "Mutation.sendWaitingReply.id": Ref("waiting_reply"),
    "Mutation.setReplyWait.seconds": Plain(20),
    "Mutation.addNote.number": Ref("number"),
    "Mutation.addNote.body": Plain("Between us."),
    "Mutation.addNote.sendAnyway": Plain(False),
    "Mutation.askForSecret.number": Ref("number"),
    "Mutation.askForSecret.label": Plain("Another password"),
    "Mutation.sendSecret.id": Ref("asked_secret"),
    "Mutation.sendSecret.value": Plain("Hunter-2"),
    "Mutation.showSecret.id": Ref("secret"),
    "Mutation.destroySecret.id": Ref("secret"),
    "Mutation.setSecretDays.days": Plain(14),
    "Mutation.assign.number": Ref("number"),
    "Mutation.assign.memberId": Ref("member"),
    "Mutation.transfer.number": Ref("number"),
    "Mutation.transfer.departmentId": Ref("other_department"),
    "Mutation.transfer.note": Plain(),
    "Mutation.transfer.withoutProof": Plain(),
    "SplitTicketInput.number": Ref("number"),
    "SplitTicketInput.messageIds": Ref("message"),
    "SplitTicketInput.departmentId": Ref("department"),
    "SplitTicketInput.subject": Plain("Something else"),
    "SplitTicketInput.kindId": Ref("kind", given=False),
    "SplitTicketInput.withoutProof": Plain(),
    "Mutation.mergeTickets.source": Ref("number"),
    "Mutation.mergeTickets.target": Ref("joining_number"),
    "Mutation.sayAllFine.number": Ref("thankable_number"),
    "Mutation.takeAsReply.id": Ref("thanks"),
    "Mutation.setThanksMinutes.minutes": Plain(6),
    "Query.thanksReview.daysAgo": Plain(0),
    "Mutation.undoSplit.number": Ref("split_number"),
    "Mutation.undoMerge.number": Ref("merged_number"),
    "Mutation.setStatus.number": Ref("number"),
    "Mutation.setStatus.status": Plain("on_hold"),
    "Mutation.setStatus.withoutProof": Plain(),
    "Mutation.setPriority.number": Ref("number"),
    "Mutation.setPriority.priority": Plain("LOW"),
    "RouteInput.moments": Plain(["OPENED"]),
    "RouteInput.steps": Plain(["NEXT_AVAILABLE"]),
    "RouteInput.departmentId": Ref("department"),
    "RouteInput.category": Plain("QUESTION"),
    "RouteInput.offShift": Plain(True),
    "Mutation.setAbsence.memberId": Ref("member"),
    "Mutation.setAbsence.fromAt": Plain("2026-01-05T09:00:00+01:00"),
    "Mutation.setAbsence.untilAt": Plain(),
    "Mutation.setAbsence.reason": Plain("Skiing"),
    "Mutation.endAbsence.id": Ref("absence"),
    "Mutation.setHours.memberId": Ref("member"),
    "ShiftInput.weekday": Plain(2),
    "ShiftInput.begins": Plain(540),
    "ShiftInput.ends": Plain(1020),
    "Mutation.setHours.timeZone": Plain("Europe/Berlin"),
    "Mutation.setHours.capacity": Plain(12),
    "Mutation.takeOver.number": Ref("number_of_absent"),
    "Mutation.takeOverAll.memberId": Ref("absent_member"),
    "Mutation.handBack.number": Ref("number_taken_over"),
    "Mutation.handBackAll.memberId": Ref("member"),
    "Mutation.setCategory.number": Ref("number"),
    "Mutation.setCategory.category": Plain("WORK_REQUEST"),
    "Mutation.setProject.number": Ref("number"),
    "Mutation.setProject.projectId": Ref("project"),
    "Mutation.createProject.clientNumber": Ref("client_number"),
    "ProjectInput.name": Plain("A new shop"),
    "ProjectInput.leadId": Ref("member"),
    "ProjectInput.state": Plain("ACTIVE"),
    "Mutation.updateProject.id": Ref("project"),
    "Query.holidays.country": Plain("NL"),
    "Query.holidays.year": Plain(2026),
    "Query.holidays.subdivision": Plain(),
    "Query.previewPromise.priority": Plain("MEDIUM"),
    "Department.promise.priority": Plain("HIGH"),
    "OpeningSpanInput.weekday": Plain(0),
    "OpeningSpanInput.opens": Plain(540),
    "OpeningSpanInput.closes": Plain(1020),
    "OwnDayInput.day": Plain("2026-12-24"),
    "OwnDayInput.name": Plain("Christmas Eve"),
    "OwnDayInput.opens": Plain(540),
    "OwnDayInput.closes": Plain(720),
    "OpeningHoursInput.zone": Plain("Europe/Berlin"),
    "OpeningHoursInput.country": Plain("DE"),
    "OpeningHoursInput.subdivision": Plain("BY"),
    "PromisedTimesInput.priority": Plain("MEDIUM"),
    "PromisedTimesInput.aim": Plain(120),
    "PromisedTimesInput.answer": Plain(1440),
    "PromisedTimesInput.solution": Plain(4800),
    "PromiseRuleInput.count": Plain("OPENING_HOURS"),
    "PromiseRuleInput.warnMinutes": Plain(30),
    "Mutation.setOpeningHours.departmentId": Ref("department"),
    "Mutation.setPromises.departmentId": Ref("department"),
    "Mutation.keepOpen.number": Ref("number_waiting"),
    "Mutation.closeNow.number": Ref("number"),
    "Mutation.closeNow.withoutProof": Plain(),
    "Mutation.answerByLink.token": Ref("answer_token"),
    "Mutation.snooze.number": Ref("number_waiting"),
    "Mutation.snooze.hours": Plain(24),
    "Mutation.snooze.until": Plain(),
    "Mutation.pause.number": Ref("number_waiting"),
    "Mutation.resume.number": Ref("number_paused"),
    "Mutation.prove.number": Ref("number"),
    "Mutation.askForProof.number": Ref("number"),
    "Mutation.askForProof.departmentId": Ref("other_department"),
    "Mutation.proofOptions.token": Ref("proof_token"),
    "Mutation.goOnByLink.token": Ref("proof_token"),
    "Mutation.proveByLink.token": Ref("proof_token"),
    "Mutation.setProofNeeds.statuses": Plain(["solved"]),
    "Mutation.setProofNeeds.departmentIds": Ref("other_department"),
    "Subscription.ticketChanged.number": Ref("number"),
    "Subscription.placeChanged.number": Ref("number"),
    "Subscription.queueChanged.departmentId": Ref("department"),
}  # fmt: skip


def arguments_of(operation: Operation) -> dict[str, tuple[tuple[str, ...], Any]]:
    """Key -> path and type of each leaf that the operation takes."""
    return {key: (path, type_) for key, path, type_ in leaves(operation.path, operation.field.args)}


def references(operation: Operation) -> dict[str, Ref]:
    """The arguments of an operation that name something of a company."""
    found = {key: ARGUMENTS[key] for key in arguments_of(operation)}
    return {key: argument for key, argument in found.items() if isinstance(argument, Ref)}


def variables_of(
    operation: Operation, world: World, *, instead: Mapping[str, Any] | None = None, full: bool = False
) -> dict[str, Any]:
    """Variables for a call that should be accepted, with other values for the keys of `instead`.

    `full` gives everything that can be given.
    """
    instead = instead or {}

    def value_of(key: str, type_: Any) -> Any:
        argument = ARGUMENTS[key]
        if key in instead:
            given = instead[key]
            return [given] if is_list(type_) and isinstance(given, str) else given
        if isinstance(argument, Plain):
            return ABSENT if argument.value is None else argument.value
        if not (argument.given or full):
            return ABSENT
        own = world.refs[argument.kind]
        return [own] if is_list(type_) else own

    return _given(operation.path, operation.field.args, value_of)


def _given(owner: str, arguments: Mapping[str, Any], value_of: Callable[[str, Any], Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, argument in arguments.items():
        type_ = get_named_type(argument.type)
        if isinstance(type_, GraphQLInputObjectType):
            found[name] = _given(type_.name, type_.fields, value_of)
        elif (value := value_of(f"{owner}.{name}", argument.type)) is not ABSENT:
            found[name] = value
    return found
