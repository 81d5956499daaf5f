export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  DateTime: { input: string; output: string; }
};

export type Audience =
  | 'APPROVERS'
  | 'CLIENTS'
  | 'EVERYONE';

export type AuthorSide =
  | 'CLIENT'
  | 'STAFF'
  | 'SYSTEM';

export type BrandInput = {
  font: Font;
  name: Scalars['String']['input'];
  primaryColor: Scalars['String']['input'];
  secondaryColor?: InputMaybe<Scalars['String']['input']>;
};

export type Channel =
  | 'DESK'
  | 'EMAIL'
  | 'PORTAL';

export type ContactRole =
  | 'MAY_APPROVE'
  | 'MEMBER'
  | 'OWNER';

export type DepartmentInput = {
  audience: Audience;
  description: Scalars['String']['input'];
  name: Scalars['String']['input'];
  proofLevel: Level;
};

export type Font =
  | 'INTER'
  | 'SERIF'
  | 'SYSTEM';

export type KindInput = {
  departmentId: Scalars['ID']['input'];
  description: Scalars['String']['input'];
  name: Scalars['String']['input'];
  proofLevel: Level;
};

export type Level =
  | 'CARD'
  | 'EMAIL'
  | 'NONE'
  | 'PASSWORD'
  | 'SECOND_FACTOR'
  | 'SIGNED_IN';

export type Meaning =
  | 'CLOSED'
  | 'NEW'
  | 'ON_HOLD'
  | 'OPEN'
  | 'SOLVED'
  | 'WAITING_FOR_CLIENT';

export type MemberInput = {
  departmentIds: Array<Scalars['ID']['input']>;
  email: Scalars['String']['input'];
  name: Scalars['String']['input'];
  role: MemberRole;
};

export type MemberRole =
  | 'ADMIN'
  | 'AGENT'
  | 'LEAD'
  | 'OWNER';

export type MessageKind =
  | 'MESSAGE'
  | 'NOTE';

export type OpenTicketInput = {
  body: Scalars['String']['input'];
  departmentId: Scalars['ID']['input'];
  email?: InputMaybe<Scalars['String']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  kindId?: InputMaybe<Scalars['ID']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  priority?: InputMaybe<Priority>;
  proof?: InputMaybe<ProofInput>;
  subject: Scalars['String']['input'];
};

export type Priority =
  | 'CRITICAL'
  | 'HIGH'
  | 'LOW'
  | 'MEDIUM'
  | 'URGENT';

export type ProofInput = {
  method: ProofMethod;
  secret: Scalars['String']['input'];
};

export type ProofMethod =
  | 'CARD'
  | 'EMAIL'
  | 'PASSWORD'
  | 'SIGNED_IN';

export type QueueView =
  | 'ALL'
  | 'CLOSED'
  | 'ON_HOLD'
  | 'SOLVED'
  | 'WAITING'
  | 'WAITING_FOR_CLIENT';
