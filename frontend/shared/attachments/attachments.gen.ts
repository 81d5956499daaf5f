/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../gql/schema.gen.ts';

import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Why a file that came by mail was not taken. */
export type AttachmentRefusal =
  | 'EMPTY'
  | 'SIZE'
  | 'SPACE'
  | 'TYPE';

/** Whether a file is there: READY; CHECKING: the virus scanner has not seen it yet; INFECTED: kept apart, never given out; REFUSED: it came by mail and was not taken, `refusedBecause` says why. */
export type AttachmentState =
  | 'CHECKING'
  | 'INFECTED'
  | 'READY'
  | 'REFUSED';

export type AttachmentPartsFragment = { __typename: 'Attachment', id: string, name: string, size: number, state: Types.AttachmentState, refusedBecause: Types.AttachmentRefusal | null, url: string, smallUrl: string | null, largeUrl: string | null };

export type WhatFilesAreTakenQueryVariables = Exact<{ [key: string]: never; }>;


export type WhatFilesAreTakenQuery = { __typename: 'Query', attachmentRules: { __typename: 'AttachmentRules', mostBytes: number, mostPerMessage: number, refusedTypes: Array<string> } };

export const AttachmentPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AttachmentParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Attachment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"refusedBecause"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"smallUrl"}},{"kind":"Field","name":{"kind":"Name","value":"largeUrl"}}]}}]} as unknown as DocumentNode<AttachmentPartsFragment, unknown>;
export const WhatFilesAreTakenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WhatFilesAreTaken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attachmentRules"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"mostBytes"}},{"kind":"Field","name":{"kind":"Name","value":"mostPerMessage"}},{"kind":"Field","name":{"kind":"Name","value":"refusedTypes"}}]}}]}}]} as unknown as DocumentNode<WhatFilesAreTakenQuery, WhatFilesAreTakenQueryVariables>;