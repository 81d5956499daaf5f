import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useQuery } from "urql";
import { DeskDepartmentsDocument } from "../../start.gen.ts";
import { useAfterChanges } from "./changes.ts";
import { UnfinishedCountDocument, ViewCountsDocument } from "./queue.gen.ts";
import { countOf, type QueueSearch, toFilter, viewNames } from "./views.ts";

/** Every queue there is, with how much is in it. */
export function ViewsPane() {
  const { t } = useLingui();
  const [{ data }] = useQuery({ query: ViewCountsDocument });
  const [{ data: company }] = useQuery({ query: DeskDepartmentsDocument });
  const counts = data?.viewCounts;
  const count = (departmentId: string, search: QueueSearch) =>
    counts && countOf(counts, toFilter(departmentId, search));

  const watched: { search: QueueSearch; name: string }[] = [
    { search: { view: "BREACH_NEAR" }, name: t(viewNames.BREACH_NEAR) },
    { search: { view: "WAITING_FOR_CLIENT" }, name: t(viewNames.WAITING_FOR_CLIENT) },
    { search: { view: "ON_HOLD" }, name: t(viewNames.ON_HOLD) },
    { search: { view: "SOLVED" }, name: t(viewNames.SOLVED) },
    { search: { view: "CLOSED" }, name: t(viewNames.CLOSED) },
  ];

  return (
    <nav aria-label={t`Queues`} className="views">
      <ul>
        <ViewLink departmentId="all" search={{ mine: true }} count={count("all", { mine: true })}>
          <Trans>Assigned to me</Trans>
        </ViewLink>
        <ViewLink departmentId="all" search={{ unassigned: true }} count={count("all", { unassigned: true })}>
          <Trans>Unassigned</Trans>
        </ViewLink>
        <ViewLink departmentId="all" search={{}} count={count("all", {})}>
          <Trans>All departments</Trans>
        </ViewLink>
      </ul>
      <h2 id="departments">
        <Trans>Departments</Trans>
      </h2>
      <ul aria-labelledby="departments" className="departments">
        {company?.departments.map((department) => (
          <ViewLink key={department.id} departmentId={department.id} search={{}} count={count(department.id, {})}>
            {department.name}
          </ViewLink>
        ))}
      </ul>
      <h2 id="watch">
        <Trans>Watch</Trans>
      </h2>
      <ul aria-labelledby="watch">
        {watched.map(({ search, name }) => (
          <ViewLink key={search.view} departmentId="all" search={search} count={count("all", search)}>
            {name}
          </ViewLink>
        ))}
        <AwayLink />
        <li>
          <Link to="/thanks" className="view-link">
            <span className="truncate">
              <Trans>Thanks</Trans>
            </span>
          </Link>
        </li>
      </ul>
    </nav>
  );
}

/** What lies undone with people who are away (FIELD.md A3). */
function AwayLink() {
  const [{ data }, ask] = useQuery({ query: UnfinishedCountDocument });
  useAfterChanges(() => ask({ requestPolicy: "network-only" }));
  return (
    <li>
      <Link to="/away" className="view-link">
        <span className="truncate">
          <Trans>Left by people away</Trans>
        </span>
        <span className="num count">{data?.unfinishedCount || ""}</span>
      </Link>
    </li>
  );
}

interface ViewLinkProps {
  departmentId: string;
  search: QueueSearch;
  count: number | undefined;
  children: ReactNode;
}

function ViewLink({ departmentId, search, count, children }: ViewLinkProps) {
  return (
    <li>
      <Link
        to="/queue/$departmentId"
        params={{ departmentId }}
        // What is left out must be absent for the link to be the current one; an open ticket does not matter.
        search={{ view: undefined, mine: undefined, unassigned: undefined, category: undefined, ...search }}
        activeOptions={{ includeSearch: true, explicitUndefined: true }}
        className="view-link"
      >
        <span className="truncate">{children}</span>
        <span className="num count">{count ? count : ""}</span>
      </Link>
    </li>
  );
}
