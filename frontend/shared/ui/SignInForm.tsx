import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useRef, useState } from "react";
import { type SignIn, signIn } from "../session.ts";
import { Banner } from "./Banner.tsx";
import { Button } from "./Button.tsx";
import { TextField } from "./Field.tsx";

const refusals = {
  refused: msg`This address and password do not go together. Check both and try again.`,
  too_many_tries: msg`Too many tries. Wait a few minutes, then try again.`,
  offline: msg`No connection. Nothing was sent; try again when you are back online.`,
  surprise: msg`Something went wrong on our side. Try again in a moment.`,
};

type Refusal = Exclude<SignIn, { kind: "signed_in" }>;

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

/** Address and password; a refusal says what happened and puts the cursor where it can be mended. */
export function SignInForm({ className, look, heading, notice, isFirst = false, onSignedIn }: Props) {
  const { t } = useLingui();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isSending, setSending] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (form: HTMLFormElement) => {
    if (isSending) return;
    const fields = new FormData(form);
    setSending(true);
    const result = await signIn(String(fields.get("email")).trim(), String(fields.get("password")));
    if (result.kind === "signed_in") {
      onSignedIn(result.side);
      return;
    }
    setSending(false);
    setRefusal(result);
    password.current?.focus();
    password.current?.select();
  };

  return (
    <form
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      {heading}
      {!refusal && notice}
      {refusal && (
        <Banner tone="urgent" isAlert>
          <span>{t(refusals[refusal.kind])}</span>
          {refusal.kind === "surprise" && refusal.errorId && <code>{refusal.errorId}</code>}
        </Banner>
      )}
      <TextField
        label={t`E-mail address`}
        name="email"
        type="email"
        autoComplete="username"
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
      <Button type="submit" look={look} isDisabled={isSending}>
        <Trans>Sign in</Trans>
      </Button>
    </form>
  );
}
