import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { showToast } from "../../toasts.ts";
import { SetThanksMinutesDocument } from "./thanks.gen.ts";

/** What a needless reopening costs; for admins. */
export function MinutesField({ minutes }: { minutes: number }) {
  const { t } = useLingui();
  const [, save] = useMutation(SetThanksMinutesDocument);
  const [typed, setTyped] = useState(String(minutes));
  const [problem, setProblem] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!/^\d{1,3}$/.test(typed.trim())) {
      setProblem(t`A whole number of minutes, please.`);
      return;
    }
    const outcome = toOutcome(await save({ minutes: Number(typed) }), (data) => data.setThanksMinutes);
    if (outcome.kind === "done") {
      setProblem(undefined);
      showToast(t`Saved. Thanks from now on count so.`);
    } else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`That did not arrive. Please try again.`);
  };

  return (
    <form className="thanks-minutes" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t`Minutes that a needless reopening costs`}
        inputMode="numeric"
        value={typed}
        problem={problem}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" look="quiet">
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}
