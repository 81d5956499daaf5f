import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Navigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { type SignIn, signIn } from "../../../shared/session.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Page } from "../../Page.tsx";
import { useVisitor } from "../../visitor.ts";

const route = getRouteApi("/sign-in");

const refusals = {
  refused: msg`This address and password do not go together. Check both and try again.`,
  too_many_tries: msg`Too many tries. Wait a few minutes, then try again.`,
  offline: msg`No connection. Nothing was sent; try again when you are back online.`,
  surprise: msg`Something went wrong on our side. Try again in a moment.`,
};

type Refusal = Exclude<SignIn, { kind: "signed_in" }>;

export function SignInPage() {
  const { t } = useLingui();
  const { company, viewer, hasSessionEnded } = useVisitor();
  const { next } = route.useSearch();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isSending, setSending] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  if (viewer) return <Navigate to={ownPath(next)} replace />;

  const submit = async (form: HTMLFormElement) => {
    if (isSending) return;
    const fields = new FormData(form);
    setSending(true);
    const result = await signIn(String(fields.get("email")).trim(), String(fields.get("password")));
    if (result.kind === "signed_in") {
      // A whole new page: nothing that was cached for the guest may stay.
      location.assign(result.side === "staff" && !next ? "/desk" : ownPath(next));
      return;
    }
    setSending(false);
    setRefusal(result);
    password.current?.focus();
    password.current?.select();
  };

  return (
    <Page title={t`Sign in`}>
      <form
        className="form narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        {hasSessionEnded && !refusal && (
          <Banner tone="wait">
            <Trans>You are signed out. Sign in to go on where you were; what you wrote is kept.</Trans>
          </Banner>
        )}
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
        />
        <TextField
          ref={password}
          label={t`Password`}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" look="brand" isDisabled={isSending}>
          <Trans>Sign in</Trans>
        </Button>
      </form>
      <p className="aside">
        <Trans>Your sign-in is the one that you have with {company.brand.name}.</Trans>
      </p>
    </Page>
  );
}

/** `next` comes from the address bar: only a path of this very site is followed. */
export function ownPath(next: string | undefined): string {
  if (!next) return "/";
  const target = new URL(next, location.origin);
  return target.origin === location.origin && next.startsWith("/") ? target.pathname + target.search : "/";
}
