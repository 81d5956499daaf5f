import { Trans, useLingui } from "@lingui/react/macro";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { Button } from "../../../../shared/ui/Button.tsx";
import { Select, TextField } from "../../../../shared/ui/Field.tsx";
import { Radio } from "../../../../shared/ui/Radio.tsx";
import { ByHand } from "./ByHand.tsx";
import { LadderEditor } from "./LadderEditor.tsx";
import { Messages } from "./Messages.tsx";
import { changeStatus, type Meaning, type PolicyDraft, removeStatus, type StatusDraft, setLadder } from "./policy.ts";
import { meaningEffects, meaningNames, named } from "./words.ts";

interface Props {
  policy: PolicyDraft;
  status: StatusDraft;
  reminders: readonly string[];
  at: (path: string) => string | undefined;
  onChange: (policy: PolicyDraft) => void;
}

const languages = ["en", "nl"] as const;

/** All that can be said of one status. */
export function StatusPanel({ policy, status, reminders, at, onChange }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const { key } = status;
  const path = `statuses.${policy.statuses.findIndex((each) => each.key === key)}`;
  const name = named(status.names, locale);
  const languageName = (language: string) =>
    new Intl.DisplayNames([locale], { type: "language" }).of(language) ?? language;
  const rename = (field: "names" | "client_names", language: string, value: string) => {
    const { [language]: _, ...others } = status[field];
    onChange(changeStatus(policy, key, { [field]: value === "" ? others : { ...others, [language]: value } }));
  };
  const whole = at(path);
  return (
    <section className="status-panel" aria-labelledby="chosen-status">
      <header className="status-head">
        <h3 id="chosen-status">{name}</h3>
        {policy.statuses.length > 1 && (
          <Button look="plain" aria-label={t`Remove ${name}`} onClick={() => onChange(removeStatus(policy, key))}>
            <Trans>Remove</Trans>
          </Button>
        )}
      </header>
      {whole && <p className="problem">{whole}</p>}
      <div className="status-names">
        {languages.map((language) => {
          const spoken = languageName(language);
          return (
            <div key={language} className="status-names-pair">
              <TextField
                label={t`Name for staff (${spoken})`}
                value={status.names[language] ?? ""}
                maxLength={60}
                problem={at(`${path}.names.${language}`) ?? (language === "en" ? at(`${path}.names`) : undefined)}
                onChange={({ target }) => rename("names", language, target.value)}
              />
              <TextField
                label={t`Name for clients (${spoken})`}
                value={status.client_names[language] ?? ""}
                maxLength={60}
                problem={
                  at(`${path}.client_names.${language}`) ?? (language === "en" ? at(`${path}.client_names`) : undefined)
                }
                onChange={({ target }) => rename("client_names", language, target.value)}
              />
            </div>
          );
        })}
      </div>
      <Select
        label={t`What it means`}
        hint={t(meaningEffects[status.meaning])}
        value={status.meaning}
        onChange={({ target }) => onChange(changeStatus(policy, key, { meaning: target.value as Meaning }))}
      >
        {(Object.keys(meaningNames) as Meaning[]).map((meaning) => (
          <option key={meaning} value={meaning}>
            {t(meaningNames[meaning])}
          </option>
        ))}
      </Select>
      {(status.meaning === "open" || status.meaning === "new" || policy.initial === key) && (
        <div className="field">
          <Radio name="initial" checked={policy.initial === key} onChange={() => onChange({ ...policy, initial: key })}>
            <Trans>A new ticket begins here</Trans>
          </Radio>
          {policy.initial === key && at("initial") && <span className="problem">{at("initial")}</span>}
        </div>
      )}
      <Messages policy={policy} status={status} at={at} onChange={onChange} />
      <LadderEditor
        key={key}
        policy={policy}
        status={status}
        reminders={reminders}
        at={at}
        onChange={(ladder) => onChange(setLadder(policy, key, ladder))}
      />
      <ByHand policy={policy} status={status} at={at} onChange={onChange} />
    </section>
  );
}
