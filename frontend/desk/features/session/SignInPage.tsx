import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { type SignIn, signIn } from "../../../shared/session.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { BrandMark } from "../../BrandMark.tsx";
import type { DeskCompanyPartsFragment } from "../../start.gen.ts";

const refusals = {
  refused: msg`This address and password do not go together. Check both and try again.`,
  too_many_tries: msg`Too many tries. Wait a few minutes, then try again.`,
  offline: msg`No connection. Nothing was sent; try again when you are back online.`,
  surprise: msg`Something went wrong on our side. Try again in a moment.`,
};

type Refusal = Exclude<SignIn, { kind: "signed_in" }>;

interface Props {
  company: DeskCompanyPartsFragment;
  /** Loads the page anew as the one who has signed in, at the very address that was asked for. */
  onSignedIn?: (side: "client" | "staff") => void;
}

export function SignInPage({ company, onSignedIn = reload }: Props) {
  const { t } = useLingui();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isSending, setSending] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const name = company.brand.name;

  useEffect(() => {
    document.title = t`Sign in · ${name} desk`;
  }, [t, name]);

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
    <main className="lone-page">
      <form
        className="card grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <BrandMark brand={company.brand} />
        <h1>
          <Trans>Sign in to the desk</Trans>
        </h1>
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
          autoFocus
        />
        <TextField
          ref={password}
          label={t`Password`}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" look="primary" isDisabled={isSending}>
          <Trans>Sign in</Trans>
        </Button>
      </form>
      <p className="text-s text-ink-2">
        <Trans>
          This is for the staff. Are you a client? <a href="/">Go to the portal</a>
        </Trans>
      </p>
    </main>
  );
}

function reload(side: "client" | "staff"): void {
  if (side === "staff") location.reload();
  else location.assign("/");
}
