import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { buildSchema, isAbstractType, isObjectType } from "graphql";
import { expect, test } from "vitest";
import { embedded, possibleTypes } from "./schemaFacts.ts";

const schema = buildSchema(readFileSync(resolve(import.meta.dirname, "../../../schema.graphql"), "utf8"));
const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith("__"));
const roots = ["Query", "Mutation", "Subscription"];

test("every type without an id is kept inside its parent", () => {
  const without = types
    .filter(isObjectType)
    .filter((type) => !roots.includes(type.name) && !type.getFields()["id"])
    .map((type) => type.name);
  const listed = embedded.filter((name) => !["Attestation", "Timer"].includes(name));
  expect(listed.toSorted()).toEqual(without.toSorted());
});

test("every union and interface names its types", () => {
  const abstract = types.filter(isAbstractType);
  const names = abstract.map((type) => [
    type.name,
    schema
      .getPossibleTypes(type)
      .map((each) => each.name)
      .toSorted(),
  ]);
  expect(possibleTypes).toEqual(Object.fromEntries(names));
});
