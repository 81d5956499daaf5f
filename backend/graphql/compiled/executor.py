"""The executor that Strawberry runs operations by: graphql-core's, with a shorter way through plain selections."""

from functools import lru_cache
from typing import Any, ClassVar, cast

from graphql import GraphQLObjectType
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetailsList
from graphql.pyutils import AwaitableOrValue, Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from backend.graphql.compiled.program import Document, Program, Selection
from backend.graphql.compiled.versions import check_versions


class CompiledExecutor(StrawberryGraphQLCoreExecutionContext):
    """Completes objects by the program of the document where it can, and by graphql-core everywhere else.

    Whatever a reader meets that is not exactly what it expects (a null where none may be, a number out of range, an
    object of another class), it leaves to graphql-core, which does that object again from the start. Reading ran no
    code and kept nothing, so the outcome is graphql-core's own: values, errors, paths.
    """

    programs: "ClassVar[staticmethod[[Document], Program]]"
    """The programs of the documents seen last, shared by the requests of a schema."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manager = self.middleware_manager
        self._program = (
            self.programs(Document(self.schema, self.operation, tuple(self.fragment_definitions.values())))
            if manager is None or not manager.middlewares
            else None
        )
        self._met: dict[tuple[int, int], tuple[FieldDetailsList, Selection | None]] = {}

    def build_per_event_executor(self, payload: Any) -> Executor[Any]:
        """The executor of one event of a subscription. It remembers fields by itself, or a long subscription grows."""
        executor = super().build_per_event_executor(payload)
        assert isinstance(executor, CompiledExecutor)
        executor._met = {}
        executor._relevant_sub_fields = {}
        return executor

    def collect_and_execute_subfields(
        self,
        return_type: GraphQLObjectType,
        field_details_list: FieldDetailsList,
        path: Path,
        result: Any,
        position_context: Any,
    ) -> AwaitableOrValue[dict[str, Any]]:
        """Complete an object whose type is known: its plain fields by their reader, the rest the normal way."""
        selection = self._selection(return_type, field_details_list) if position_context is None else None
        if selection is not None:
            try:
                data = selection.read(result)
            except Exception:  # noqa: BLE001 (nothing is lost: graphql-core does the object again and says what is wrong)
                selection = None
            else:
                if not selection.rest:
                    return data
                return self._with_rest(data, self.execute_fields(return_type, result, path, selection.rest, None))
        return super().collect_and_execute_subfields(return_type, field_details_list, path, result, position_context)

    def _selection(self, type_: GraphQLObjectType, details: FieldDetailsList) -> Selection | None:
        """The selection of this place in the document, found once a request: the list is kept so that its id stays its."""
        key = (id(type_), id(details))
        met = self._met.get(key)
        if met is None:
            usual = all(each.defer_usage is None and each.fragment_variable_values is None for each in details)
            selection = self._program.selection(self, type_, details) if self._program and usual else None
            met = self._met[key] = (details, selection)
        return met[1]

    def _with_rest(
        self, data: dict[str, Any], rest: AwaitableOrValue[dict[str, Any]]
    ) -> AwaitableOrValue[dict[str, Any]]:
        """The data with the other fields in the places that were kept for them."""
        if self.is_awaitable(rest):

            async def awaited() -> dict[str, Any]:
                data.update(await rest)
                return data

            return awaited()
        data.update(cast("dict[str, Any]", rest))
        return data


def compiled_executor(*, documents: int) -> type[CompiledExecutor]:
    """An executor class that keeps the programs of so many documents.

    Raises:
        OtherVersions: it was not written for the libraries that are installed.
    """
    check_versions()

    @lru_cache(maxsize=documents)
    def program_of(document: Document) -> Program:
        return Program(document)

    class Compiled(CompiledExecutor):
        programs = staticmethod(program_of)

    return Compiled
