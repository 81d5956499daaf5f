import { Trans, useLingui } from "@lingui/react/macro";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { Select, TextField } from "../../../../shared/ui/Field.tsx";
import { Switch } from "../../../../shared/ui/Switch.tsx";
import { Answers } from "./Answers.tsx";
import { isEnd, type PolicyDraft, type StatusDraft, takesMessages } from "./policy.ts";
import { named } from "./words.ts";

interface Props {
  policy: PolicyDraft;
  status: StatusDraft;
  at: (path: string) => string | undefined;
  onChange: (policy: PolicyDraft) => void;
}

/** What a message does in a status: the client's, their thanks, and an agent's answer. */
export function Messages({ policy, status, at, onChange }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const { key } = status;
  const follows = policy.client_message[key] ?? "";
  const own = policy.replies_in[key];
  const { [key]: _, ...othersAnswers } = policy.replies_in;
  const { [key]: __, ...othersThanks } = policy.thanks;
  const reopensClosed = status.meaning === "closed" && !["follow_up", "refuse"].includes(follows);
  const offered = policy.statuses.filter((each) => takesMessages(each) || each.key === follows);
  return (
    <>
      <Select
        label={t`When the client writes`}
        value={follows}
        problem={at(`client_message.${key}`)}
        onChange={({ target }) =>
          onChange({ ...policy, client_message: { ...policy.client_message, [key]: target.value } })
        }
      >
        {follows === "" && <option value="">–</option>}
        {offered.map((to) => {
          const name = named(to.names, locale);
          return (
            <option key={to.key} value={to.key}>
              {to.key === key ? t`it stays ${name}` : t`it becomes ${name}`}
            </option>
          );
        })}
        <option value="nothing">{t`the message is kept and nothing changes`}</option>
        <option value="follow_up">{t`a new, linked ticket is made`}</option>
        <option value="refuse">{t`the message is refused, with an explanation`}</option>
      </Select>
      {reopensClosed && <ReopenWindow policy={policy} at={at} onChange={onChange} />}
      {status.meaning !== "closed" && (
        <Select
          label={t`When the client says that all is fine`}
          value={policy.thanks[key] ?? ""}
          problem={at(`thanks.${key}`)}
          onChange={({ target: { value } }) =>
            onChange({ ...policy, thanks: value ? { ...othersThanks, [key]: value } : othersThanks })
          }
        >
          <option value="">{t`nothing changes`}</option>
          {policy.statuses
            .filter((to) => isEnd(to) && to.key !== key)
            .map((to) => {
              const name = named(to.names, locale);
              return (
                <option key={to.key} value={to.key}>
                  {t`it becomes ${name}`}
                </option>
              );
            })}
        </Select>
      )}
      <fieldset className="field">
        <legend>
          <Trans>When an agent answers here</Trans>
        </legend>
        <Switch
          checked={own !== undefined}
          onChange={({ target: { checked } }) =>
            onChange({
              ...policy,
              replies_in: checked
                ? { ...othersAnswers, [key]: status.meaning === "closed" ? [] : [...policy.replies] }
                : othersAnswers,
            })
          }
        >
          <Trans>Offers other statuses than elsewhere</Trans>
        </Switch>
        {own !== undefined && (
          <Answers
            label={t`An answer here may be sent with`}
            statuses={policy.statuses}
            chosen={own}
            problem={at(`replies_in.${key}`)}
            onChange={(replies) => onChange({ ...policy, replies_in: { ...policy.replies_in, [key]: replies } })}
          />
        )}
        {own === undefined && status.meaning === "closed" && (
          <span className="hint">
            <Trans>A closed ticket is not answered.</Trans>
          </span>
        )}
      </fieldset>
    </>
  );
}

function ReopenWindow({ policy, at, onChange }: Omit<Props, "status">) {
  const { t } = useLingui();
  const window = policy.reopening;
  return (
    <fieldset className="field">
      <legend>
        <Trans>For how long a message reopens a closed ticket</Trans>
      </legend>
      <Switch
        checked={window !== null}
        onChange={({ target: { checked } }) =>
          onChange({ ...policy, reopening: checked ? { within_hours: 720, after: "follow_up" } : null })
        }
      >
        <Trans>Only for some time</Trans>
      </Switch>
      {window && (
        <div className="ladder-step">
          <TextField
            label={t`Days`}
            type="number"
            min="0"
            step="any"
            value={String(window.within_hours / 24)}
            problem={at("reopening.within_hours") ?? at("reopening")}
            onChange={({ target }) =>
              onChange({ ...policy, reopening: { ...window, within_hours: Number(target.value) * 24 } })
            }
          />
          <Select
            label={t`Later messages`}
            value={window.after}
            onChange={({ target }) =>
              onChange({
                ...policy,
                reopening: { ...window, after: target.value === "refuse" ? "refuse" : "follow_up" },
              })
            }
          >
            <option value="follow_up">{t`make a new, linked ticket`}</option>
            <option value="refuse">{t`are refused, with an explanation`}</option>
          </Select>
        </div>
      )}
    </fieldset>
  );
}
