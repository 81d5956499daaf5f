import { Trans } from "@lingui/react/macro";
import { type Entry, type FactorKind, giveSecondFactor, passkeyOptions } from "../enter.ts";
import { useEntryWords } from "../ui/entryWords.ts";
import { FactorForm } from "./FactorForm.tsx";

interface Props {
  needs: FactorKind[];
  look: "primary" | "brand";
  /** The first step was a mailed link, not the password. */
  isAfterLink?: boolean;
  onSignedIn: (entry: Extract<Entry, { kind: "signed_in" }>) => void;
}

/** The second of two steps to sign in. */
export function SecondStep({ needs, look, isAfterLink = false, onSignedIn }: Props) {
  const words = useEntryWords();
  const give = async (kind: FactorKind, answer: string) => {
    const entry = await giveSecondFactor(kind, answer);
    if (entry.kind === "signed_in") onSignedIn(entry);
    return entry.kind === "signed_in" || entry.kind === "second_step" ? undefined : words(entry);
  };
  return (
    <div className="grid gap-4">
      <p>
        {isAfterLink ? (
          <Trans>Now confirm with your second factor.</Trans>
        ) : (
          <Trans>Your password is right. Now confirm with your second factor.</Trans>
        )}
      </p>
      <FactorForm kinds={needs} look={look} give={give} options={() => passkeyOptions(true)} />
    </div>
  );
}
