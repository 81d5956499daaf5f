import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { useLocale } from "../../../shared/i18n/locale.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Select } from "../../../shared/ui/Field.tsx";
import { lazySlot } from "../../../shared/ui/lazySlot.tsx";
import { useNow } from "../../../shared/ui/now.ts";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { Switch } from "../../../shared/ui/Switch.tsx";
import { useDesk } from "../../desk.ts";
import type { DeskCompanyPartsFragment } from "../../start.gen.ts";
import { useTitle } from "../../title.ts";
import { showToast } from "../../toasts.ts";
import { AdminCompanyDocument, SetPriorityChoiceDocument, UpdateLanguageDocument } from "./admin.gen.ts";
import { useAdminForm } from "./form.ts";
import { SaveBar } from "./SaveBar.tsx";
import { SecretDays } from "./SecretDays.tsx";

const replyWait = lazySlot(() => import("./ReplyWait.tsx").then((module) => module.ReplyWait));

export function LanguagePage() {
  const { t } = useLingui();
  useTitle(t`Language and rules`);
  const [{ data, error }, ask] = useQuery({ query: AdminCompanyDocument });
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;
  const company = data.company as DeskCompanyPartsFragment;
  return (
    <section className="admin-page">
      <h2>
        <Trans>Language and rules</Trans>
      </h2>
      <LanguageForm company={company} />
      <PriorityChoice company={company} />
      <replyWait.Slot seconds={company.replyWaitSeconds} />
      <SecretDays days={company.secretDays} />
    </section>
  );
}

function LanguageForm({ company }: { company: DeskCompanyPartsFragment }) {
  const { t } = useLingui();
  const locale = useLocale();
  const now = useNow();
  const { refetch } = useDesk();
  const [, update] = useMutation(UpdateLanguageDocument);
  const { language, timeZone } = company;
  const form = useAdminForm({
    saved: { language, timeZone },
    labels: { language: t`language`, timeZone: t`time zone` },
    save: async (values) => toOutcome(await update(values), (data) => data.updateLanguage),
    onSaved: refetch,
  });
  const { values, set } = form;
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: values.timeZone }).format(now);
  const zones = Intl.supportedValuesOf("timeZone");

  return (
    <form ref={form.form} className="admin-form" onSubmit={form.submit} noValidate>
      <Select
        label={t`Language`}
        hint={t`Of the portal, of the mails and of the names of statuses. It changes for clients at once.`}
        value={values.language}
        problem={form.problemOf("language")}
        onChange={(event) => set("language", event.target.value)}
      >
        {[...new Set(["en", "nl", language])].map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {new Intl.DisplayNames(tag, { type: "language" }).of(tag)}
          </option>
        ))}
      </Select>
      <Select
        label={t`Time zone`}
        hint={t`Times in mails are told in it. It is ${time} there now.`}
        value={values.timeZone}
        problem={form.problemOf("timeZone")}
        onChange={(event) => set("timeZone", event.target.value)}
      >
        {(zones.includes(timeZone) ? zones : [timeZone, ...zones]).map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </Select>
      <SaveBar changed={form.changed} problem={form.formProblem} isSaving={form.isSaving} onDiscard={form.discard} />
    </form>
  );
}

/** A switch takes effect when it is turned, and can be turned back. */
function PriorityChoice({ company }: { company: DeskCompanyPartsFragment }) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [, setChoice] = useMutation(SetPriorityChoiceDocument);
  const [problem, setProblem] = useState<string>();

  const turn = async (allowed: boolean, isUndo = false) => {
    const outcome = toOutcome(await setChoice({ allowed }), (data) => data.setPriorityChoice);
    if (outcome.kind === "done") {
      setProblem(undefined);
      showToast(
        allowed ? t`Clients choose the priority` : t`Clients no longer choose the priority`,
        isUndo ? undefined : () => void turn(!allowed, true),
      );
      refetch();
    } else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`);
  };

  return (
    <section className="grid gap-2">
      <h3>
        <Trans>Priority</Trans>
      </h3>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <Switch
        checked={company.priorityChoice}
        aria-describedby="priority-effect"
        onChange={(event) => void turn(event.target.checked)}
      >
        <Trans>Clients choose the priority of a request</Trans>
      </Switch>
      <p id="priority-effect" className="lead">
        {company.priorityChoice ? (
          <Trans>The form asks how urgent it is, from low to critical. The queue puts urgent ones first.</Trans>
        ) : (
          <Trans>Every request comes in at medium priority. The staff can change it on the ticket.</Trans>
        )}
      </p>
    </section>
  );
}
