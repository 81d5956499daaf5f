import { msg } from "@lingui/core/macro";
import type { Category } from "../shared/gql/schema.gen.ts";

export const categoryNames = {
  QUESTION: msg`Question`,
  WORK_REQUEST: msg`Work request`,
  PROJECT_MESSAGE: msg`Project message`,
} satisfies Record<Category, unknown>;

export const categories = Object.keys(categoryNames) as Category[];
