import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/Field.tsx";
import { SecretField } from "./SecretField.tsx";
import type { Sealing } from "./useSealing.ts";
import "./secrets.css";

interface Props {
  sealing: Sealing;
  /** What to know before one is sent; it stands there while one is added or goes along. */
  note?: string | undefined;
  /** Nothing that is sent from here could carry one: the note says why. */
  isOffered?: boolean;
}

/** The secrets that go with what is being written, and a way to add one: "Send a secret". */
export function SealedDrafts({ sealing, note, isOffered = true }: Props) {
  const { t } = useLingui();
  const [isAdding, setAdding] = useState(false);
  const [label, setLabel] = useState("");
  const [value, setValue] = useState("");
  const [problem, setProblem] = useState<"label" | "value">();
  const first = useRef<HTMLInputElement>(null);

  const close = () => {
    setAdding(false);
    setLabel("");
    setValue("");
    setProblem(undefined);
  };
  const add = () => {
    const name = label.trim();
    if (!name) setProblem("label");
    else if (!value.trim()) setProblem("value");
    else {
      sealing.setSecrets([...sealing.secrets, { label: name, value }]);
      close();
    }
  };

  return (
    <div className="sealed-drafts">
      {sealing.secrets.length > 0 && (
        <ul aria-label={t`Sealed, sent with this`}>
          {sealing.secrets.map((secret, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list changes by adding at its end and by taking out.
            <li key={`${index} ${secret.label}`}>
              <LockMark /> {secret.label}
              <button
                type="button"
                className="link"
                aria-label={t`Take out ${secret.label}`}
                onClick={() => sealing.setSecrets(sealing.secrets.filter((each) => each !== secret))}
              >
                <Trans>Take out</Trans>
              </button>
            </li>
          ))}
        </ul>
      )}
      {note && (isAdding || !isOffered || sealing.secrets.length > 0) && <p className="sealed-why">{note}</p>}
      {!isOffered ? null : isAdding ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside, which stand in another form.
        <div
          className="sealed-add"
          onKeyDown={(event) => {
            if (event.key === "Escape") close();
            if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
              event.preventDefault();
              add();
            }
          }}
        >
          <TextField
            ref={first}
            label={t`What is it?`}
            hint={t`A name that everybody on the request may read: “FTP password”.`}
            problem={problem === "label" ? t`Give it a name.` : undefined}
            autoFocus
            autoComplete="off"
            maxLength={120}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
          />
          <SecretField
            label={t`The secret`}
            name={label.trim() || t`the secret`}
            problem={problem === "value" ? t`Type the secret.` : undefined}
            value={value}
            onChange={setValue}
          />
          <div className="flex flex-wrap gap-2">
            <Button look="primary" onClick={add}>
              <Trans>Add it sealed</Trans>
            </Button>
            <Button look="plain" onClick={close}>
              <Trans>Cancel</Trans>
            </Button>
          </div>
        </div>
      ) : (
        <Button look="plain" onClick={() => setAdding(true)}>
          <LockMark /> <Trans>Send a secret</Trans>
        </Button>
      )}
    </div>
  );
}

export function LockMark() {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className="lock-mark">
      <path d="M4 7V5a4 4 0 0 1 8 0v2h1v7H3V7h1Zm1.5 0h5V5a2.5 2.5 0 0 0-5 0v2Z" fill="currentColor" />
    </svg>
  );
}
