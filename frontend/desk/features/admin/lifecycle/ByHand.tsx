import { Trans, useLingui } from "@lingui/react/macro";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { Select } from "../../../../shared/ui/Field.tsx";
import { byHand, isEnd, type Member, type PolicyDraft, type StatusDraft, setByHand } from "./policy.ts";
import { named } from "./words.ts";

interface Props {
  policy: PolicyDraft;
  status: StatusDraft;
  at: (path: string) => string | undefined;
  onChange: (policy: PolicyDraft) => void;
}

/** Who may set which other status from this one, by hand or with an answer. */
export function ByHand({ policy, status, at, onChange }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  return (
    <fieldset className="field">
      <legend>
        <Trans>Who may set another status from here</Trans>
      </legend>
      <span className="hint">
        <Trans>By hand or with an answer. What agents may, leads and admins may too.</Trans>
      </span>
      <ul className="by-hand">
        {policy.statuses
          .filter(({ key }) => key !== status.key)
          .map((to) => {
            const by = byHand(policy, status.key, to.key);
            const member = by.find((who): who is Member => who !== "client") ?? "";
            const isClients = by.includes("client");
            const name = named(to.names, locale);
            const place = policy.transitions.findIndex((each) => each.source === status.key && each.to === to.key);
            return (
              <li key={to.key}>
                <Select
                  label={name}
                  value={member}
                  problem={at(`transitions.${place}`) ?? at(`transitions.${place}.by`)}
                  onChange={({ target }) =>
                    onChange(setByHand(policy, status.key, to.key, target.value as Member | "", isClients))
                  }
                >
                  <option value="">{t`nobody`}</option>
                  <option value="agent">{t`agents`}</option>
                  <option value="lead">{t`leads`}</option>
                  <option value="admin">{t`admins`}</option>
                </Select>
                {(isEnd(to) || isClients) && (
                  <label className="check">
                    <input
                      type="checkbox"
                      checked={isClients}
                      aria-label={t`The client may set ${name}`}
                      onChange={({ target }) => onChange(setByHand(policy, status.key, to.key, member, target.checked))}
                    />
                    <Trans>the client too</Trans>
                  </label>
                )}
              </li>
            );
          })}
      </ul>
    </fieldset>
  );
}
