import { useLingui } from "@lingui/react/macro";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { SearchPane } from "./features/search/SearchPane.tsx";
import { TicketSlot } from "./TicketSlot.tsx";
import { useTitle } from "./title.ts";

const route = getRouteApi("/search");

/** Search and the ticket that is open in it; all of it is in the address. */
export function SearchScreen() {
  const { t } = useLingui();
  const { q, ticket } = route.useSearch();
  const navigate = useNavigate({ from: "/search" });
  useTitle(q ? t`Search: ${q}` : t`Search`);
  const close = () => void navigate({ search: (before) => ({ ...before, ticket: undefined }) });

  return (
    <div className="screen" data-shows={ticket === undefined ? "list" : "ticket"}>
      <SearchPane
        query={q ?? ""}
        openNumber={ticket}
        onQuery={(next) => void navigate({ search: { q: next === "" ? undefined : next }, replace: true })}
        onOpen={(next, how) =>
          void navigate({ search: (before) => ({ ...before, ticket: next }), replace: how === "step" })
        }
        onClose={close}
      />
      <TicketSlot number={ticket} onBack={close} />
    </div>
  );
}
