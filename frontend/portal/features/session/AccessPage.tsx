import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { askForLink, signInByCode } from "../../../shared/enter.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { useEntryWords } from "../../../shared/ui/entryWords.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Page } from "../../Page.tsx";
import { ownPath } from "./SignInPage.tsx";

const route = getRouteApi("/access");

/** For who wrote without an account: the address and the code of the mail open their own requests. */
export function AccessPage() {
  const { t } = useLingui();
  const { next } = route.useSearch();
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<string>();
  const [sentTo, setSentTo] = useState<string>();
  const words = useEntryWords();

  const emailOf = () => (form.current ? String(new FormData(form.current).get("email")).trim() : "");
  const enter = async () => {
    if (!form.current) return;
    const found = await signInByCode(emailOf(), String(new FormData(form.current).get("code")));
    if (found.kind === "signed_in") location.assign(next ? ownPath(next) : "/tickets");
    else if (found.kind !== "second_step") setProblem(words(found));
  };
  const askForCode = async () => {
    const email = form.current?.elements.namedItem("email");
    if (!(email instanceof HTMLInputElement) || !email.reportValidity()) return;
    const found = await askForLink(emailOf(), "guest_access");
    setProblem(undefined);
    if (found.kind === "asked") setSentTo(emailOf());
    else if (found.kind !== "signed_in" && found.kind !== "second_step") setProblem(words(found));
  };

  return (
    <Page title={t`Your requests, without an account`}>
      <p className="lead">
        <Trans>The mail that confirmed your request brought an access code.</Trans>
      </p>
      <form
        ref={form}
        className="form narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        {problem && (
          <Banner tone="urgent" isAlert>
            {problem}
          </Banner>
        )}
        {sentTo && !problem && (
          <Banner tone="good">
            <Trans>If somebody wrote to us from {sentTo}, a link and a new code are on their way.</Trans>
          </Banner>
        )}
        <TextField
          label={t`E-mail address from which you wrote`}
          name="email"
          type="email"
          autoComplete="email"
          spellCheck={false}
          required
        />
        <TextField label={t`Access code`} name="code" autoComplete="off" spellCheck={false} required />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="brand">
            <Trans>See my requests</Trans>
          </Button>
          <Button look="quiet" onClick={() => void askForCode()}>
            <Trans>Mail me a new code</Trans>
          </Button>
        </div>
      </form>
    </Page>
  );
}
