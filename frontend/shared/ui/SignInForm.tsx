import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useRef, useState } from "react";
import { type Entry, type FactorKind, passkeyOptions, signIn, signInByPasskey } from "../enter.ts";
import { knowsPasskeys, signWithPasskey } from "../security/passkey.ts";
import { secondStep } from "../security/secondStep.ts";
import { Banner } from "./Banner.tsx";
import { Button } from "./Button.tsx";
import { useEntryWords } from "./entryWords.ts";
import { TextField } from "./Field.tsx";

interface Props {
  className: string;
  look: "primary" | "brand";
  /** What stands above the fields. */
  heading?: ReactNode;
  /** What is said while nothing was refused. */
  notice?: ReactNode;
  isFirst?: boolean;
  onSignedIn: (side: "client" | "staff") => void;
}

/**
 * Address and password, or a passkey; a refusal says what happened and puts the cursor where it can be mended. Where a
 * second factor is due, the form gives way to it.
 */
export function SignInForm({ className, look, heading, notice, isFirst = false, onSignedIn }: Props) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string>();
  const [needs, setNeeds] = useState<FactorKind[]>();
  const [isSending, setSending] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const words = useEntryWords();

  const goOn = (entry: Entry) => {
    if (entry.kind === "signed_in") {
      // Who must set up a second factor does so at the desk, wherever they signed in.
      if (entry.setsUp) location.assign("/desk");
      else onSignedIn(entry.side);
      return;
    }
    setSending(false);
    if (entry.kind === "second_step") return setNeeds(entry.needs);
    setProblem(words(entry));
    password.current?.focus();
    password.current?.select();
  };
  const submit = async (form: HTMLFormElement) => {
    if (isSending) return;
    const fields = new FormData(form);
    setSending(true);
    goOn(await signIn(String(fields.get("email")).trim(), String(fields.get("password"))));
  };
  const enterByPasskey = async () => {
    if (isSending) return;
    const asked = await passkeyOptions(false);
    const answer = asked && (await signWithPasskey(asked));
    if (answer) goOn(await signInByPasskey(answer));
    else setProblem(t`No passkey was used. Sign in with your password, or try again.`);
  };

  if (needs) {
    return (
      <div className={className}>
        {heading}
        <secondStep.Slot needs={needs} look={look} onSignedIn={goOn} />
      </div>
    );
  }
  return (
    <form
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      {heading}
      {!problem && notice}
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <TextField
        label={t`E-mail address`}
        name="email"
        type="email"
        autoComplete="username webauthn"
        required
        spellCheck={false}
        autoFocus={isFirst}
      />
      <TextField
        ref={password}
        label={t`Password`}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look={look} isDisabled={isSending}>
          <Trans>Sign in</Trans>
        </Button>
        {knowsPasskeys() && (
          <Button look="quiet" onClick={() => void enterByPasskey()}>
            <Trans>Use a passkey</Trans>
          </Button>
        )}
      </div>
    </form>
  );
}
