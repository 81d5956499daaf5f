import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../gql/problem.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { useWordsOf } from "../ui/changeWords.ts";
import { TextField } from "../ui/Field.tsx";
import { knowsPasskeys, makePasskey } from "./passkey.ts";
import { AddPasskeyDocument, BeginPasskeyDocument } from "./security.gen.ts";

/** Asks the device for a passkey, under a name by which its owner knows it again. */
export function NewPasskey({ onSaved }: { onSaved: (codes: string[]) => void }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [, begin] = useMutation(BeginPasskeyDocument);
  const [, add] = useMutation(AddPasskeyDocument);
  const wordsOf = useWordsOf();

  const submit = async (form: HTMLFormElement) => {
    setProblem(undefined);
    const name = String(new FormData(form).get("name"));
    const begun = toOutcome(await begin({}), (found) => found.beginPasskey);
    if (begun.kind !== "done") return setProblem(wordsOf(begun));
    const passkey = await makePasskey(begun.value.options);
    if (!passkey) return setProblem(t`No passkey was made. Perhaps this device has one already.`);
    const added = toOutcome(await add({ name, passkey }), (found) => found.addPasskey);
    if (added.kind !== "done") return setProblem(wordsOf(added));
    setOpen(false);
    onSaved(added.value.recoveryCodes);
  };

  if (!knowsPasskeys()) {
    return (
      <p className="security-faint">
        <Trans>This browser, or this page, knows no passkeys.</Trans>
      </p>
    );
  }
  if (!isOpen) {
    return (
      <Button look="quiet" onClick={() => setOpen(true)}>
        <Trans>Add a passkey</Trans>
      </Button>
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
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <TextField
        label={t`Name of the passkey`}
        hint={t`By which you know it again, such as "My laptop".`}
        name="name"
        maxLength={100}
        required
        autoFocus
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary">
          <Trans>Make it</Trans>
        </Button>
        <Button look="plain" onClick={() => setOpen(false)}>
          <Trans>Leave it as it was</Trans>
        </Button>
      </div>
    </form>
  );
}
