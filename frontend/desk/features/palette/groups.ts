import type { Action } from "../../../shared/keyboard/actions.ts";

/** The actions under their headings, in the order in which the headings first appear. */
export function byGroup(actions: readonly Action[]): [name: string, actions: Action[]][] {
  const groups = new Map<string, Action[]>();
  for (const action of actions) {
    const group = groups.get(action.group);
    if (group) group.push(action);
    else groups.set(action.group, [action]);
  }
  return [...groups];
}
