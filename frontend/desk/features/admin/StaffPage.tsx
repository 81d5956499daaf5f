import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { Avatar } from "../../Avatar.tsx";
import { useTitle } from "../../title.ts";
import { type AdminMemberPartsFragment, AdminMembersDocument } from "./admin.gen.ts";
import { roleNames } from "./words.ts";

export function StaffPage() {
  const { t } = useLingui();
  useTitle(t`Staff`);
  const [{ data, error }, ask] = useQuery({ query: AdminMembersDocument });
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[60, 90, 90, 90]} />;
  const members = data.members as AdminMemberPartsFragment[];

  return (
    <section className="admin-page">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2>
            <Trans>Staff</Trans>
          </h2>
          <p className="lead">
            <Trans>Everyone here can read and answer every ticket. Departments say whose work it is.</Trans>{" "}
            <Link to="/team">
              <Trans>Hours and absence</Trans>
            </Link>
          </p>
        </div>
        <Link to="/admin/staff/$id" params={{ id: "new" }} className="button" data-look="primary">
          <Trans>Invite someone</Trans>
        </Link>
      </div>
      <MemberRows members={members.filter((member) => member.active)} />
      {members.some((member) => !member.active) && (
        <>
          <h3>
            <Trans>No longer here</Trans>
          </h3>
          <MemberRows members={members.filter((member) => !member.active)} />
        </>
      )}
    </section>
  );
}

function MemberRows({ members }: { members: AdminMemberPartsFragment[] }) {
  const { t } = useLingui();
  return (
    <ul className="rows">
      {members.map((member) => (
        <li key={member.id} className="row">
          <Avatar name={member.person.name} />
          <Link to="/admin/staff/$id" params={{ id: member.id }} className="row-main">
            <strong>
              {member.person.name}
              {member.you && (
                <span className="faint">
                  {" "}
                  <Trans>you</Trans>
                </span>
              )}
            </strong>
            <span className="faint">
              {member.person.email}
              {member.departments.length > 0 && ` · ${member.departments.map(({ name }) => name).join(", ")}`}
            </span>
          </Link>
          {member.active && <In presence={member.presence} />}
          <span className="pill">{t(roleNames[member.role])}</span>
        </li>
      ))}
    </ul>
  );
}

/** Whether they are in now; until when stands on the page of the team, where it is said too. */
function In({ presence }: { presence: AdminMemberPartsFragment["presence"] }) {
  const { state } = presence;
  if (state === "IN" || state === "LEFT") return null;
  return (
    <Link to="/team" className="pill" data-tone={state === "AWAY" ? "wait" : "plain"}>
      {state === "AWAY" ? <Trans>Away</Trans> : <Trans>Off</Trans>}
    </Link>
  );
}
