import { Trans, useLingui } from "@lingui/react/macro";
import { Navigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { levelNames, VerificationBadge } from "../../../shared/ui/VerificationBadge.tsx";
import { Page } from "../../Page.tsx";
import { useVisitor } from "../../visitor.ts";
import { CreateSupportPinDocument, type CreateSupportPinMutation } from "./pin.gen.ts";
import "./pin.css";

type Pin = Extract<CreateSupportPinMutation["createSupportPin"], { __typename: "SupportPin" }>;

/** Six digits to read out on the telephone. They live on this page alone and are gone when it is left. */
export function SupportPinPage() {
  const { t } = useLingui();
  const { company, viewer } = useVisitor();
  const [, create] = useMutation(CreateSupportPinDocument);
  const [pin, setPin] = useState<Pin>();
  const [problem, setProblem] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const left = useSecondsUntil(pin?.expiresAt);
  if (!viewer) return <Navigate to="/sign-in" search={{ next: "/support-pin" }} replace />;

  const show = async () => {
    if (isAsking) return;
    setAsking(true);
    const outcome = toOutcome(await create({}), (data) => data.createSupportPin);
    setAsking(false);
    if (outcome.kind === "done") {
      setPin(outcome.value);
      setProblem(undefined);
    } else if (outcome.kind === "refused") setProblem(outcome.problem.message);
    else setProblem(t`The PIN could not be made. Try again in a moment.`);
  };

  const isOffered = viewer.side === "CLIENT" && !viewer.isGuest && company.proofMethods.includes("PIN");
  return (
    <Page title={t`Support PIN for the telephone`}>
      {!isOffered ? (
        <p className="lead">
          <Trans>There is no support PIN for you here.</Trans>
        </p>
      ) : (
        <div className="pin-page">
          <p className="lead">
            <Trans>
              When you call us, read these six digits out. They show who you are, so that we can help you at once. We
              never call you to ask for them.
            </Trans>
          </p>
          {pin && left > 0 && <Shown pin={pin} left={left} />}
          {pin && left === 0 && (
            <p className="aside" role="status">
              <Trans>That PIN has run out. Show a new one when you are asked for it.</Trans>
            </p>
          )}
          {problem && (
            <Banner tone="urgent" isAlert>
              {problem}
            </Banner>
          )}
          <div className="actions">
            <Button look={pin && left > 0 ? "plain" : "brand"} isDisabled={isAsking} onClick={() => void show()}>
              {pin ? <Trans>Show a new PIN</Trans> : <Trans>Show the PIN</Trans>}
            </Button>
          </div>
        </div>
      )}
    </Page>
  );
}

function Shown({ pin, left }: { pin: Pin; left: number }) {
  const { t } = useLingui();
  const { digits, level } = pin;
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <section className="pin-box" aria-label={t`Your support PIN`}>
      <p className="pin-digits num" role="status" aria-label={[...digits].join(" ")}>
        <span>{digits.slice(0, 3)}</span>
        <span>{digits.slice(3)}</span>
      </p>
      <p className="pin-time" role="timer" aria-live="off">
        <Trans>
          good for <span className="num">{time}</span>, and for one call
        </Trans>
      </p>
      <p className="pin-level">
        <VerificationBadge level={level} isFocusable={false} /> <Trans>It proves: {t(levelNames[level])}</Trans>
      </p>
    </section>
  );
}

/** The whole seconds until a moment, counted down to 0. */
function useSecondsUntil(moment: string | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  const left = moment ? Math.max(0, Math.ceil((Date.parse(moment) - now) / 1000)) : 0;
  const isRunning = left > 0;
  useEffect(() => {
    setNow(Date.now());
    if (!isRunning) return;
    const ticking = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(ticking);
  }, [isRunning]);
  return left;
}
