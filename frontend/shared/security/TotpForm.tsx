import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../gql/problem.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { useWordsOf } from "../ui/changeWords.ts";
import { TextField } from "../ui/Field.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { BeginTotpDocument, ConfirmTotpDocument } from "./security.gen.ts";

interface Props {
  onSaved: (codes: string[]) => void;
  onCancel: () => void;
}

/** The picture for the app, the key for who types it, and the code that shows that it worked. */
export function TotpForm({ onSaved, onCancel }: Props) {
  const { t } = useLingui();
  const [setup, setSetup] = useState<{ key: string; picture: string }>();
  const [problem, setProblem] = useState<string>();
  const [, begin] = useMutation(BeginTotpDocument);
  const [, confirm] = useMutation(ConfirmTotpDocument);
  const wordsOf = useWordsOf();
  const hasBegun = useRef(false);

  useEffect(() => {
    // A secret is made once, though development mounts twice.
    if (hasBegun.current) return;
    hasBegun.current = true;
    void begin({}).then((result) => {
      const outcome = toOutcome(result, (found) => found.beginTotp);
      if (outcome.kind === "done") setSetup(outcome.value);
      else setProblem(wordsOf(outcome));
    });
  }, [begin, wordsOf]);

  const submit = async (form: HTMLFormElement) => {
    const code = String(new FormData(form).get("code"));
    const outcome = toOutcome(await confirm({ code }), (found) => found.confirmTotp);
    if (outcome.kind === "done") onSaved(outcome.value.recoveryCodes);
    else setProblem(wordsOf(outcome));
  };

  if (!setup) {
    return problem ? (
      <Banner tone="urgent" isAlert>
        {problem}
      </Banner>
    ) : (
      <Skeleton lines={[60, 60]} />
    );
  }
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <div className="totp">
        <img src={setup.picture} alt={t`QR code for your authenticator app`} />
        <p className="grid gap-1">
          <Trans>Scan this with your app, or type the key into it:</Trans>
          <code className="totp-key">{setup.key.match(/.{1,4}/g)?.join(" ")}</code>
        </p>
      </div>
      <TextField
        label={t`Code that the app shows now`}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        autoFocus
        problem={problem}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary">
          <Trans>Turn it on</Trans>
        </Button>
        <Button look="plain" onClick={onCancel}>
          <Trans>Leave it as it was</Trans>
        </Button>
      </div>
    </form>
  );
}
