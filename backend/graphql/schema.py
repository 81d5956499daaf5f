"""The schema, its limits and its error handling."""

import strawberry

from backend.graphql.compiled.executor import CompiledExecutor, compiled_executor
from backend.graphql.compiled.versions import OtherVersions
from backend.graphql.documents import MOST_DOCUMENTS, Documents, ReadDocument
from backend.graphql.errors import KeysAwayHandler, Masked, RefusalHandler
from backend.graphql.mutations.asking import AskingMutation
from backend.graphql.mutations.attachments import AttachmentMutation
from backend.graphql.mutations.cards import CardMutation
from backend.graphql.mutations.company import CompanyMutation
from backend.graphql.mutations.lifecycle import LifecycleMutation
from backend.graphql.mutations.mails import MailMutation
from backend.graphql.mutations.moves import MoveMutation
from backend.graphql.mutations.promises import PromiseMutation
from backend.graphql.mutations.proof_policy import ProofPolicyMutation
from backend.graphql.mutations.routing import RoutingMutation
from backend.graphql.mutations.secrets import SecretMutation
from backend.graphql.mutations.security import SecurityMutation
from backend.graphql.mutations.thanks import ThanksMutation
from backend.graphql.mutations.tickets import TicketMutation
from backend.graphql.mutations.timers import TimerMutation
from backend.graphql.mutations.waiting import WaitingMutation
from backend.graphql.programs import ProgramScopes
from backend.graphql.queries import Query
from backend.graphql.subscriptions import Subscription
from backend.graphql.who_acts import AskWhoActs
from backend.log import get_log

_log = get_log(__name__)


@strawberry.type
class Mutation(
    AskingMutation,
    AttachmentMutation,
    CardMutation,
    CompanyMutation,
    MailMutation,
    MoveMutation,
    PromiseMutation,
    ProofPolicyMutation,
    RoutingMutation,
    LifecycleMutation,
    SecretMutation,
    SecurityMutation,
    ThanksMutation,
    TicketMutation,
    TimerMutation,
    WaitingMutation,
):
    """Every mutation: each a verb of a domain."""


def build_schema(*, compiled: bool) -> strawberry.Schema:
    """The schema; compiled, plain selections run by functions written for their document (see compiled/)."""
    documents = Documents()
    executor: type[CompiledExecutor] | None = None
    if compiled:
        try:
            executor = compiled_executor(documents=MOST_DOCUMENTS)
        except OtherVersions as other:
            _log.warning("compiled execution is off", reason=str(other))
    return strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        exception_handlers=[RefusalHandler(), KeysAwayHandler()],
        execution_context_class=executor,
        extensions=[
            AskWhoActs,
            lambda: ReadDocument(documents),
            ProgramScopes,
            Masked,
        ],
    )


schema = build_schema(compiled=False)
