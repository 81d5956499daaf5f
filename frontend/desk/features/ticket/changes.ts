import { useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { type Outcome, toOutcome } from "../../../shared/gql/problem.ts";
import type { Priority } from "../../../shared/gql/schema.gen.ts";
import { priorityNames } from "../../priorities.ts";
import { showToast } from "../../toasts.ts";
import {
  AskForProofDocument,
  AssignDocument,
  type DeskTicketPartsFragment,
  type MembersQuery,
  SetPriorityDocument,
  SetStatusDocument,
  TransferDocument,
} from "./ticket.gen.ts";

type Result = Promise<Outcome<unknown>>;

export interface TicketChanges {
  assign(memberId: string | null): Result;
  transfer(departmentId: string, departmentName: string, note: string, withoutProof?: string): Result;
  setStatus(key: string, withoutProof?: string): Result;
  /** With a department, for what a ticket needs before it may go there. */
  askForProof(departmentId?: string): Result;
  setPriority(priority: Priority): Result;
}

/** The changes of a ticket. Each shows at once, says what it did and offers the way back; a refusal is handed back. */
export function useTicketChanges(ticket: DeskTicketPartsFragment, members: MembersQuery["members"]): TicketChanges {
  const { t } = useLingui();
  const [, assign] = useMutation(AssignDocument);
  const [, transfer] = useMutation(TransferDocument);
  const [, setStatus] = useMutation(SetStatusDocument);
  const [, setPriority] = useMutation(SetPriorityDocument);
  const [, askForProof] = useMutation(AskForProofDocument);
  const { number } = ticket;
  const memberOf = (personId: string | undefined) =>
    members.find((member) => member.person.id === personId)?.id ?? null;

  const said = (outcome: Outcome<unknown>, message: string, undo?: () => Promise<unknown>) => {
    if (outcome.kind === "done") showToast(message, undo && (() => void undo()));
    return outcome;
  };

  return {
    async assign(memberId) {
      const before = memberOf(ticket.assignee?.id);
      const member = members.find((each) => each.id === memberId);
      const outcome = toOutcome(await assign({ number, memberId }), (data) => data.assign);
      const name = member?.person.name;
      const message = member?.you
        ? t`#${number} is yours`
        : name
          ? t`#${number} went to ${name}`
          : t`#${number} is nobody’s`;
      return said(outcome, message, () => assign({ number, memberId: before }));
    },
    async transfer(departmentId, departmentName, note, withoutProof) {
      const before = ticket.department.id;
      const outcome = toOutcome(
        await transfer({
          number,
          departmentId,
          note: note.trim() === "" ? null : note.trim(),
          withoutProof,
        }),
        (data) => data.transfer,
      );
      return said(outcome, t`#${number} went to ${departmentName}, with its place in the queue`, () =>
        transfer({ number, departmentId: before, note: null }),
      );
    },
    async setStatus(key, withoutProof) {
      const before = ticket.status.key;
      const outcome = toOutcome(await setStatus({ number, status: key, withoutProof }), (data) => data.setStatus);
      const name = ticket.abilities.statuses.find((status) => status.key === key)?.name ?? key;
      return said(outcome, t`#${number} is now “${name}”`, () => setStatus({ number, status: before }));
    },
    async askForProof(departmentId) {
      const outcome = toOutcome(await askForProof({ number, departmentId }), (data) => data.askForProof);
      return said(outcome, t`A link to prove it is on its way to the address on file`);
    },
    async setPriority(priority) {
      const before = ticket.priority;
      const outcome = toOutcome(await setPriority({ number, priority }), (data) => data.setPriority);
      const name = t(priorityNames[priority]);
      return said(outcome, t`#${number} has priority “${name}”`, () => setPriority({ number, priority: before }));
    },
  };
}
