import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import type { FactorKind } from "../enter.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/Field.tsx";
import { signWithPasskey } from "./passkey.ts";

interface Props {
  kinds: FactorKind[];
  look: "primary" | "brand";
  /** Gives the answer to the server; says what was wrong with it, or nothing. */
  give: (kind: FactorKind, answer: string) => Promise<string | undefined>;
  /** What the browser needs to have a passkey sign. */
  options: () => Promise<string | undefined>;
}

/** Asks for a second factor: a code, a passkey, or a recovery code where neither is at hand. */
export function FactorForm({ kinds, look, give, options }: Props) {
  const { t } = useLingui();
  const [usesRecovery, setUsesRecovery] = useState(!kinds.includes("totp") && !kinds.includes("passkey"));
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const typed = usesRecovery ? "recovery" : kinds.includes("totp") ? "totp" : undefined;

  const tell = async (kind: FactorKind, answer: string) => {
    setSending(true);
    setProblem(await give(kind, answer));
    setSending(false);
    field.current?.focus();
    field.current?.select();
  };
  const sign = async () => {
    if (isSending) return;
    setProblem(undefined);
    const asked = await options();
    const answer = asked && (await signWithPasskey(asked));
    if (answer) await tell("passkey", answer);
    else setProblem(t`No passkey was used. Try again, or confirm in another way.`);
  };

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const answer = String(new FormData(event.currentTarget).get("answer") ?? "");
        if (typed && !isSending) void tell(typed, answer);
      }}
    >
      {problem && !typed && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      {typed && (
        <TextField
          key={typed}
          ref={field}
          label={typed === "totp" ? t`Code from your authenticator app` : t`Recovery code`}
          hint={
            typed === "totp"
              ? t`Six digits; a new one every half minute.`
              : t`One of the ten that you kept. Each works once.`
          }
          name="answer"
          inputMode={typed === "totp" ? "numeric" : "text"}
          autoComplete="one-time-code"
          spellCheck={false}
          required
          autoFocus
          problem={problem}
        />
      )}
      <div className="flex flex-wrap gap-2">
        {typed && (
          <Button type="submit" look={look} isDisabled={isSending}>
            <Trans>Confirm</Trans>
          </Button>
        )}
        {kinds.includes("passkey") && (
          <Button look={typed ? "quiet" : look} isDisabled={isSending} onClick={() => void sign()}>
            <Trans>Use a passkey</Trans>
          </Button>
        )}
        {kinds.includes("recovery") && kinds.length > 1 && (
          <Button
            look="plain"
            onClick={() => {
              setUsesRecovery(!usesRecovery);
              setProblem(undefined);
            }}
          >
            {usesRecovery ? <Trans>Confirm in another way</Trans> : <Trans>Use a recovery code</Trans>}
          </Button>
        )}
      </div>
    </form>
  );
}
