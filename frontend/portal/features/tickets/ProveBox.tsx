import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { reaches } from "../../../shared/levels.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { ProofFields } from "../../proof/ProofFields.tsx";
import { ProofReason } from "../../proof/ProofReason.tsx";
import { useProof } from "../../proof/useProof.ts";
import { type OwnFactors, waysOf } from "../../proof/ways.ts";
import { useVisitor } from "../../visitor.ts";
import type { ProofClientPartsFragment } from "./newRequest.gen.ts";
import { ProveDocument, type TicketPagePartsFragment } from "./ticket.gen.ts";

interface Props {
  ticket: TicketPagePartsFragment;
  client: ProofClientPartsFragment | null | undefined;
  /** The reader's own ways; the second factors among them are offered where they work. */
  factors: OwnFactors;
}

/** "Prove that it is you": shown while the request lacks the level that its matter needs. */
export function ProveBox({ ticket, client, factors }: Props) {
  const { t } = useLingui();
  const { company, refetch } = useVisitor();
  const [, prove] = useMutation(ProveDocument);
  const [problem, setProblem] = useState<string>();
  const [errorId, setErrorId] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const [hasProvedNow, setProvedNow] = useState(false);
  const isProved = reaches(ticket.level, ticket.requiredLevel);
  const proof = useProof(waysOf(isProved ? "NONE" : ticket.requiredLevel, client, company.proofMethods, factors));
  if (isProved && hasProvedNow) {
    return (
      <Banner tone="good">
        <Trans>Proved. We can start on it.</Trans>
      </Banner>
    );
  }
  if (isProved || ticket.status.meaning === "CLOSED") return null;
  const what = (ticket.kind ?? ticket.department).name;

  const send = async () => {
    if (isSending) return;
    const given = await proof.take();
    setErrorId(null);
    if (!given) {
      setProblem(proof.missing);
      proof.field.current?.focus();
      return;
    }
    setSending(true);
    const result = await prove({ number: ticket.number, proof: given });
    setSending(false);
    const outcome = toOutcome(result, (data) => data.prove);
    if (outcome.kind === "done") {
      setProvedNow(true);
      return;
    }
    if (outcome.kind === "refused") {
      setProblem(outcome.problem.message);
      // The page may be behind the times: a lock began, the session ended.
      refetch();
    } else {
      setProblem(
        outcome.failure.kind === "offline"
          ? t`No connection. Nothing was sent; try again when you are back online.`
          : t`Something went wrong on our side. Try again in a moment.`,
      );
      setErrorId(outcome.failure.kind === "surprise" ? outcome.failure.errorId : null);
    }
    proof.field.current?.focus();
  };

  return (
    <form
      id="prove"
      className="form prove"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h2>
        <Trans>Prove that it is you</Trans>
      </h2>
      <ProofFields
        proof={proof}
        reason={
          <>
            <ProofReason what={what} ways={proof.ways} /> <Trans>We start when we have it.</Trans>
          </>
        }
        problem={problem}
      >
        <Button type="submit" look="brand" isDisabled={isSending}>
          <Trans>Prove it</Trans>
        </Button>
      </ProofFields>
      {errorId && (
        <Banner tone="urgent">
          <code>{errorId}</code>
        </Banner>
      )}
    </form>
  );
}
