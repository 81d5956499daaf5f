import { Trans, useLingui } from "@lingui/react/macro";
import { type RefObject, useState } from "react";
import { useQuery } from "urql";
import type { Outcome } from "../../../shared/gql/problem.ts";
import type { Priority } from "../../../shared/gql/schema.gen.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { TextArea } from "../../../shared/ui/Field.tsx";
import { priorities, priorityNames } from "../../priorities.ts";
import { DeskDepartmentsDocument } from "../../start.gen.ts";
import type { TicketChanges } from "./changes.ts";
import { HeldStep, heldBack } from "./HeldStep.tsx";
import { Picker } from "./Picker.tsx";
import { CategoryPicker, ProjectPicker } from "./RoutingPickers.tsx";
import type { RoutingChanges } from "./routingChanges.ts";
import type { DeskTicketPartsFragment, MembersQuery } from "./ticket.gen.ts";

export type PickerKind = "assign" | "transfer" | "status" | "priority" | "category" | "project";

interface Props {
  kind: PickerKind;
  ticket: DeskTicketPartsFragment;
  members: MembersQuery["members"];
  changes: TicketChanges;
  routing: RoutingChanges;
  onAsk: (departmentId?: string) => void;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  onOutcome: (outcome: Outcome<unknown>) => void;
}

export function TicketPickers(props: Props) {
  switch (props.kind) {
    case "assign":
      return <AssignPicker {...props} />;
    case "transfer":
      return <TransferPicker {...props} />;
    case "status":
      return <StatusPicker {...props} />;
    case "priority":
      return <PriorityPicker {...props} />;
    case "category":
      return <CategoryPicker {...props} changes={props.routing} />;
    case "project":
      return <ProjectPicker {...props} changes={props.routing} />;
  }
}

const NOBODY = "nobody";

function AssignPicker({ ticket, members, changes, anchor, onClose, onOutcome }: Props) {
  const { t } = useLingui();
  const inDepartment = (member: Props["members"][number]) =>
    member.departments.some((department) => department.id === ticket.department.id);
  // Colleagues of the department come first; each group keeps the server's order.
  const active = members.filter((member) => member.active);
  const people = [...active.filter(inDepartment), ...active.filter((member) => !inDepartment(member))];
  return (
    <Picker
      label={t`Assign to`}
      placeholder={t`Name of a colleague`}
      anchor={anchor}
      onClose={onClose}
      options={[
        ...people.map((member) => ({
          id: member.id,
          name: member.you ? t`${member.person.name} (you)` : member.person.name,
          hint: [
            inDepartment(member) ? ticket.department.name : undefined,
            member.presence.state === "AWAY" ? t`away` : undefined,
          ]
            .filter(Boolean)
            .join(" · "),
          isCurrent: member.person.id === ticket.assignee?.id,
        })),
        { id: NOBODY, name: t`Nobody`, isCurrent: ticket.assignee === null },
      ]}
      onChoose={(id) => {
        onClose();
        void changes.assign(id === NOBODY ? null : id).then(onOutcome);
      }}
    />
  );
}

function StatusPicker({ ticket, changes, onAsk, anchor, onClose, onOutcome }: Props) {
  const { t } = useLingui();
  const [target, setTarget] = useState<string>();
  const held = heldBack(ticket, "SET_STATUS", target);
  const set = (key: string, withoutProof?: string) => {
    onClose();
    void changes.setStatus(key, withoutProof).then(onOutcome);
  };
  return (
    <Picker
      label={t`Set status`}
      placeholder={t`Status`}
      anchor={anchor}
      onClose={onClose}
      options={ticket.abilities.statuses.map((status) => ({
        id: status.key,
        name: status.name,
        hint: t`client sees “${status.clientName}”`,
        isHeld: heldBack(ticket, "SET_STATUS", status.key) !== undefined,
      }))}
      onChoose={(key) => (heldBack(ticket, "SET_STATUS", key) ? setTarget(key) : set(key))}
    >
      {held && target && (
        <HeldStep
          held={held}
          mayGoOn={ticket.abilities.goOnWithoutProof}
          asked={ticket.proofAsked}
          onAsk={onAsk}
          onGoOn={(reason) => set(target, reason)}
          onCancel={onClose}
        />
      )}
    </Picker>
  );
}

function PriorityPicker({ ticket, changes, anchor, onClose, onOutcome }: Props) {
  const { t } = useLingui();
  return (
    <Picker
      label={t`Set priority`}
      placeholder={t`Priority`}
      anchor={anchor}
      onClose={onClose}
      options={priorities.map((each) => ({
        id: each,
        name: t(priorityNames[each]),
        isCurrent: each === ticket.priority,
      }))}
      onChoose={(priority) => {
        onClose();
        void changes.setPriority(priority as Priority).then(onOutcome);
      }}
    />
  );
}

/** Where to, and then, if one likes, a sentence for the colleagues there. */
function TransferPicker({ ticket, changes, onAsk, anchor, onClose, onOutcome }: Props) {
  const { t } = useLingui();
  const [{ data }] = useQuery({ query: DeskDepartmentsDocument });
  const [target, setTarget] = useState<{ id: string; name: string }>();
  const [note, setNote] = useState("");
  const [goesOn, setGoesOn] = useState<string>();
  const held = goesOn === undefined ? heldBack(ticket, "TRANSFER", target?.id) : undefined;
  const departments =
    data?.departments.filter(({ id, archivedAt }) => id !== ticket.department.id && !archivedAt) ?? [];
  const move = () => {
    if (!target) return;
    onClose();
    void changes.transfer(target.id, target.name, note, goesOn).then(onOutcome);
  };
  return (
    <Picker
      label={t`Transfer to`}
      placeholder={t`Name of a department`}
      anchor={anchor}
      onClose={onClose}
      options={departments.map(({ id, name }) => ({
        id,
        name,
        isHeld: heldBack(ticket, "TRANSFER", id) !== undefined,
      }))}
      onChoose={(id) => setTarget(departments.find((department) => department.id === id))}
    >
      {held ? (
        <HeldStep
          held={held}
          mayGoOn={ticket.abilities.goOnWithoutProof}
          asked={ticket.proofAsked}
          onAsk={() => {
            onClose();
            onAsk(target?.id);
          }}
          onGoOn={setGoesOn}
          onCancel={() => setTarget(undefined)}
        />
      ) : (
        target && (
          <form
            className="grid gap-3 p-3"
            onSubmit={(event) => {
              event.preventDefault();
              move();
            }}
          >
            <TextArea
              label={t`Transfer to ${target.name}`}
              hint={t`A sentence for the colleagues there, if you like. The client does not see it.`}
              autoFocus
              rows={2}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
                  event.preventDefault();
                  move();
                }
              }}
            />
            <div className="flex gap-2">
              <Button type="submit" look="primary">
                <Trans>Transfer</Trans>
              </Button>
              <Button
                look="plain"
                onClick={() => {
                  setTarget(undefined);
                  setGoesOn(undefined);
                }}
              >
                <Trans>Choose another</Trans>
              </Button>
            </div>
          </form>
        )
      )}
    </Picker>
  );
}
