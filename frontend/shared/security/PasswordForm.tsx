import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../gql/problem.ts";
import { Button } from "../ui/Button.tsx";
import { useWordsOf } from "../ui/changeWords.ts";
import { TextField } from "../ui/Field.tsx";
import { ChangePasswordDocument } from "./security.gen.ts";

/** Another password for oneself. */
export function PasswordForm() {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isDone, setDone] = useState(false);
  const [, change] = useMutation(ChangePasswordDocument);
  const wordsOf = useWordsOf();
  const submit = async (form: HTMLFormElement) => {
    const password = String(new FormData(form).get("password"));
    const outcome = toOutcome(await change({ password }), (found) => found.changePassword);
    setProblem(wordsOf(outcome));
    setDone(outcome.kind === "done");
    if (outcome.kind === "done") setOpen(false);
  };
  return (
    <section aria-labelledby="password">
      <h2 id="password">
        <Trans>Password</Trans>
      </h2>
      <output className="security-faint">
        {isDone && <Trans>Your password is changed, and you are signed out everywhere else.</Trans>}
      </output>
      {isOpen ? (
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void submit(event.currentTarget);
          }}
        >
          <TextField
            label={t`New password`}
            hint={t`At least 10 characters. A sentence is easy to remember and hard to guess.`}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            autoFocus
            problem={problem}
          />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary">
              <Trans>Set the password</Trans>
            </Button>
            <Button look="plain" onClick={() => setOpen(false)}>
              <Trans>Leave it as it was</Trans>
            </Button>
          </div>
        </form>
      ) : (
        <Button look="quiet" onClick={() => setOpen(true)}>
          <Trans>Change the password</Trans>
        </Button>
      )}
    </section>
  );
}
