import type { Cache } from "@urql/exchange-graphcache";
import type { CacheRules } from "../../../shared/gql/client.ts";
import { type PersonPartsFragment, PersonPartsFragmentDoc } from "../../row.gen.ts";
import type {
  AssignMutationVariables,
  SetPriorityMutationVariables,
  SetStatusMutationVariables,
  TransferMutationVariables,
} from "./ticket.gen.ts";

/**
 * What an action will change, shown before the server has confirmed it; when the server refuses, the cache takes it back
 * by itself. Actions are offered for an open ticket only, so what they need is in the cache.
 */
export function actionRules(): CacheRules {
  return {
    optimistic: {
      assign: (args, cache) => {
        const { number, memberId } = args as unknown as AssignMutationVariables;
        return changed(cache, number, { assignee: memberId ? personOf(cache, memberId) : null });
      },
      transfer: (args, cache) => {
        const { number, departmentId } = args as unknown as TransferMutationVariables;
        const name = cache.resolve({ __typename: "Department", id: departmentId }, "name");
        return changed(cache, number, { department: { __typename: "Department", id: departmentId, name } });
      },
      setStatus: (args, cache) => {
        const { number, status } = args as unknown as SetStatusMutationVariables;
        return changed(cache, number, { status: statusOf(cache, number, status) });
      },
      setPriority: (args, cache) => {
        const { number, priority } = args as unknown as SetPriorityMutationVariables;
        return changed(cache, number, { priority });
      },
    },
  };
}

function ticketKey(cache: Cache, number: number): string | null {
  return cache.resolve("Query", "ticket", { number }) as string | null;
}

function changed(cache: Cache, number: number, fields: Record<string, unknown>) {
  const id = cache.resolve(ticketKey(cache, number), "id") as string;
  return { __typename: "Ticket", id, ...fields } as { __typename: string; id: string };
}

function personOf(cache: Cache, memberId: string): PersonPartsFragment | null {
  const key = cache.resolve({ __typename: "Member", id: memberId }, "person") as string | null;
  const id = cache.resolve(key, "id") as string | null;
  return id ? (cache.readFragment(PersonPartsFragmentDoc, { __typename: "Person", id }) as PersonPartsFragment) : null;
}

function statusOf(cache: Cache, number: number, wanted: string) {
  const abilities = cache.resolve(ticketKey(cache, number), "abilities") as string | null;
  const offered = (cache.resolve(abilities, "statuses") ?? []) as string[];
  const key = offered.find((each) => cache.resolve(each, "key") === wanted);
  if (!key) throw new Error(`The status ${wanted} is not offered on #${number}.`);
  const read = (field: string) => cache.resolve(key, field);
  return {
    __typename: "Status",
    key: wanted,
    name: read("name"),
    clientName: read("clientName"),
    meaning: read("meaning"),
  };
}
