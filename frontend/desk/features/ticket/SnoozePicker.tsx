import { Trans, useLingui } from "@lingui/react/macro";
import { type RefObject, useState } from "react";
import { Button } from "../../../shared/ui/Button.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Picker } from "./Picker.tsx";

export interface Snoozing {
  hours?: number;
  until?: string;
}

interface Props {
  anchor: RefObject<HTMLElement | null>;
  onChoose: (choice: Snoozing) => void;
  onClose: () => void;
}

const UNTIL = "until";

/** For a while, or until a moment: the first timer that is pending moves there, and the others with it. */
export function SnoozePicker({ anchor, onChoose, onClose }: Props) {
  const { t } = useLingui();
  const [asksUntil, setAsksUntil] = useState(false);
  const [until, setUntil] = useState("");
  const choices = new Map<string, { name: string; choice: () => Snoozing }>([
    ["4h", { name: t`4 hours longer`, choice: () => ({ hours: 4 }) }],
    ["1d", { name: t`A day longer`, choice: () => ({ hours: 24 }) }],
    ["3d", { name: t`3 days longer`, choice: () => ({ hours: 72 }) }],
    ["1w", { name: t`A week longer`, choice: () => ({ hours: 168 }) }],
  ]);
  return (
    <Picker
      label={t`Snooze`}
      placeholder={t`How long`}
      anchor={anchor}
      onClose={onClose}
      options={[...[...choices].map(([id, { name }]) => ({ id, name })), { id: UNTIL, name: t`Until a day and time…` }]}
      onChoose={(id) => {
        if (id === UNTIL) setAsksUntil(true);
        const chosen = choices.get(id);
        if (chosen) onChoose(chosen.choice());
      }}
    >
      {asksUntil ? (
        <form
          className="grid gap-3 p-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (until !== "") onChoose({ until: new Date(until).toISOString() });
          }}
        >
          <TextField
            type="datetime-local"
            label={t`Nothing happens until`}
            autoFocus
            required
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
          <Button type="submit" look="primary">
            <Trans>Snooze</Trans>
          </Button>
        </form>
      ) : undefined}
    </Picker>
  );
}
