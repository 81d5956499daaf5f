import { msg } from "@lingui/core/macro";
import type { Priority } from "../shared/gql/schema.gen.ts";

/** The most urgent first. */
export const priorityNames = {
  CRITICAL: msg`Critical`,
  URGENT: msg`Urgent`,
  HIGH: msg`High`,
  MEDIUM: msg`Medium`,
  LOW: msg`Low`,
} satisfies Record<Priority, unknown>;

export const priorities = Object.keys(priorityNames) as Priority[];
