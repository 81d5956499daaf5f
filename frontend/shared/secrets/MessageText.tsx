import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { PlainText } from "../ui/PlainText.tsx";
import { LockMark } from "./SealedDrafts.tsx";
import type { SecretPartsFragment } from "./secrets.gen.ts";
import { type Shown, showSecret } from "./uncached.ts";
import { useHiding } from "./useHiding.ts";
import "./secrets.css";

const MARK = /\[(?:sealed|verzegeld): ([^\]\n]{1,120})\]/g;

interface Props {
  text: string;
  messageId: string;
  secrets: readonly SecretPartsFragment[];
}

/** What somebody wrote, with each sealed secret where it was written; those without a mark in the text stand below it. */
export function MessageText({ text, messageId, secrets }: Props) {
  const own = secrets.filter((secret) => secret.messageId === messageId);
  if (own.length === 0) return <PlainText text={text} />;
  const marked = new Set(Array.from(text.matchAll(MARK), (match) => match[1]));
  const others = own.filter((secret) => !marked.has(secret.label));
  return (
    <>
      <PlainText text={text} within={(part) => withChips(part, own)} />
      {others.length > 0 && (
        <p className="sealed-chips">
          {others.map((secret) => (
            <SealedChip key={secret.id} secret={secret} />
          ))}
        </p>
      )}
    </>
  );
}

function withChips(text: string, secrets: readonly SecretPartsFragment[]): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    const secret = secrets.find((each) => each.label === match[1]);
    if (!secret) continue;
    parts.push(text.slice(end, match.index), <SealedChip key={match.index} secret={secret} />);
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts;
}

function SealedChip({ secret }: { secret: SecretPartsFragment }) {
  const { t } = useLingui();
  const [shown, setShown] = useState<Shown>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const { label, state } = secret;
  const show = async () => {
    setBusy(true);
    const outcome = await showSecret(secret.id);
    setBusy(false);
    setProblem(undefined);
    if (outcome.kind === "done") setShown(outcome.value);
    else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`It could not be opened. Try again.`);
  };
  return (
    <span className="sealed-chip" data-state={state}>
      <LockMark />
      <span>{label}</span>
      {state === "DESTROYED" && (
        <span className="faint">
          <Trans>destroyed</Trans>
        </span>
      )}
      {secret.canShow && !shown && (
        <button
          type="button"
          className="link"
          disabled={isBusy}
          aria-label={t`Show the secret ${label}`}
          onClick={() => void show()}
        >
          <Trans>Show</Trans>
        </button>
      )}
      {shown && <ShownHere label={label} shown={shown} onHide={() => setShown(undefined)} />}
      {problem && (
        <span role="alert" className="problem">
          {problem}
        </span>
      )}
    </span>
  );
}

function ShownHere({ label, shown, onHide }: { label: string; shown: Shown; onHide: () => void }) {
  const { t } = useLingui();
  const left = useHiding(shown, onHide);
  return (
    <>
      <output aria-label={t`The secret ${label}`}>{shown.value}</output>
      <button type="button" className="link num" onClick={onHide}>
        <Trans>Hide ({left})</Trans>
      </button>
    </>
  );
}
