import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { useTitle } from "../../title.ts";
import { showToast } from "../../toasts.ts";
import {
  AdminTokensDocument,
  type ApiTokenPartsFragment,
  CreateApiTokenDocument,
  RevokeApiTokenDocument,
} from "./connections.gen.ts";
import { useAdminForm } from "./form.ts";
import { SaveBar } from "./SaveBar.tsx";

/** Programs of the company that use the API, each by a token that is shown once. */
export function TokensPage() {
  const { t } = useLingui();
  useTitle(t`API tokens`);
  const [{ data, error }, ask] = useQuery({ query: AdminTokensDocument });
  const [, create] = useMutation(CreateApiTokenDocument);
  const [made, setMade] = useState<string>();
  const refresh = () => ask({ requestPolicy: "network-only" });
  const form = useAdminForm({
    saved: { name: "" },
    labels: { name: t`API token` },
    save: async ({ name }) => toOutcome(await create({ name, scopes: ["cards"] }), (data) => data.createApiToken),
    onSaved: (value) => {
      if (value.__typename === "NewApiToken") setMade(value.token);
      refresh();
    },
    canUndo: false,
  });
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;
  const tokens = data.apiTokens as ApiTokenPartsFragment[];

  return (
    <section className="admin-page">
      <div className="grid gap-2">
        <h2>
          <Trans>API tokens</Trans>
        </h2>
        <p className="lead">
          <Trans>
            A billing system tells which card pays for a client. Its token may do that and nothing else: it reads no
            request, no client and no setting.
          </Trans>
        </p>
      </div>
      {made && <NewToken token={made} onKept={() => setMade(undefined)} />}
      {tokens.length > 0 && (
        <ul className="rows">
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onChanged={refresh} />
          ))}
        </ul>
      )}
      <form ref={form.form} className="admin-form" onSubmit={form.submit} noValidate>
        <TextField
          label={t`Name of the program`}
          hint={t`So that you know later what would stop if it is revoked.`}
          value={form.values.name}
          problem={form.problemOf("name")}
          onChange={(event) => form.set("name", event.target.value)}
        />
        <SaveBar
          changed={form.changed}
          problem={form.formProblem}
          isSaving={form.isSaving}
          onDiscard={form.discard}
          verb={t`Make a token for cards`}
        />
      </form>
    </section>
  );
}

function NewToken({ token, onKept }: { token: string; onKept: () => void }) {
  const { t } = useLingui();
  const copy = async () => {
    await navigator.clipboard.writeText(token);
    showToast(t`The token was copied`);
  };
  return (
    <Banner tone="good">
      <div className="grid gap-3">
        <p>
          <Trans>Keep this token now: it is not shown again.</Trans>
        </p>
        <code>{token}</code>
        <div className="flex flex-wrap gap-3">
          <Button look="primary" onClick={() => void copy()}>
            <Trans>Copy</Trans>
          </Button>
          <Button look="plain" onClick={onKept}>
            <Trans>I have kept it</Trans>
          </Button>
        </div>
      </div>
    </Banner>
  );
}

function TokenRow({ token, onChanged }: { token: ApiTokenPartsFragment; onChanged: () => void }) {
  const { t } = useLingui();
  const [, revoke] = useMutation(RevokeApiTokenDocument);
  const { name, createdBy } = token;
  const go = async () => {
    const outcome = toOutcome(await revoke({ id: token.id }), (data) => data.revokeApiToken);
    const refusal = outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`;
    showToast(outcome.kind === "done" ? t`${name} is revoked` : refusal);
    onChanged();
  };
  return (
    <li className="row" data-archived={token.revokedAt !== null || undefined}>
      <div className="row-main">
        <strong>{name}</strong>
        <span className="faint">
          {createdBy ? <Trans>Made by {createdBy}</Trans> : <Trans>Made</Trans>} <Time at={token.createdAt} />
          {" · "}
          {token.lastUsedAt ? (
            <>
              <Trans>last used</Trans> <Time at={token.lastUsedAt} />
            </>
          ) : (
            <Trans>not used yet</Trans>
          )}
        </span>
      </div>
      {token.revokedAt ? (
        <span className="pill">
          <Trans>Revoked</Trans>
        </span>
      ) : (
        <Button look="danger" aria-label={t`Revoke ${name}`} onClick={() => void go()}>
          <Trans>Revoke</Trans>
        </Button>
      )}
    </li>
  );
}
