/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from './schema.gen.ts';

import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How sure it is who asks; the order is fixed. */
export type Level =
  | 'CARD'
  | 'EMAIL'
  | 'NONE'
  | 'PASSWORD'
  | 'SECOND_FACTOR'
  | 'SIGNED_IN';

/** What a status means, whatever a company calls it. */
export type Meaning =
  | 'CLOSED'
  | 'NEW'
  | 'ON_HOLD'
  | 'OPEN'
  | 'SOLVED'
  | 'WAITING_FOR_CLIENT';

/** How something was proved. */
export type ProofMethod =
  | 'CARD'
  | 'EMAIL'
  | 'PASSKEY'
  | 'PASSWORD'
  | 'PIN'
  | 'SIGNED_IN'
  | 'TOTP';

export type ProblemPartsFragment = { __typename: 'Problem', code: string, message: string, field: string | null };

export type AttestationPartsFragment = { __typename: 'Attestation', method: Types.ProofMethod, level: Types.Level, at: string, by: string, recordedBy: string | null, address: string, expiresAt: string | null, scope: string };

export type StatusPartsFragment = { __typename: 'Status', key: string, name: string, clientName: string, meaning: Types.Meaning };

export type MailStatePartsFragment = { __typename: 'MailState', recipient: string, state: string, at: string, reason: string | null };

export const ProblemPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]} as unknown as DocumentNode<ProblemPartsFragment, unknown>;
export const AttestationPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AttestationParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Attestation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"by"}},{"kind":"Field","name":{"kind":"Name","value":"recordedBy"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}}]}}]} as unknown as DocumentNode<AttestationPartsFragment, unknown>;
export const StatusPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StatusParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Status"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}},{"kind":"Field","name":{"kind":"Name","value":"meaning"}}]}}]} as unknown as DocumentNode<StatusPartsFragment, unknown>;
export const MailStatePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MailStateParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MailState"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"recipient"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]} as unknown as DocumentNode<MailStatePartsFragment, unknown>;