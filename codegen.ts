import type { CodegenConfig } from "@graphql-codegen/cli";
import { Kind, visit } from "graphql";

const scalars = { ID: "string", DateTime: "string" };

type DocumentTransform = NonNullable<
  Extract<CodegenConfig["generates"][string], { documentTransforms?: unknown }>["documentTransforms"]
>[number];

/** Asks for `__typename` in every selection but the roots: what the client does not ask for, its cache leaves out. */
const withTypenames: DocumentTransform = {
  transform: ({ documents }) =>
    documents.map((file) => ({
      ...file,
      document:
        file.document &&
        visit(file.document, {
          SelectionSet(node, _key, parent) {
            const isRoot =
              parent && !Array.isArray(parent) && "kind" in parent && parent.kind === Kind.OPERATION_DEFINITION;
            const isThere = node.selections.some(
              (each) => each.kind === Kind.FIELD && each.name.value === "__typename",
            );
            if (isRoot || isThere) return undefined;
            const typename = { kind: Kind.FIELD as const, name: { kind: Kind.NAME as const, value: "__typename" } };
            return { ...node, selections: [typename, ...node.selections] };
          },
        }),
    })),
};

const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: "frontend/**/*.graphql",
  generates: {
    "frontend/shared/gql/schema.gen.ts": {
      plugins: ["typescript"],
      config: { scalars, enumsAsTypes: true, useTypeImports: true, onlyOperationTypes: true },
    },
    "frontend/": {
      preset: "near-operation-file",
      documentTransforms: [withTypenames],
      presetConfig: { baseTypesPath: "shared/gql/schema.gen.ts", extension: ".gen.ts" },
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        scalars,
        enumsAsTypes: true,
        useTypeImports: true,
        avoidOptionals: { field: true },
        importExtension: ".ts",
        // Every selection names its type, so that refusals and the cache can tell one from another.
        nonOptionalTypename: true,
        inlineFragmentTypes: "combine",
      },
    },
  },
};

export default config;
