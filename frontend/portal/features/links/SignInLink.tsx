import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { type Entry, type FactorKind, signInByLink } from "../../../shared/enter.ts";
import { secondStep } from "../../../shared/security/secondStep.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { useEntryWords } from "../../../shared/ui/entryWords.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Page } from "../../Page.tsx";

interface Props {
  token: string;
  /** It sets a password, signs a client in, or opens a guest's own requests. */
  purpose: "set_password" | "sign_in" | "guest_access";
  ticketNumber: number | null;
}

/** A link that signs in. Mail programs open links by themselves, so it is used by the button alone. */
export function SignInLink({ token, purpose, ticketNumber }: Props) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string>();
  const [needs, setNeeds] = useState<FactorKind[]>();
  const [isSending, setSending] = useState(false);
  const words = useEntryWords();

  const goOn = (entry: Entry) => {
    if (entry.kind === "signed_in") {
      const own = ticketNumber ? `/tickets/${ticketNumber}` : "/tickets";
      // A whole new page: nothing that was cached for the guest may stay.
      location.assign(entry.side === "staff" ? "/desk" : own);
      return;
    }
    setSending(false);
    if (entry.kind === "second_step") setNeeds(entry.needs);
    else setProblem(words(entry));
  };
  const spend = async (password?: string) => {
    if (isSending) return;
    setSending(true);
    setProblem(undefined);
    goOn(await signInByLink(token, password));
  };

  if (needs) {
    return (
      <Page title={t`Confirm that it is you`}>
        <div className="form narrow">
          <secondStep.Slot needs={needs} look="brand" isAfterLink onSignedIn={goOn} />
        </div>
      </Page>
    );
  }
  if (purpose === "set_password") {
    return (
      <Page title={t`Set your password`}>
        <form
          className="form narrow"
          onSubmit={(event) => {
            event.preventDefault();
            void spend(String(new FormData(event.currentTarget).get("password")));
          }}
        >
          <TextField
            label={t`New password`}
            hint={t`At least 10 characters. A sentence is easy to remember and hard to guess.`}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            problem={problem}
          />
          <Button type="submit" look="brand" isDisabled={isSending}>
            <Trans>Set the password</Trans>
          </Button>
        </form>
      </Page>
    );
  }
  const title = purpose === "sign_in" ? t`Sign in by this link` : t`See your requests`;
  return (
    <Page title={title}>
      <p className="lead">
        {purpose === "sign_in" ? (
          <Trans>This signs you in, once.</Trans>
        ) : (
          <Trans>This opens what you wrote to us from this address, and our answers.</Trans>
        )}
      </p>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <p className="actions">
        <Button look="brand" isDisabled={isSending} onClick={() => void spend()}>
          {purpose === "sign_in" ? <Trans>Sign in</Trans> : <Trans>See my requests</Trans>}
        </Button>
      </p>
    </Page>
  );
}
