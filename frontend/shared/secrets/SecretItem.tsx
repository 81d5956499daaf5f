import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../gql/problem.ts";
import { Button } from "../ui/Button.tsx";
import { Time } from "../ui/Time.tsx";
import { LockMark } from "./SealedDrafts.tsx";
import { SecretField } from "./SecretField.tsx";
import { DestroySecretDocument, type SecretPartsFragment } from "./secrets.gen.ts";
import { type Shown, sendSecret, showSecret } from "./uncached.ts";
import { useHiding } from "./useHiding.ts";

interface Props {
  secret: SecretPartsFragment;
  isStaff: boolean;
}

/** One secret: what became of it, and what the reader may do with it. */
export function SecretItem({ secret, isStaff }: Props) {
  const { t } = useLingui();
  const [shown, setShown] = useState<Shown>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [, destroy] = useMutation(DestroySecretDocument);
  const { label } = secret;

  const show = async () => {
    setBusy(true);
    const outcome = await showSecret(secret.id);
    setBusy(false);
    setProblem(undefined);
    if (outcome.kind === "done") setShown(outcome.value);
    else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`It could not be opened. Try again.`);
  };
  const remove = async () => {
    setBusy(true);
    const outcome = toOutcome(await destroy({ id: secret.id }), (data) => data.destroySecret);
    setBusy(false);
    if (outcome.kind !== "done") {
      setProblem(outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`);
    }
  };

  return (
    <li className="secret" data-state={secret.state}>
      {!secret.canSend && (
        <div className="secret-head">
          <LockMark /> <strong>{label}</strong>
        </div>
      )}
      <p className="faint">
        <StateWords secret={secret} isStaff={isStaff} />
      </p>
      {isStaff && secret.state === "SENT" && secret.side === "CLIENT" && !secret.canShow && (
        <p className="faint">
          <Trans>Those who work in its department can open it; so can leads.</Trans>
        </p>
      )}
      {shown && <ShownValue label={label} shown={shown} onHide={() => setShown(undefined)} />}
      {secret.canSend && <AnswerField secret={secret} />}
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <div className="secret-actions">
        {secret.canShow && !shown && (
          <Button look="quiet" isDisabled={isBusy} aria-label={t`Show the secret ${label}`} onClick={() => void show()}>
            <Trans>Show</Trans>
          </Button>
        )}
        {secret.canDestroy && (
          <Button
            look="plain"
            isDisabled={isBusy}
            aria-label={t`Destroy the secret ${label}`}
            onClick={() => void remove()}
          >
            {secret.state === "ASKED" ? <Trans>Ask no longer</Trans> : <Trans>Destroy now</Trans>}
          </Button>
        )}
      </div>
    </li>
  );
}

function StateWords({ secret, isStaff }: Props) {
  const { askedBy, sentBy, viewedBy } = secret;
  if (secret.state === "ASKED") {
    return isStaff ? (
      <Trans>
        Asked for by {askedBy?.name} <Time at={secret.askedAt ?? ""} />, waiting
      </Trans>
    ) : (
      <Trans>{askedBy?.name} asks you for this</Trans>
    );
  }
  if (secret.state === "LOST") return <Trans>Cannot be opened any more: ask again</Trans>;
  if (secret.state === "DESTROYED") {
    return (
      <Trans>
        Destroyed <Time at={secret.destroyedAt ?? ""} />
      </Trans>
    );
  }
  return (
    <>
      {secret.source === "MAIL" ? (
        <Trans>
          Masked in a mail of {sentBy?.name} <Time at={secret.sentAt ?? ""} />
        </Trans>
      ) : (
        <Trans>
          Sent by {sentBy?.name} <Time at={secret.sentAt ?? ""} />
        </Trans>
      )}
      {" · "}
      {viewedBy ? (
        <Trans>
          viewed by {viewedBy.name} <Time at={secret.viewedAt ?? ""} mode="absolute" />
        </Trans>
      ) : (
        <Trans>not viewed yet</Trans>
      )}
    </>
  );
}

/** The value for some seconds; then it is gone from the page and from memory. */
function ShownValue({ label, shown, onHide }: { label: string; shown: Shown; onHide: () => void }) {
  const { t } = useLingui();
  const left = useHiding(shown, onHide);
  return (
    <div className="secret-shown">
      <output aria-label={t`The secret ${label}`}>{shown.value}</output>
      <div className="secret-actions">
        {"clipboard" in navigator && (
          <Button look="quiet" onClick={() => void navigator.clipboard.writeText(shown.value)}>
            <Trans>Copy</Trans>
          </Button>
        )}
        <Button look="plain" onClick={onHide}>
          <Trans>Hide</Trans>
        </Button>
        <span className="faint num">
          <Trans>gone in {left} s</Trans>
        </span>
      </div>
    </div>
  );
}

function AnswerField({ secret }: { secret: SecretPartsFragment }) {
  const { t } = useLingui();
  const [value, setValue] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const send = async () => {
    if (isSending) return;
    if (!value.trim()) {
      setProblem(t`Type the secret.`);
      return;
    }
    setSending(true);
    setProblem(undefined);
    const outcome = await sendSecret(secret.id, value);
    setSending(false);
    if (outcome.kind === "done") setValue("");
    else if (outcome.kind === "refused") setProblem(outcome.problem.message);
    else setProblem(t`It was not sent. Try again when you are back online.`);
  };
  return (
    <form
      className="secret-answer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <SecretField
        label={secret.label}
        name={secret.label}
        hint={t`Sealed: only the staff who work on this can see it, you see each time somebody does, and it is destroyed when the request closes.`}
        problem={problem}
        value={value}
        onChange={(typed) => {
          setValue(typed);
          setProblem(undefined);
        }}
      />
      <Button type="submit" look="brand" isDisabled={isSending}>
        <Trans>Send it sealed</Trans>
      </Button>
    </form>
  );
}
