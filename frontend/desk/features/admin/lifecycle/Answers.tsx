import { useLingui } from "@lingui/react/macro";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import type { StatusDraft } from "./policy.ts";
import { named } from "./words.ts";

interface Props {
  label: string;
  statuses: readonly StatusDraft[];
  chosen: readonly string[];
  problem: string | undefined;
  onChange: (chosen: string[]) => void;
}

/** The statuses that an answer may be sent with; the last of those that are offered is the usual one. */
export function Answers({ label, statuses, chosen, problem, onChange }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const usual = chosen.at(-1);
  return (
    <fieldset className="field answers">
      <legend>{label}</legend>
      {problem && <span className="problem">{problem}</span>}
      {statuses.map(({ key, names }) => {
        const name = named(names, locale);
        const isChosen = chosen.includes(key);
        return (
          <div key={key} className="answer">
            <label className="check">
              <input
                type="checkbox"
                checked={isChosen}
                onChange={({ target }) => onChange(without(chosen, key, target.checked))}
              />
              {name}
            </label>
            {isChosen && (
              <label className="check">
                <input
                  type="radio"
                  name={label}
                  checked={key === usual}
                  aria-label={t`${name} is the usual one`}
                  onChange={() => onChange([...chosen.filter((each) => each !== key), key])}
                />
                <span className="faint">{t`the usual one`}</span>
              </label>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

/** A status that is added stands first, so that the usual one stays the usual one. */
function without(chosen: readonly string[], key: string, isAdded: boolean): string[] {
  const others = chosen.filter((each) => each !== key);
  return isAdded ? [key, ...others] : others;
}
