import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "../../../../shared/ui/Button.tsx";
import { Time } from "../../../../shared/ui/Time.tsx";
import type { PolicyVersionPartsFragment } from "./lifecycle.gen.ts";

interface Props {
  versions: readonly PolicyVersionPartsFragment[];
  onTake: (version: PolicyVersionPartsFragment) => void;
}

/** The versions that were, with who follows them; each can be taken up again. */
export function Versions({ versions, onTake }: Props) {
  const { t } = useLingui();
  return (
    <section className="grid gap-3" aria-labelledby="versions">
      <h3 id="versions">
        <Trans>Versions</Trans>
      </h3>
      <ul className="rows">
        {versions.map((each) => (
          <li key={each.id} className="row">
            <span className="row-main">
              <strong>
                {each.version} · {each.name}
              </strong>
              <span className="faint">
                <Time at={each.createdAt} mode="absolute" />
                {each.createdBy && ` · ${each.createdBy}`}
                {" · "}
                <Plural value={each.openTickets} one="# open ticket" other="# open tickets" />
              </span>
            </span>
            {each.isCurrent ? (
              <span className="faint">
                <Trans>Current</Trans>
              </span>
            ) : (
              <Button look="plain" aria-label={t`Edit from version ${each.version}`} onClick={() => onTake(each)}>
                <Trans>Edit from here</Trans>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
