import { msg } from "@lingui/core/macro";
import type { Priority } from "../../../shared/gql/schema.gen.ts";

/** How urgent a request is, in the words of who asks. */
export const priorities: Record<Priority, { id: string; message?: string }> = {
  LOW: msg`Low: when there is time`,
  MEDIUM: msg`Medium`,
  HIGH: msg`High: work is held up`,
  URGENT: msg`Urgent: work has stopped`,
  CRITICAL: msg`Critical: everything is down`,
};
