import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { type Outcome, toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { showToast } from "../../../shared/ui/toasts.ts";
import { useDesk } from "../../desk.ts";
import { useTitle } from "../../title.ts";
import {
  type AdminMemberPartsFragment,
  AdminMembersDocument,
  DeactivateMemberDocument,
  ReactivateMemberDocument,
} from "./admin.gen.ts";
import { MemberForm } from "./MemberForm.tsx";

const route = getRouteApi("/admin/staff/$id");

export function MemberPage() {
  const { t } = useLingui();
  const { id } = route.useParams();
  const navigate = useNavigate();
  const [{ data, error }, ask] = useQuery({ query: AdminMembersDocument });
  const member = data?.members.find((each) => each.id === id) as AdminMemberPartsFragment | undefined;
  useTitle(id === "new" ? t`Invite someone` : (member?.person.name ?? t`Staff`));

  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;
  return (
    <section className="admin-page">
      <Link to="/admin/staff" className="link text-s">
        ← <Trans>Staff</Trans>
      </Link>
      {id === "new" ? (
        <>
          <div>
            <h2>
              <Trans>Invite someone</Trans>
            </h2>
            <p className="lead">
              <Trans>They get a mail with a link to choose a password. The link works once.</Trans>
            </p>
          </div>
          <MemberForm
            member={undefined}
            departments={data.departments}
            onInvited={() => void navigate({ to: "/admin/staff" })}
          />
        </>
      ) : member ? (
        <>
          <h2>{member.person.name}</h2>
          <MemberForm key={member.id} member={member} departments={data.departments} />
          <Access member={member} />
        </>
      ) : (
        <EmptyState title={t`There is nobody like that here`} />
      )}
    </section>
  );
}

/** Ending someone's access: at once, and nothing that they wrote goes. */
function Access({ member }: { member: AdminMemberPartsFragment }) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [, deactivate] = useMutation(DeactivateMemberDocument);
  const [, reactivate] = useMutation(ReactivateMemberDocument);
  const [problem, setProblem] = useState<string>();
  const { id } = member;
  const { name } = member.person;

  const settle = (outcome: Outcome<unknown>, message: string, undo: () => void) => {
    if (outcome.kind === "done") {
      setProblem(undefined);
      showToast(message, undo);
      refetch();
    } else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`);
  };
  const end = async () =>
    settle(
      toOutcome(await deactivate({ id }), (data) => data.deactivateMember),
      t`${name} has no access now`,
      () => void give(),
    );
  const give = async () =>
    settle(
      toOutcome(await reactivate({ id }), (data) => data.reactivateMember),
      t`${name} has access again`,
      () => void end(),
    );

  if (member.you) return null;
  return (
    <section className="admin-danger">
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      {member.active ? (
        <>
          <p>
            <Trans>
              Without access {name} is signed out everywhere at once. What they wrote stays, and you can undo it.
            </Trans>
          </p>
          <Button look="danger" onClick={end}>
            <Trans>End the access of {name}</Trans>
          </Button>
        </>
      ) : (
        <>
          <p>
            <Trans>{name} cannot sign in.</Trans>
          </p>
          <Button onClick={give}>
            <Trans>Give {name} access again</Trans>
          </Button>
        </>
      )}
    </section>
  );
}
