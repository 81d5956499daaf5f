import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { Page } from "../../Page.tsx";
import { AnswerLink } from "./AnswerLink.tsx";
import { LinkPurposeDocument, UseLinkDocument } from "./link.gen.ts";
import { ProveByLink } from "./ProveByLink.tsx";
import { SignInLink } from "./SignInLink.tsx";
import { Spent } from "./Spent.tsx";

const route = getRouteApi("/link/$token");

/** Where a mailed one-time link leads. Opening it uses nothing up: mail programs open links on their own. */
export function LinkPage() {
  const { t } = useLingui();
  const { token } = route.useParams();
  const [{ data, error }, refetch] = useQuery({ query: LinkPurposeDocument, variables: { token } });

  if (error && !data) {
    return (
      <Page title={t`Your link`}>
        <ErrorState failure={toFailure(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
      </Page>
    );
  }
  if (!data) {
    return (
      <Page title={t`Your link`}>
        <Skeleton />
      </Page>
    );
  }
  const link = data.linkPurpose;
  if (link && (link.purpose === "keep_open" || link.purpose === "close_now") && (link.used || !link.expired)) {
    return <AnswerLink token={token} purpose={link.purpose} number={link.ticketNumber} isUsed={link.used} />;
  }
  if (!link || link.expired) return <Spent />;
  if (link.purpose === "lift_lock") return <LiftLock token={token} method={link.method} />;
  if (link.purpose === "set_password" || link.purpose === "reset_password") {
    return <SignInLink token={token} purpose="set_password" ticketNumber={null} />;
  }
  if (link.purpose === "sign_in" || link.purpose === "guest_access") {
    return <SignInLink token={token} purpose={link.purpose} ticketNumber={link.ticketNumber} />;
  }
  if (link.purpose === "prove") return <ProveByLink token={token} />;
  return <Spent />;
}

/** Uses the link up; tells what went wrong in words. */
function useLinkOnce(token: string) {
  const { t } = useLingui();
  const [, mutate] = useMutation(UseLinkDocument);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const [isDone, setDone] = useState(false);
  const spend = async (password?: string) => {
    if (isSending) return;
    setSending(true);
    setProblem(undefined);
    const outcome = toOutcome(await mutate({ token, password: password ?? null }), (data) => data.useLink);
    setSending(false);
    if (outcome.kind === "done") setDone(true);
    else if (outcome.kind === "refused") setProblem(outcome.problem.message);
    else if (outcome.failure.kind === "offline")
      setProblem(t`No connection. Nothing was sent; try again when you are back online.`);
    else
      setProblem(
        [t`Something went wrong on our side. Try again in a moment.`, outcome.failure.errorId]
          .filter(Boolean)
          .join(" "),
      );
  };
  return { spend, problem, isSending, isDone };
}

function LiftLock({ token, method }: { token: string; method: string | null }) {
  const { t } = useLingui();
  const { spend, problem, isSending, isDone } = useLinkOnce(token);
  if (isDone) {
    return (
      <Page title={t`The lock is lifted`}>
        <p className="lead">
          <Trans>You can prove your account again.</Trans>
        </p>
        <p className="actions">
          <Link to="/" className="button" data-look="brand">
            <Trans>Go to the start page</Trans>
          </Link>
        </p>
      </Page>
    );
  }
  return (
    <Page title={t`Lift the lock`}>
      <p className="lead">
        {method === "CARD" ? (
          <Trans>The card digits for your account were typed wrong too often today, so we take no more tries.</Trans>
        ) : (
          <Trans>The password for your account was typed wrong too often today, so we take no more tries.</Trans>
        )}
      </p>
      <p>
        <Trans>If that was you, lift the lock. If it was not, leave it on and tell us.</Trans>
      </p>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <p className="actions">
        <Button look="brand" isDisabled={isSending} onClick={() => void spend()}>
          <Trans>Lift the lock</Trans>
        </Button>
        <Link to="/new" className="button" data-look="quiet">
          <Trans>Tell us</Trans>
        </Link>
      </p>
    </Page>
  );
}
