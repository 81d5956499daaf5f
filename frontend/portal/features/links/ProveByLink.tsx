import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { type Failure, toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { Page } from "../../Page.tsx";
import { ProofFields } from "../../proof/ProofFields.tsx";
import { ProofReason } from "../../proof/ProofReason.tsx";
import { useProof } from "../../proof/useProof.ts";
import type { Way } from "../../proof/ways.ts";
import {
  GoOnByLinkDocument,
  type LinkRequestPartsFragment,
  ProofRequestDocument,
  ProveByLinkDocument,
} from "./link.gen.ts";
import { Spent } from "./Spent.tsx";

/** Proves by a mailed link, without signing in, that a request comes from whom it says. */
export function ProveByLink({ token }: { token: string }) {
  const { t } = useLingui();
  const [{ data, error }, ask] = useQuery({ query: ProofRequestDocument, variables: { token } });
  const [answered, setAnswered] = useState<LinkRequestPartsFragment>();
  const [end, setEnd] = useState<"proved" | "spent">();

  if (end === "proved") return <Proved />;
  if (end === "spent" || data?.proofRequest === null) return <Spent />;
  if (error && !data) {
    return (
      <Page title={t`Your link`}>
        <ErrorState failure={toFailure(error)} onRetry={() => ask({ requestPolicy: "network-only" })} />
      </Page>
    );
  }
  if (!data?.proofRequest) {
    return (
      <Page title={t`Your link`}>
        <Skeleton />
      </Page>
    );
  }
  if (!answered) return <GoOn token={token} request={data.proofRequest} onAnswer={setAnswered} onEnd={setEnd} />;
  // Asked again after a wrong try: a lock may have begun.
  return (
    <TypeIt
      token={token}
      request={data.proofRequest}
      onEnd={setEnd}
      onRefused={() => ask({ requestPolicy: "network-only" })}
    />
  );
}

interface StepProps {
  token: string;
  request: LinkRequestPartsFragment;
  onEnd: (end: "proved" | "spent") => void;
}

function GoOn({ token, request, onAnswer, onEnd }: StepProps & { onAnswer: (rest: LinkRequestPartsFragment) => void }) {
  const { t } = useLingui();
  const [, goOn] = useMutation(GoOnByLinkDocument);
  const [failure, setFailure] = useState<Failure>();
  const [isSending, setSending] = useState(false);
  const { number, subject, askedBy } = request;

  const send = async () => {
    if (isSending) return;
    setSending(true);
    setFailure(undefined);
    const outcome = toOutcome(await goOn({ token }), (data) => data.goOnByLink);
    setSending(false);
    if (outcome.kind === "failed") setFailure(outcome.failure);
    else if (outcome.kind === "refused") onEnd("spent");
    else if (outcome.value.__typename === "ProofRequest" && outcome.value.missing) onAnswer(outcome.value);
    else onEnd("proved");
  };

  return (
    <Page title={t`Prove that it is you`}>
      <About request={request} />
      <p>
        {askedBy ? (
          <Trans>
            <strong>{askedBy}</strong> sent request {number} and says that it is about your account. Go on only if you
            want it done: answers go to that address.
          </Trans>
        ) : (
          <Trans>Before we go on with request {number}, we need to be sure that it comes from you.</Trans>
        )}
      </p>
      {failure && <FailureBanner failure={failure} />}
      <p className="actions">
        <Button look="brand" isDisabled={isSending} onClick={() => void send()} aria-label={t`Go on with “${subject}”`}>
          <Trans>Go on</Trans>
        </Button>
      </p>
      <p className="aside">
        <Trans>You know nothing of this request? Close this page: without your proof it is not carried out.</Trans>
      </p>
    </Page>
  );
}

function TypeIt({ token, request, onEnd, onRefused }: StepProps & { onRefused: () => void }) {
  const { t } = useLingui();
  const [, prove] = useMutation(ProveByLinkDocument);
  const [problem, setProblem] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const [isSending, setSending] = useState(false);
  const ways = request.ways.filter((way): way is Way & { __typename: "WayToProve" } => isTyped(way.method));
  const proof = useProof(ways, token);

  const send = async () => {
    if (isSending) return;
    const given = await proof.take();
    setFailure(undefined);
    if (!given) {
      setProblem(proof.missing);
      proof.field.current?.focus();
      return;
    }
    setSending(true);
    const outcome = toOutcome(await prove({ token, proof: given }), (data) => data.proveByLink);
    setSending(false);
    if (outcome.kind === "done") onEnd("proved");
    else if (outcome.kind === "failed") setFailure(outcome.failure);
    else if (outcome.problem.code === "link_expired") onEnd("spent");
    else {
      setProblem(outcome.problem.message);
      onRefused();
    }
    proof.field.current?.focus();
  };

  return (
    <Page title={t`Prove that it is you`}>
      <About request={request} />
      <form
        className="form narrow"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <ProofFields
          proof={proof}
          reason={<ProofReason what={request.kind ?? request.department} ways={ways} />}
          problem={problem}
        >
          <Button type="submit" look="brand" isDisabled={isSending}>
            <Trans>Prove it</Trans>
          </Button>
        </ProofFields>
      </form>
      {failure && <FailureBanner failure={failure} />}
    </Page>
  );
}

function isTyped(method: string): boolean {
  return ["CARD", "PASSWORD", "TOTP", "PASSKEY"].includes(method);
}

function About({ request }: { request: LinkRequestPartsFragment }) {
  return (
    <p className="lead">
      <span className="num">#{request.number}</span> {request.subject}
    </p>
  );
}

function Proved() {
  const { t } = useLingui();
  return (
    <Page title={t`Thank you, it is proved`}>
      <p className="lead">
        <Trans>We can start on your request. The answer comes by e-mail.</Trans>
      </p>
      <p className="actions">
        <Link to="/" className="button" data-look="brand">
          <Trans>Go to the start page</Trans>
        </Link>
      </p>
    </Page>
  );
}

function FailureBanner({ failure }: { failure: Failure }) {
  return (
    <Banner tone="urgent" isAlert>
      {failure.kind === "offline" ? (
        <Trans>No connection. Nothing was sent; try again when you are back online.</Trans>
      ) : (
        <Trans>Something went wrong on our side. Try again in a moment.</Trans>
      )}
      {failure.kind === "surprise" && failure.errorId && <code>{failure.errorId}</code>}
    </Banner>
  );
}
