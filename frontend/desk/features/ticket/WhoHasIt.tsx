import { Trans } from "@lingui/react/macro";
import { Keys } from "../../../shared/keyboard/Keys.tsx";
import type { DeskTicketPartsFragment } from "./ticket.gen.ts";
import type { TicketActions } from "./ticketActions.ts";

interface Props {
  ticket: DeskTicketPartsFragment;
  actions: TicketActions;
}

/** Why the ticket is with whom it is, and how it changes hands while somebody is away. */
export function WhoHasIt({ ticket, actions }: Props) {
  const { assignment, assignee } = ticket;
  if (!assignment || !assignee) return null;
  const { byRule, assigneeAway, takenOverFrom, sentence } = assignment;
  if (!byRule && !assigneeAway && !takenOverFrom) return null;
  return (
    <p className="related">
      {(byRule || takenOverFrom) && <>{sentence}. </>}
      {assigneeAway && (
        <>
          <Trans>{assignee.name} is away.</Trans>{" "}
        </>
      )}
      {actions.takeOver.isEnabled && (
        <button type="button" className="link" onClick={actions.takeOver.perform}>
          {actions.takeOver.name} <Keys keys={actions.takeOver.keys} />
        </button>
      )}
      {actions.handBack.isEnabled && (
        <button type="button" className="link" onClick={actions.handBack.perform}>
          {actions.handBack.name} <Keys keys={actions.handBack.keys} />
        </button>
      )}
    </p>
  );
}
