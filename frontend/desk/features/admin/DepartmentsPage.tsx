import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { useDesk } from "../../desk.ts";
import { useTitle } from "../../title.ts";
import { type AdminDepartmentPartsFragment, AdminDepartmentsDocument, MoveDepartmentDocument } from "./admin.gen.ts";
import { moved, useReorder } from "./reorder.ts";
import { audienceNames, proofNames } from "./words.ts";

export function DepartmentsPage() {
  const { t } = useLingui();
  useTitle(t`Departments`);
  const [{ data, error }, ask] = useQuery({ query: AdminDepartmentsDocument });
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[60, 90, 90, 90]} />;
  const departments = data.departments as AdminDepartmentPartsFragment[];
  const archived = departments.filter((department) => department.archivedAt !== null);

  return (
    <section className="admin-page">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2>
            <Trans>Departments</Trans>
          </h2>
          <p className="lead">
            <Trans>Where requests go. The portal shows them in this order, to those who may write there.</Trans>
          </p>
        </div>
        <Link to="/admin/departments/$id" params={{ id: "new" }} className="button" data-look="primary">
          <Trans>New department</Trans>
        </Link>
      </div>
      <Open departments={departments.filter((department) => department.archivedAt === null)} />
      {archived.length > 0 && (
        <>
          <h3>
            <Trans>Archived</Trans>
          </h3>
          <ul className="rows">
            {archived.map((department) => (
              <li key={department.id} className="row">
                <Link to="/admin/departments/$id" params={{ id: department.id }} className="row-main">
                  <strong>{department.name}</strong>
                  <span className="faint">
                    <Trans>takes no new requests</Trans>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Open({ departments }: { departments: AdminDepartmentPartsFragment[] }) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [, move] = useMutation(MoveDepartmentDocument);
  // The new order shows while the server is asked.
  const [wanted, setWanted] = useState<string[]>();
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState<string>();
  const byId = new Map(departments.map((department) => [department.id, department]));
  const ids = wanted?.filter((id) => byId.has(id)) ?? departments.map((department) => department.id);

  const { list, order, dragged, handle } = useReorder({
    ids,
    onMove: async (id, position) => {
      setWanted(moved(ids, id, position));
      setProblem(undefined);
      const name = byId.get(id)?.name ?? "";
      const outcome = toOutcome(await move({ id, position }), (data) => data.moveDepartment);
      if (outcome.kind === "done") {
        const place = position + 1;
        setSaid(t`${name} is number ${place} now`);
        refetch();
      } else {
        setWanted(undefined);
        setProblem(outcome.kind === "refused" ? outcome.problem.message : t`The order was not saved. Try again.`);
      }
    },
  });

  return (
    <>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <p role="status" className="visually-hidden">
        {said}
      </p>
      <ul ref={list} className="rows">
        {order.map((id) => {
          const department = byId.get(id);
          if (!department) return null;
          const { name } = department;
          const kinds = department.kinds.filter((kind) => kind.archivedAt === null).length;
          return (
            <li key={id} className="row" data-dragged={dragged === id || undefined}>
              <button
                type="button"
                className="handle"
                aria-label={t`Move ${name}: arrow keys up and down`}
                title={t`Drag, or use the arrow keys`}
                {...handle(id)}
              >
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                  <path d="M5 4h6M5 8h6M5 12h6" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
                </svg>
              </button>
              <Link to="/admin/departments/$id" params={{ id }} className="row-main">
                <strong>{name}</strong>
                <span className="faint">
                  {t(audienceNames[department.audience])} · {t(proofNames[department.proofLevel])}
                  {kinds > 0 && (
                    <>
                      {" · "}
                      <Plural value={kinds} one="# kind of request" other="# kinds of request" />
                    </>
                  )}
                </span>
              </Link>
              {department.waitingCount !== null && (
                <span className="num faint">
                  <Trans>{department.waitingCount} waiting</Trans>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
