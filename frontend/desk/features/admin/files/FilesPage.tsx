import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../../shared/gql/problem.ts";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { ErrorState } from "../../../../shared/ui/ErrorState.tsx";
import { TextArea, TextField } from "../../../../shared/ui/Field.tsx";
import { Skeleton } from "../../../../shared/ui/Skeleton.tsx";
import { Switch } from "../../../../shared/ui/Switch.tsx";
import { useTitle } from "../../../title.ts";
import { useAdminForm } from "../form.ts";
import { SaveBar } from "../SaveBar.tsx";
import { FileRulesDocument, type FileRulesPartsFragment, SetFileRulesDocument } from "./files.gen.ts";

const MIB = 1_048_576;

/** Which files the company takes, and how much of them. */
export function FilesPage() {
  const { t } = useLingui();
  useTitle(t`Files`);
  const [{ data, error }, ask] = useQuery({ query: FileRulesDocument });
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;
  return (
    <section className="admin-page">
      <h2>
        <Trans>Files</Trans>
      </h2>
      <p className="lead">
        <Trans>
          What clients and colleagues may send along. Pictures are shown drawn anew; everything else is a download.
        </Trans>
      </p>
      <Space rules={data.attachmentRules} />
      <RulesForm rules={data.attachmentRules} onSaved={() => ask({ requestPolicy: "network-only" })} />
    </section>
  );
}

function Space({ rules }: { rules: FileRulesPartsFragment }) {
  const { t } = useLingui();
  const locale = useLocale();
  const [usedMb, spaceMb] = [rules.usedMb ?? 0, rules.spaceMb ?? 1];
  const inWords = (megabytes: number) =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: megabytes < 1024 ? "megabyte" : "gigabyte",
      maximumFractionDigits: 1,
    }).format(megabytes < 1024 ? megabytes : megabytes / 1024);
  const [used, space] = [inWords(usedMb), inWords(spaceMb)];
  return (
    <div className="grid gap-2">
      <p className="num">
        <Trans>
          {used} of {space} in use
        </Trans>
      </p>
      <meter aria-label={t`Space in use`} min={0} max={spaceMb} high={spaceMb * 0.9} value={usedMb} />
    </div>
  );
}

function RulesForm({ rules, onSaved }: { rules: FileRulesPartsFragment; onSaved: () => void }) {
  const { t } = useLingui();
  const [, save] = useMutation(SetFileRulesDocument);
  const form = useAdminForm({
    saved: {
      mostMb: String(Math.round(rules.mostBytes / MIB)),
      spaceMb: String(rules.spaceMb ?? 0),
      mailMb: String(rules.mailMb ?? 0),
      refusedTypes: rules.refusedTypes.join(", "),
      unscanned: rules.unscanned ?? false,
    },
    labels: {
      mostMb: t`largest file`,
      spaceMb: t`space`,
      mailMb: t`files with mails`,
      refusedTypes: t`kinds that are not taken`,
      unscanned: t`files that were not checked`,
    },
    save: async (values) =>
      toOutcome(
        await save({
          input: {
            mostMb: whole(values.mostMb),
            spaceMb: whole(values.spaceMb),
            mailMb: whole(values.mailMb),
            refusedTypes: values.refusedTypes.split(/[\s,;]+/).filter(Boolean),
            unscanned: values.unscanned,
          },
        }),
        (data) => data.setAttachmentRules,
      ),
    onSaved,
  });
  const { values, set } = form;
  const number = (field: "mostMb" | "spaceMb" | "mailMb", label: string, hint: string) => (
    <TextField
      label={label}
      hint={hint}
      type="number"
      inputMode="numeric"
      min={0}
      value={values[field]}
      problem={form.problemOf(field)}
      onChange={(event) => set(field, event.target.value)}
    />
  );
  return (
    <form ref={form.form} className="admin-form" onSubmit={form.submit} noValidate>
      {number("mostMb", t`Largest file, in MB`, t`From 1 to 1024. Reading an upload stops there.`)}
      {number("spaceMb", t`Space for all files, in MB`, t`When it is full no new files are taken; requests still are.`)}
      {number(
        "mailMb",
        t`Files that go with a mailed answer, in MB`,
        t`From 0 to 25. What is larger waits with the request, and the mail says so.`,
      )}
      <TextArea
        label={t`Kinds that are not taken`}
        hint={t`Endings of names, such as exe. A program is known by its first bytes too, whatever its name says.`}
        rows={3}
        spellCheck={false}
        value={values.refusedTypes}
        problem={form.problemOf("refusedTypes")}
        onChange={(event) => set("refusedTypes", event.target.value)}
      />
      <div className="grid gap-2">
        <Switch
          checked={values.unscanned}
          aria-describedby="unscanned-effect"
          onChange={(event) => set("unscanned", event.target.checked)}
        >
          <Trans>Give files out before the virus scanner has seen them</Trans>
        </Switch>
        <p id="unscanned-effect" className="lead">
          {rules.scans ? (
            <Trans>Off: a file waits for its verdict, seconds as a rule. Infected files are never given out.</Trans>
          ) : (
            <Trans>No virus scanner is set up on this installation: files are given out as they come.</Trans>
          )}
        </p>
      </div>
      <SaveBar changed={form.changed} problem={form.formProblem} isSaving={form.isSaving} onDiscard={form.discard} />
    </form>
  );
}

/** What is no number is none that is offered: the server says so. */
function whole(typed: string): number {
  const number = Math.trunc(Number(typed));
  return Number.isSafeInteger(number) && Math.abs(number) < 2 ** 31 ? number : -1;
}
