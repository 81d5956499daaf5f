/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../../../shared/gql/schema.gen.ts';

import type { ProblemPartsFragment } from '../../../../shared/gql/fragments.gen.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Sizes in MB; `refusedTypes` are endings of names. */
export type AttachmentRulesInput = {
  mailMb: number;
  mostMb: number;
  refusedTypes: Array<string>;
  spaceMb: number;
  unscanned: boolean;
};

export type FileRulesQueryVariables = Exact<{ [key: string]: never; }>;


export type FileRulesQuery = { __typename: 'Query', attachmentRules: (
    { __typename: 'AttachmentRules' }
    & FileRulesPartsFragment
  ) };

export type SetFileRulesMutationVariables = Exact<{
  input: Types.AttachmentRulesInput;
}>;


export type SetFileRulesMutation = { __typename: 'Mutation', setAttachmentRules:
    | (
      { __typename: 'AttachmentRules' }
      & FileRulesPartsFragment
    )
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type FileRulesPartsFragment = { __typename: 'AttachmentRules', mostBytes: number, refusedTypes: Array<string>, spaceMb: number | null, usedMb: number | null, mailMb: number | null, unscanned: boolean | null, scans: boolean | null };

export const FileRulesPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FileRulesParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AttachmentRules"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"mostBytes"}},{"kind":"Field","name":{"kind":"Name","value":"refusedTypes"}},{"kind":"Field","name":{"kind":"Name","value":"spaceMb"}},{"kind":"Field","name":{"kind":"Name","value":"usedMb"}},{"kind":"Field","name":{"kind":"Name","value":"mailMb"}},{"kind":"Field","name":{"kind":"Name","value":"unscanned"}},{"kind":"Field","name":{"kind":"Name","value":"scans"}}]}}]} as unknown as DocumentNode<FileRulesPartsFragment, unknown>;
export const FileRulesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FileRules"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attachmentRules"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"FileRulesParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FileRulesParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AttachmentRules"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"mostBytes"}},{"kind":"Field","name":{"kind":"Name","value":"refusedTypes"}},{"kind":"Field","name":{"kind":"Name","value":"spaceMb"}},{"kind":"Field","name":{"kind":"Name","value":"usedMb"}},{"kind":"Field","name":{"kind":"Name","value":"mailMb"}},{"kind":"Field","name":{"kind":"Name","value":"unscanned"}},{"kind":"Field","name":{"kind":"Name","value":"scans"}}]}}]} as unknown as DocumentNode<FileRulesQuery, FileRulesQueryVariables>;
export const SetFileRulesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetFileRules"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AttachmentRulesInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setAttachmentRules"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AttachmentRules"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"FileRulesParts"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FileRulesParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AttachmentRules"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"mostBytes"}},{"kind":"Field","name":{"kind":"Name","value":"refusedTypes"}},{"kind":"Field","name":{"kind":"Name","value":"spaceMb"}},{"kind":"Field","name":{"kind":"Name","value":"usedMb"}},{"kind":"Field","name":{"kind":"Name","value":"mailMb"}},{"kind":"Field","name":{"kind":"Name","value":"unscanned"}},{"kind":"Field","name":{"kind":"Name","value":"scans"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]} as unknown as DocumentNode<SetFileRulesMutation, SetFileRulesMutationVariables>;