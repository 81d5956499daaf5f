import type { CodegenConfig } from "@graphql-codegen/cli";

const scalars = { ID: "string", DateTime: "string" };

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
