import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../gql/problem.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/Field.tsx";
import { SecretItem } from "./SecretItem.tsx";
import { AskForSecretDocument, type TicketSecretsPartsFragment } from "./secrets.gen.ts";
import "./secrets.css";

interface Props {
  ticket: TicketSecretsPartsFragment;
  isStaff?: boolean;
  /** The staff may ask the client's side for one. */
  canAsk?: boolean;
}

/** The secrets of a ticket: never what they say, until somebody who may opens one. */
export function SecretsPanel({ ticket, isStaff = false, canAsk = false }: Props) {
  const id = useId();
  if (ticket.secrets.length === 0 && !canAsk) return null;
  return (
    <section className="secrets" aria-labelledby={id}>
      <h2 id={id}>
        <Trans>Secrets</Trans>
      </h2>
      {ticket.secrets.length > 0 && (
        <ul>
          {ticket.secrets.map((secret) => (
            <SecretItem key={secret.id} secret={secret} isStaff={isStaff} />
          ))}
        </ul>
      )}
      {canAsk && <AskForSecret number={ticket.number} />}
    </section>
  );
}

function AskForSecret({ number }: { number: number }) {
  const { t } = useLingui();
  const [, ask] = useMutation(AskForSecretDocument);
  const [label, setLabel] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const send = async () => {
    if (isAsking) return;
    if (!label.trim()) {
      setProblem(t`Say what you need.`);
      return;
    }
    setAsking(true);
    setProblem(undefined);
    const outcome = toOutcome(await ask({ number, label: label.trim() }), (data) => data.askForSecret);
    setAsking(false);
    if (outcome.kind === "done") setLabel("");
    else if (outcome.kind === "refused") setProblem(outcome.problem.message);
    else setProblem(t`Nothing was changed. Try again.`);
  };
  return (
    <form
      className="secret-ask"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextField
        id="ask-for-secret"
        label={t`Ask for a secret`}
        problem={problem}
        placeholder={t`FTP password of …`}
        maxLength={120}
        autoComplete="off"
        value={label}
        onChange={(event) => {
          setLabel(event.target.value);
          setProblem(undefined);
        }}
      />
      <Button type="submit" look="quiet" isDisabled={isAsking}>
        <Trans>Ask</Trans>
      </Button>
    </form>
  );
}
