import { useLingui } from "@lingui/react/macro";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useQuery } from "urql";
import { categoryNames } from "./categories.ts";
import { QueuePane } from "./features/queue/QueuePane.tsx";
import { toFilter, viewNames } from "./features/queue/views.ts";
import { DeskDepartmentsDocument } from "./start.gen.ts";
import { TicketSlot } from "./TicketSlot.tsx";
import { useTitle } from "./title.ts";

const route = getRouteApi("/queue/$departmentId");

/** A queue and the ticket that is open in it; all of it is in the address. */
export function QueueScreen() {
  const { t } = useLingui();
  const { departmentId } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/queue/$departmentId" });
  const [{ data }] = useQuery({ query: DeskDepartmentsDocument });
  const filter = toFilter(departmentId, search);
  const department = data?.departments.find((each) => each.id === departmentId)?.name;

  const list = filter.mine
    ? t`Assigned to me`
    : filter.unassigned
      ? t`Unassigned`
      : filter.departmentId !== null
        ? (department ?? "…")
        : filter.view === "WAITING"
          ? t`All departments`
          : t(viewNames[filter.view]);
  const title = filter.category === null ? list : `${list} · ${t(categoryNames[filter.category])}`;
  useTitle(search.ticket === undefined ? title : `#${search.ticket} · ${title}`);

  const close = () => void navigate({ search: (before) => ({ ...before, ticket: undefined }) });

  return (
    <div className="screen" data-shows={search.ticket === undefined ? "list" : "ticket"}>
      <QueuePane
        key={JSON.stringify(filter)}
        title={title}
        filter={filter}
        openNumber={search.ticket}
        onOpen={(ticket, how) =>
          void navigate({ search: (before) => ({ ...before, ticket }), replace: how === "step" })
        }
        onClose={close}
        onCategory={(category) => void navigate({ search: (before) => ({ ...before, category, ticket: undefined }) })}
        onView={(view) =>
          void navigate({
            search: (before) => ({ ...before, view: view === "WAITING" ? undefined : view, ticket: undefined }),
          })
        }
      />
      <TicketSlot number={search.ticket} onBack={close} />
    </div>
  );
}
