import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../../shared/gql/problem.ts";
import { Button } from "../../../../shared/ui/Button.tsx";
import { EmptyState } from "../../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../../shared/ui/Skeleton.tsx";
import { Time } from "../../../../shared/ui/Time.tsx";
import { useTitle } from "../../../title.ts";
import { showToast } from "../../../toasts.ts";
import { AdminUnreadableMailsDocument, type AdminUnreadableMailsQuery, TryMailAgainDocument } from "./mailIn.gen.ts";

type UnreadableMail = NonNullable<AdminUnreadableMailsQuery["unreadableMails"]>["mails"][number];

/** Mails that came in and that nothing could be made of: kept whole, each with its reason. */
export function MailInPage() {
  const { t } = useLingui();
  useTitle(t`Incoming mail`);
  const [{ data, error }, ask] = useQuery({ query: AdminUnreadableMailsDocument });
  const refresh = () => ask({ requestPolicy: "network-only" });
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;
  const mails = data.unreadableMails?.mails ?? [];
  const total = data.unreadableMails?.total ?? 0;

  return (
    <section className="admin-page">
      <div className="grid gap-2">
        <h2>
          <Trans>Incoming mail</Trans>
        </h2>
        <p className="lead">
          <Trans>
            Every mail is stored before it is read, so none is lost. The ones below could not be made a message. They
            are kept whole and can be tried again.
          </Trans>
        </p>
      </div>
      {mails.length === 0 ? (
        <EmptyState title={<Trans>Every mail could be read</Trans>}>
          <p>
            <Trans>A mail that cannot be read appears here, with the reason.</Trans>
          </p>
        </EmptyState>
      ) : (
        <>
          <h3>
            <Trans>Could not be read ({total})</Trans>
          </h3>
          <ul className="rows">
            {mails.map((mail) => (
              <MailRow key={mail.id} mail={mail} onTried={refresh} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function MailRow({ mail, onTried }: { mail: UnreadableMail; onTried: () => void }) {
  const { t } = useLingui();
  const [, tryAgain] = useMutation(TryMailAgainDocument);
  const [isTrying, setTrying] = useState(false);
  const subject = mail.subject || t`(no subject)`;
  const sender = mail.sender || t`(no sender)`;
  const { recipient } = mail;
  const go = async () => {
    setTrying(true);
    const outcome = toOutcome(await tryAgain({ id: mail.id }), (data) => data.tryMailAgain);
    setTrying(false);
    const refusal = outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`;
    showToast(outcome.kind === "done" ? t`The mail is being tried again` : refusal);
    onTried();
  };
  return (
    <li className="row">
      <div className="row-main">
        <strong>{subject}</strong>
        <span>{mail.reason}</span>
        <span className="faint">
          <Trans>
            {sender} to {recipient}
          </Trans>
          {" · "}
          <Time at={mail.receivedAt} />
        </span>
      </div>
      <Button isDisabled={isTrying} aria-label={t`Try ${subject} again`} onClick={() => void go()}>
        <Trans>Try again</Trans>
      </Button>
    </li>
  );
}
