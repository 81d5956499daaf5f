import { useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { type Outcome, toOutcome } from "../../../shared/gql/problem.ts";
import type { Category } from "../../../shared/gql/schema.gen.ts";
import { categoryNames } from "../../categories.ts";
import { showToast } from "../../toasts.ts";
import { HandBackDocument, SetCategoryDocument, SetProjectDocument, TakeOverDocument } from "./routing.gen.ts";
import type { DeskTicketPartsFragment } from "./ticket.gen.ts";

type Result = Promise<Outcome<unknown>>;

export interface RoutingChanges {
  setCategory(category: Category): Result;
  setProject(projectId: string | null, name: string | undefined): Result;
  takeOver(): Result;
  handBack(): Result;
}

/** What a ticket is and whose it is while somebody is away. Each says what it did and, where there is one, the way back. */
export function useRoutingChanges(ticket: DeskTicketPartsFragment): RoutingChanges {
  const { t } = useLingui();
  const [, setCategory] = useMutation(SetCategoryDocument);
  const [, setProject] = useMutation(SetProjectDocument);
  const [, takeOver] = useMutation(TakeOverDocument);
  const [, handBack] = useMutation(HandBackDocument);
  const { number } = ticket;

  const said = (outcome: Outcome<unknown>, message: string, undo?: () => Promise<unknown>) => {
    if (outcome.kind === "done") showToast(message, undo && (() => void undo()));
    return outcome;
  };

  return {
    async setCategory(category) {
      const before = ticket.category;
      const outcome = toOutcome(await setCategory({ number, category }), (data) => data.setCategory);
      const name = t(categoryNames[category]);
      return said(outcome, t`#${number} is now: ${name}`, () => setCategory({ number, category: before }));
    },
    async setProject(projectId, name) {
      const before = ticket.project?.id ?? null;
      const outcome = toOutcome(await setProject({ number, projectId }), (data) => data.setProject);
      const message = name ? t`#${number} belongs to ${name}` : t`#${number} belongs to no project`;
      return said(outcome, message, () => setProject({ number, projectId: before }));
    },
    async takeOver() {
      const outcome = toOutcome(await takeOver({ number }), (data) => data.takeOver);
      return said(outcome, t`#${number} is yours until they are back`);
    },
    async handBack() {
      const name = ticket.assignment?.takenOverFrom?.name ?? "";
      const outcome = toOutcome(await handBack({ number }), (data) => data.handBack);
      return said(outcome, t`#${number} went back to ${name}`);
    },
  };
}
