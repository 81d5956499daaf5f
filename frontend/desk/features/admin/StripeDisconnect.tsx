import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { showToast } from "../../toasts.ts";
import { DisconnectStripeDocument } from "./connections.gen.ts";

interface Props {
  keyLastFour: string;
  onChanged: () => void;
}

/** It cannot be taken back, so the end of the key is typed out first. */
export function StripeDisconnect({ keyLastFour, onChanged }: Props) {
  const { t } = useLingui();
  const [, disconnect] = useMutation(DisconnectStripeDocument);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const isSure = typed.trim() === keyLastFour;

  const go = async () => {
    const outcome = toOutcome(await disconnect({}), (data) => data.disconnectStripe);
    if (outcome.kind === "done") {
      showToast(t`Stripe is disconnected`);
      onChanged();
    } else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`);
  };

  return (
    <section className="admin-danger">
      <p>
        <Trans>
          Disconnected, the key is destroyed and the cards that came from Stripe are forgotten: clients prove in another
          way until an account is connected again.
        </Trans>
      </p>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <TextField
        label={t`To disconnect, type the last four letters of the key: ${keyLastFour}`}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button look="danger" isDisabled={!isSure} onClick={() => void go()}>
        <Trans>Disconnect Stripe</Trans>
      </Button>
    </section>
  );
}
