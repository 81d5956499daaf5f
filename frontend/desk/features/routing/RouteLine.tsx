import { Trans, useLingui } from "@lingui/react/macro";
import type { Category, RouteMoment, RouteStep } from "../../../shared/gql/schema.gen.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Select } from "../../../shared/ui/Field.tsx";
import { Switch } from "../../../shared/ui/Switch.tsx";
import { categories, categoryNames } from "../../categories.ts";
import type { RouteDraft } from "./routeDrafts.ts";
import { momentNames, moments, stepEffects, stepNames, steps } from "./words.ts";

interface Props {
  draft: RouteDraft;
  place: number;
  departments: readonly { id: string; name: string }[];
  onChange: (value: Partial<RouteDraft>) => void;
  onRemove: () => void;
  onMove: (by: 1 | -1) => void;
  onClose: () => void;
  isFirst: boolean;
  isLast: boolean;
}

const ALL = "";

/** One route, as a sentence that is filled in: what it fits, when, and whom to look for in which order. */
export function RouteLine({ draft, place, departments, onChange, onRemove, onMove, onClose, isFirst, isLast }: Props) {
  const { t } = useLingui();
  const toggle = (moment: RouteMoment) =>
    onChange({
      moments: draft.moments.includes(moment)
        ? draft.moments.filter((each) => each !== moment)
        : moments.filter((each) => each === moment || draft.moments.includes(each)),
    });
  const left = steps.filter((step) => !draft.steps.includes(step));
  const namesSomebody = draft.steps.some((step) => step !== "NEXT_AVAILABLE");

  return (
    <div className="route" role="group" aria-label={t`Line ${place}`}>
      <div className="route-line">
        <Select
          label={t`Line ${place}: requests that are`}
          value={draft.category ?? ALL}
          onChange={(event) => onChange({ category: (event.target.value || null) as Category | null })}
        >
          <option value={ALL}>{t`of any kind`}</option>
          {categories.map((each) => (
            <option key={each} value={each}>
              {t(categoryNames[each])}
            </option>
          ))}
        </Select>
        <Select
          label={t`in`}
          value={draft.departmentId ?? ALL}
          onChange={(event) => onChange({ departmentId: event.target.value || null })}
        >
          <option value={ALL}>{t`any department`}</option>
          {departments.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <span className="route-order">
          <Button look="plain" aria-label={t`Move line ${place} up`} isDisabled={isFirst} onClick={() => onMove(-1)}>
            ↑
          </Button>
          <Button look="plain" aria-label={t`Move line ${place} down`} isDisabled={isLast} onClick={() => onMove(1)}>
            ↓
          </Button>
          <Button look="plain" aria-label={t`Remove line ${place}`} onClick={onRemove}>
            <Trans>Remove</Trans>
          </Button>
        </span>
      </div>
      <div className="route-parts">
        <fieldset className="field checks">
          <legend>
            <Trans>When</Trans>
          </legend>
          {moments.map((moment) => (
            <label key={moment} className="check">
              <input type="checkbox" checked={draft.moments.includes(moment)} onChange={() => toggle(moment)} />
              {t(momentNames[moment])}
            </label>
          ))}
        </fieldset>
        <fieldset className="field">
          <legend>
            <Trans>Give it to</Trans>
          </legend>
          <ol>
            {draft.steps.map((step, at) => (
              <li key={step}>
                <span title={t(stepEffects[step])}>{t(stepNames[step])}</span>
                {at > 0 && (
                  <Button
                    look="plain"
                    aria-label={t`${t(stepNames[step])} earlier`}
                    onClick={() => onChange({ steps: swapped(draft.steps, at) })}
                  >
                    ↑
                  </Button>
                )}
                <Button
                  look="plain"
                  aria-label={t`Without ${t(stepNames[step])}`}
                  onClick={() => onChange({ steps: draft.steps.filter((each) => each !== step) })}
                >
                  ×
                </Button>
              </li>
            ))}
          </ol>
          <p className="ends">
            <Trans>otherwise it waits</Trans>
          </p>
          {left.length > 0 && (
            <Select
              label={t`Add a rule`}
              hideLabel
              className="compact"
              value={ALL}
              onChange={(event) => onChange({ steps: [...draft.steps, event.target.value as RouteStep] })}
            >
              <option value={ALL}>{t`or else…`}</option>
              {left.map((step) => (
                <option key={step} value={step}>
                  {t(stepNames[step])}
                </option>
              ))}
            </Select>
          )}
        </fieldset>
      </div>
      {namesSomebody && (
        <Switch checked={draft.offShift} onChange={(event) => onChange({ offShift: event.target.checked })}>
          <Trans>Also outside their hours: it waits for them, whoever else is in</Trans>
        </Switch>
      )}
      <div>
        <Button look="quiet" onClick={onClose}>
          <Trans>Close the line</Trans>
        </Button>
      </div>
    </div>
  );
}

function swapped(list: readonly RouteStep[], at: number): RouteStep[] {
  const [one, other] = [list[at - 1], list[at]];
  return one && other ? list.toSpliced(at - 1, 2, other, one) : [...list];
}
