import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { askForLink } from "../../../shared/enter.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { useEntryWords } from "../../../shared/ui/entryWords.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Page } from "../../Page.tsx";

/** Asks for a link by mail, for who forgot the password or will not type it. The answer tells nothing of who is known. */
export function ForgottenPage() {
  const { t } = useLingui();
  const [sentTo, setSentTo] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const words = useEntryWords();

  const ask = async (purpose: "reset_password" | "sign_in") => {
    if (!form.current?.reportValidity()) return;
    const email = String(new FormData(form.current).get("email")).trim();
    const found = await askForLink(email, purpose);
    if (found.kind === "asked") setSentTo(email);
    else if (found.kind !== "signed_in" && found.kind !== "second_step") setProblem(words(found));
  };

  if (sentTo) {
    return (
      <Page title={t`Look in your mail`}>
        <p className="lead">
          <Trans>If we know {sentTo}, a link is on its way to it. It works once, and not for long.</Trans>
        </p>
        <p>
          <Trans>Nothing there after some minutes? Look among the unwanted mail, or try another address.</Trans>
        </p>
        <p className="actions">
          <Button look="quiet" onClick={() => setSentTo(undefined)}>
            <Trans>Another address</Trans>
          </Button>
        </p>
      </Page>
    );
  }
  return (
    <Page title={t`Get a link by mail`}>
      <form
        ref={form}
        className="form narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void ask("reset_password");
        }}
      >
        {problem && (
          <Banner tone="urgent" isAlert>
            {problem}
          </Banner>
        )}
        <TextField
          label={t`E-mail address`}
          hint={t`The one with which you sign in.`}
          name="email"
          type="email"
          autoComplete="username"
          spellCheck={false}
          required
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="brand">
            <Trans>Set a new password</Trans>
          </Button>
          <Button look="quiet" onClick={() => void ask("sign_in")}>
            <Trans>Just sign me in</Trans>
          </Button>
        </div>
      </form>
      <p className="aside">
        <Link to="/sign-in" className="link">
          <Trans>Back to signing in</Trans>
        </Link>
      </p>
    </Page>
  );
}
