import { useLingui } from "@lingui/react/macro";
import type { Action } from "../../../shared/keyboard/actions.ts";
import type { Tab } from "./drafts.ts";
import type { PickerKind } from "./TicketPickers.tsx";
import type { DeskTicketPartsFragment } from "./ticket.gen.ts";

interface Doings {
  write: (tab: Tab) => void;
  pick: (kind: PickerKind) => void;
  askForProof: () => void;
  /** Undefined where no PIN can be heard. */
  hearPin: (() => void) | undefined;
  /** Undefined where there is nothing to take. */
  takeIt: (() => void) | undefined;
  takeOver: () => void;
  handBack: () => void;
}

/** What can be done with the open ticket: the buttons' tooltips, the keys and the palette all read these. */
export function useTicketActionList(ticket: DeskTicketPartsFragment, doings: Doings) {
  const { t } = useLingui();
  const { abilities, number } = ticket;
  const group = t`Ticket #${number}`;
  const { write, pick, askForProof } = doings;
  const takenOverFrom = ticket.assignment?.takenOverFrom?.name;
  return {
    reply: {
      id: "ticket.reply",
      name: t`Reply`,
      group,
      keys: "r",
      isEnabled: abilities.reply,
      perform: () => write("reply"),
    },
    note: {
      id: "ticket.note",
      name: t`Add a note`,
      group,
      keys: "n",
      isEnabled: abilities.note,
      perform: () => write("note"),
    },
    take: {
      id: "ticket.take",
      name: t`Assign to me`,
      group,
      keys: "a",
      isEnabled: abilities.assign && doings.takeIt !== undefined,
      perform: () => doings.takeIt?.(),
    },
    assign: {
      id: "ticket.assign",
      name: t`Assign to…`,
      group,
      keys: "shift+a",
      isEnabled: abilities.assign,
      perform: () => pick("assign"),
    },
    transfer: {
      id: "ticket.transfer",
      name: t`Transfer to a department`,
      group,
      keys: "t",
      isEnabled: abilities.transfer,
      perform: () => pick("transfer"),
    },
    status: {
      id: "ticket.status",
      name: t`Set status`,
      group,
      keys: "s",
      isEnabled: abilities.setStatus && abilities.statuses.length > 0,
      perform: () => pick("status"),
    },
    priority: {
      id: "ticket.priority",
      name: t`Set priority`,
      group,
      keys: "p",
      isEnabled: abilities.setStatus,
      perform: () => pick("priority"),
    },
    category: {
      id: "ticket.category",
      name: t`Say what it is`,
      group,
      keys: "y",
      isEnabled: abilities.categorise,
      perform: () => pick("category"),
    },
    project: {
      id: "ticket.project",
      name: t`Choose its project`,
      group,
      keys: "shift+p",
      isEnabled: abilities.categorise && ticket.client !== null,
      perform: () => pick("project"),
    },
    takeOver: {
      id: "ticket.takeOver",
      name: t`Take over`,
      group,
      keys: "shift+t",
      isEnabled: abilities.takeOver,
      perform: doings.takeOver,
    },
    handBack: {
      id: "ticket.handBack",
      name: takenOverFrom ? t`Hand back to ${takenOverFrom}` : t`Hand back`,
      group,
      keys: "shift+b",
      isEnabled: abilities.handBack,
      perform: doings.handBack,
    },
    ask: {
      id: "ticket.ask",
      name: t`Ask for proof`,
      group,
      keys: "v",
      isEnabled: abilities.askForProof,
      perform: askForProof,
    },
    pin: {
      id: "ticket.pin",
      name: t`Record a proof by voice`,
      group,
      keys: "shift+v",
      isEnabled: doings.hearPin !== undefined,
      perform: () => doings.hearPin?.(),
    },
  } satisfies Record<string, Action>;
}

export type TicketActions = ReturnType<typeof useTicketActionList>;
