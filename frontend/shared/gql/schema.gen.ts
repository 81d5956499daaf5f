export type Audience =
  | 'APPROVERS'
  | 'CLIENTS'
  | 'EVERYONE';

export type AuthorSide =
  | 'CLIENT'
  | 'STAFF'
  | 'SYSTEM';

export type Channel =
  | 'DESK'
  | 'EMAIL'
  | 'PORTAL';

export type ContactRole =
  | 'MAY_APPROVE'
  | 'MEMBER'
  | 'OWNER';

export type Font =
  | 'INTER'
  | 'SERIF'
  | 'SYSTEM';

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

export type MemberRole =
  | 'ADMIN'
  | 'AGENT'
  | 'LEAD'
  | 'OWNER';

export type MessageKind =
  | 'MESSAGE'
  | 'NOTE';

export type Priority =
  | 'CRITICAL'
  | 'HIGH'
  | 'LOW'
  | 'MEDIUM'
  | 'URGENT';

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
