import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { type Outcome, toFailure, toOutcome } from "../gql/problem.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { useWordsOf } from "../ui/changeWords.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Time } from "../ui/Time.tsx";
import {
  EndOtherSessionsDocument,
  EndSessionDocument,
  OwnSessionsDocument,
  type SessionPartsFragment,
} from "./security.gen.ts";

const ways = {
  PASSWORD: msg`by password`,
  SECOND_FACTOR: msg`by password and second factor`,
  PASSKEY: msg`by passkey`,
  LINK: msg`by a mailed link`,
  ACCESS_CODE: msg`by access code`,
};

/** Where one is signed in, and the way to end it. */
export function SessionList() {
  const { t } = useLingui();
  const [{ data, error }, ask] = useQuery({ query: OwnSessionsDocument });
  const [, endOne] = useMutation(EndSessionDocument);
  const [, endOthers] = useMutation(EndOtherSessionsDocument);
  const wordsOf = useWordsOf();
  const [problem, setProblem] = useState<string>();
  const [done, setDone] = useState<string>();

  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[60, 80]} />;
  const sessions = data.security?.sessions ?? [];

  const told = (outcome: Outcome<{ __typename: string }>, message: string) => {
    setProblem(wordsOf(outcome));
    setDone(outcome.kind === "done" ? message : undefined);
    ask({ requestPolicy: "network-only" });
  };
  const end = async (session: SessionPartsFragment) => {
    told(
      toOutcome(await endOne({ id: session.id }), (answer) => answer.endSession),
      t`Signed out there`,
    );
  };
  const endAll = async () => {
    told(
      toOutcome(await endOthers({}), (answer) => answer.endOtherSessions),
      t`Signed out everywhere else`,
    );
  };

  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">
        <Trans>Where you are signed in</Trans>
      </h2>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <output className="security-faint">{done}</output>
      <ul className="security-rows">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => void end(session)} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button look="quiet" onClick={() => void endAll()}>
          <Trans>Sign out everywhere else</Trans>
        </Button>
      )}
    </section>
  );
}

function SessionRow({ session, onEnd }: { session: SessionPartsFragment; onEnd: () => void }) {
  const { t } = useLingui();
  const { browser, system } = session;
  const name = browser && system ? t`${browser} on ${system}` : browser || system || t`An unknown browser`;
  return (
    <li>
      <span className="grid">
        <strong>{name}</strong>
        <span className="security-faint">
          {session.current ? <Trans>This device</Trans> : <Time at={session.lastSeenAt} mode="relative" />}
          {" · "}
          <span className="num">{session.address}</span>
          {" · "}
          {t(ways[session.madeBy])}
        </span>
      </span>
      {!session.current && (
        <Button look="plain" onClick={onEnd} aria-label={t`Sign out: ${name}`}>
          <Trans>Sign out</Trans>
        </Button>
      )}
    </li>
  );
}
