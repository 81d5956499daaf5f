import { Trans } from "@lingui/react/macro";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { Button } from "../../../../shared/ui/Button.tsx";
import { statusOf } from "./faults.ts";
import type { PolicyDraft } from "./policy.ts";
import type { Fault } from "./useCheck.ts";
import { named } from "./words.ts";

interface Props {
  faults: readonly Fault[];
  policy: PolicyDraft;
  onChoose: (key: string) => void;
}

/** All that is wrong, each with the way to where it is mended. */
export function FaultList({ faults, policy, onChoose }: Props) {
  const locale = useLocale();
  if (faults.length === 0) return null;
  return (
    <section className="fault-list" aria-labelledby="faults">
      <h3 id="faults">
        <Trans>To mend before this can be saved</Trans>
      </h3>
      <ul>
        {faults.map((fault) => {
          const key = statusOf(fault, policy);
          const status = policy.statuses.find((each) => each.key === key);
          return (
            <li key={`${fault.path} ${fault.code}`}>
              {status && key ? (
                <Button look="plain" onClick={() => onChoose(key)}>
                  {named(status.names, locale)}
                </Button>
              ) : null}
              <span>{fault.message}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
