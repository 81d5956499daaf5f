/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../shared/gql/schema.gen.ts';

import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** On which side of a ticket someone stands. */
export type AuthorSide =
  | 'CLIENT'
  | 'STAFF'
  | 'SYSTEM';

/** The typeface of a portal. */
export type Font =
  | 'INTER'
  | 'SERIF'
  | 'SYSTEM';

/** What someone on the staff may do. */
export type MemberRole =
  | 'ADMIN'
  | 'AGENT'
  | 'LEAD'
  | 'OWNER';

/** How something was proved. */
export type ProofMethod =
  | 'CARD'
  | 'EMAIL'
  | 'PASSKEY'
  | 'PASSWORD'
  | 'PIN'
  | 'SIGNED_IN'
  | 'TOTP';

export type DeskCompanyPartsFragment = { __typename: 'Company', id: string, name: string, language: string, timeZone: string, priorityChoice: boolean, secretDays: number, replyWaitSeconds: number, proofMethods: Array<Types.ProofMethod>, mailDomain: string, brand: { __typename: 'Brand', name: string, logoUrl: string | null, primaryColor: string, secondaryColor: string | null, font: Types.Font, stylesheetUrl: string } };

export type DeskDepartmentPartsFragment = { __typename: 'Department', id: string, name: string, position: number, archivedAt: string | null };

export type DeskStartQueryVariables = Exact<{ [key: string]: never; }>;


export type DeskStartQuery = { __typename: 'Query', company: (
    { __typename: 'Company' }
    & DeskCompanyPartsFragment
  ), security: { __typename: 'Security', mustSetUp: boolean } | null, viewer: { __typename: 'Viewer', id: string, name: string, email: string, language: string, side: Types.AuthorSide, memberRole: Types.MemberRole | null, abilities: { __typename: 'ViewerAbilities', useDesk: boolean, administer: boolean } } | null };

export type DeskDepartmentsQueryVariables = Exact<{ [key: string]: never; }>;


export type DeskDepartmentsQuery = { __typename: 'Query', departments: Array<(
    { __typename: 'Department' }
    & DeskDepartmentPartsFragment
  )> };

export type DeskCompanyChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type DeskCompanyChangedSubscription = { __typename: 'Subscription', companyChanged: (
    { __typename: 'Company' }
    & DeskCompanyPartsFragment
  ) };

export const DeskCompanyPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeskCompanyParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Company"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"priorityChoice"}},{"kind":"Field","name":{"kind":"Name","value":"secretDays"}},{"kind":"Field","name":{"kind":"Name","value":"replyWaitSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"proofMethods"}},{"kind":"Field","name":{"kind":"Name","value":"mailDomain"}},{"kind":"Field","name":{"kind":"Name","value":"brand"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"logoUrl"}},{"kind":"Field","name":{"kind":"Name","value":"primaryColor"}},{"kind":"Field","name":{"kind":"Name","value":"secondaryColor"}},{"kind":"Field","name":{"kind":"Name","value":"font"}},{"kind":"Field","name":{"kind":"Name","value":"stylesheetUrl"}}]}}]}}]} as unknown as DocumentNode<DeskCompanyPartsFragment, unknown>;
export const DeskDepartmentPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeskDepartmentParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Department"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"archivedAt"}}]}}]} as unknown as DocumentNode<DeskDepartmentPartsFragment, unknown>;
export const DeskStartDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeskStart"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"company"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeskCompanyParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"security"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"mustSetUp"}}]}},{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"memberRole"}},{"kind":"Field","name":{"kind":"Name","value":"abilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"useDesk"}},{"kind":"Field","name":{"kind":"Name","value":"administer"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeskCompanyParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Company"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"priorityChoice"}},{"kind":"Field","name":{"kind":"Name","value":"secretDays"}},{"kind":"Field","name":{"kind":"Name","value":"replyWaitSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"proofMethods"}},{"kind":"Field","name":{"kind":"Name","value":"mailDomain"}},{"kind":"Field","name":{"kind":"Name","value":"brand"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"logoUrl"}},{"kind":"Field","name":{"kind":"Name","value":"primaryColor"}},{"kind":"Field","name":{"kind":"Name","value":"secondaryColor"}},{"kind":"Field","name":{"kind":"Name","value":"font"}},{"kind":"Field","name":{"kind":"Name","value":"stylesheetUrl"}}]}}]}}]} as unknown as DocumentNode<DeskStartQuery, DeskStartQueryVariables>;
export const DeskDepartmentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeskDepartments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"departments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeskDepartmentParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeskDepartmentParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Department"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"archivedAt"}}]}}]} as unknown as DocumentNode<DeskDepartmentsQuery, DeskDepartmentsQueryVariables>;
export const DeskCompanyChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"DeskCompanyChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeskCompanyParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeskCompanyParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Company"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"priorityChoice"}},{"kind":"Field","name":{"kind":"Name","value":"secretDays"}},{"kind":"Field","name":{"kind":"Name","value":"replyWaitSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"proofMethods"}},{"kind":"Field","name":{"kind":"Name","value":"mailDomain"}},{"kind":"Field","name":{"kind":"Name","value":"brand"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"logoUrl"}},{"kind":"Field","name":{"kind":"Name","value":"primaryColor"}},{"kind":"Field","name":{"kind":"Name","value":"secondaryColor"}},{"kind":"Field","name":{"kind":"Name","value":"font"}},{"kind":"Field","name":{"kind":"Name","value":"stylesheetUrl"}}]}}]}}]} as unknown as DocumentNode<DeskCompanyChangedSubscription, DeskCompanyChangedSubscriptionVariables>;