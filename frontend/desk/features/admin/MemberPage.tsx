import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { useWordsOf } from "../../../shared/ui/changeWords.ts";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { useTitle } from "../../title.ts";
import {
  type AdminMemberPartsFragment,
  AdminMembersDocument,
  DeactivateMemberDocument,
  ReactivateMemberDocument,
  ResetSecondFactorsDocument,
} from "./admin.gen.ts";
import { MemberForm } from "./MemberForm.tsx";
import { RetireButton } from "./RetireButton.tsx";

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
  const [, deactivate] = useMutation(DeactivateMemberDocument);
  const [, reactivate] = useMutation(ReactivateMemberDocument);
  const { id, active } = member;
  const { name } = member.person;

  if (member.you) return null;
  return (
    <section className="admin-danger">
      <p>
        {active ? (
          <Trans>
            Without access {name} is signed out everywhere at once. What they wrote stays, and you can undo it.
          </Trans>
        ) : (
          <Trans>{name} cannot sign in.</Trans>
        )}
      </p>
      {active && <ResetFactors member={member} />}
      <RetireButton
        isRetired={!active}
        retire={{
          verb: <Trans>End the access of {name}</Trans>,
          done: t`${name} has no access now`,
          perform: async () => toOutcome(await deactivate({ id }), (data) => data.deactivateMember),
        }}
        restore={{
          verb: <Trans>Give {name} access again</Trans>,
          done: t`${name} has access again`,
          perform: async () => toOutcome(await reactivate({ id }), (data) => data.reactivateMember),
        }}
      />
    </section>
  );
}

/** For a colleague who lost the telephone with the app: they sign in by the password alone, and are told. */
function ResetFactors({ member }: { member: AdminMemberPartsFragment }) {
  const [, reset] = useMutation(ResetSecondFactorsDocument);
  const [problem, setProblem] = useState<string>();
  const [isDone, setDone] = useState(false);
  const wordsOf = useWordsOf();
  const { name } = member.person;
  const perform = async () => {
    const outcome = toOutcome(await reset({ memberId: member.id }), (found) => found.resetSecondFactors);
    setProblem(wordsOf(outcome));
    setDone(outcome.kind === "done");
  };
  return (
    <>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <output>{isDone && <Trans>{name} has no second factor now, is signed out, and was told by mail.</Trans>}</output>
      <div>
        <Button look="quiet" onClick={() => void perform()}>
          <Trans>Remove the second factors of {name}</Trans>
        </Button>
      </div>
    </>
  );
}
