import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useRef, useState } from "react";
import { useActions } from "../../../../shared/keyboard/actions.ts";
import { lazySlot } from "../../../../shared/ui/lazySlot.tsx";
import { Menu } from "../../../../shared/ui/Menu.tsx";
import type { DeskTicketQuery } from "../ticket.gen.ts";
import { type Selection, SelectionContext } from "./selection.ts";

const splitBar = lazySlot(() => import("./SplitBar.tsx").then((module) => module.SplitBar));
const mergePicker = lazySlot(() => import("./MergePicker.tsx").then((module) => module.MergePicker));

type Ticket = NonNullable<DeskTicketQuery["ticket"]>;

/** Splitting and merging the open ticket: its actions, the button that offers them, and what stands on the screen for them. */
export function useMoves(ticket: Ticket) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<ReadonlySet<string>>();
  const [merges, setMerges] = useState(false);
  const more = useRef<HTMLSpanElement>(null);
  const { number, abilities } = ticket;
  const group = t`Ticket #${number}`;
  const split = {
    id: "ticket.split",
    name: t`Split off messages`,
    group,
    keys: "x",
    isEnabled: abilities.split && chosen === undefined,
    perform: () => setChosen(new Set()),
  };
  const merge = {
    id: "ticket.merge",
    name: t`Merge with another ticket`,
    group,
    keys: "m",
    isEnabled: abilities.merge,
    perform: () => setMerges(true),
  };
  const cancel = () => setChosen(undefined);
  useActions([
    split,
    merge,
    {
      id: "ticket.split.cancel",
      name: t`Choose no messages`,
      group,
      keys: "escape",
      isHidden: true,
      isEnabled: chosen !== undefined,
      whileTyping: false,
      perform: cancel,
    },
  ]);
  const selection: Selection | null = chosen
    ? {
        chosen,
        toggle: (id) =>
          setChosen((before) => {
            const next = new Set(before);
            if (!next.delete(id)) next.add(id);
            return next;
          }),
        onDone: () => document.querySelector<HTMLElement>(".split-bar input")?.focus(),
      }
    : null;

  return {
    button: (abilities.split || abilities.merge) && (
      <span ref={more}>
        <Menu
          label={t`More actions`}
          entries={[split, merge].map((each) => ({
            id: each.id,
            label: each.name,
            keys: each.keys,
            isDisabled: !each.isEnabled,
          }))}
          onChoose={(id) => (id === split.id ? split.perform() : merge.perform())}
        >
          <button type="button" className="crumb-button" aria-label={t`More actions`}>
            ⋯
          </button>
        </Menu>
      </span>
    ),
    picker: merges && <mergePicker.Slot ticket={ticket} anchor={more} onClose={() => setMerges(false)} />,
    /** The conversation, in which messages can be chosen. */
    around: (conversation: ReactNode) => <SelectionContext value={selection}>{conversation}</SelectionContext>,
    /** Stands where one writes, while there is nothing to write. */
    instead: chosen ? (
      <splitBar.Slot ticket={ticket} chosen={chosen} onClose={cancel} />
    ) : ticket.goesOnIn ? (
      <p className="composer text-ink-2">
        <Trans>
          This ticket goes on in{" "}
          <Link to="/tickets/$number" params={{ number: String(ticket.goesOnIn.number) }} className="link">
            #{ticket.goesOnIn.number} {ticket.goesOnIn.subject}
          </Link>
        </Trans>
      </p>
    ) : undefined,
  };
}
