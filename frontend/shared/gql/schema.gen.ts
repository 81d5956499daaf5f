export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** Date with time (isoformat) */
  DateTime: { input: string; output: string; }
};

/** Why a file that came by mail was not taken. */
export type AttachmentRefusal =
  | 'EMPTY'
  | 'SIZE'
  | 'SPACE'
  | 'TYPE';

/** Sizes in MB; `refusedTypes` are endings of names. */
export type AttachmentRulesInput = {
  mailMb: Scalars['Int']['input'];
  mostMb: Scalars['Int']['input'];
  refusedTypes: Array<Scalars['String']['input']>;
  spaceMb: Scalars['Int']['input'];
  unscanned: Scalars['Boolean']['input'];
};

/** Whether a file is there: READY; CHECKING: the virus scanner has not seen it yet; INFECTED: kept apart, never given out; REFUSED: it came by mail and was not taken, `refusedBecause` says why. */
export type AttachmentState =
  | 'CHECKING'
  | 'INFECTED'
  | 'READY'
  | 'REFUSED';

/** Who may open tickets in a department: anyone, contacts, or contacts who may approve. */
export type Audience =
  | 'APPROVERS'
  | 'CLIENTS'
  | 'EVERYONE';

/** On which side of a ticket someone stands. */
export type AuthorSide =
  | 'CLIENT'
  | 'STAFF'
  | 'SYSTEM';

/** How the portal looks; colours as #rrggbb. */
export type BrandInput = {
  font: Font;
  name: Scalars['String']['input'];
  primaryColor: Scalars['String']['input'];
  secondaryColor?: InputMaybe<Scalars['String']['input']>;
};

/** What a request is. */
export type Category =
  | 'PROJECT_MESSAGE'
  | 'QUESTION'
  | 'WORK_REQUEST';

/** The way in which a ticket or message came. */
export type Channel =
  | 'DESK'
  | 'EMAIL'
  | 'PORTAL';

/** What a contact may do for its client. */
export type ContactRole =
  | 'MAY_APPROVE'
  | 'MEMBER'
  | 'OWNER';

/** Which hours count. */
export type CountedHours =
  | 'ALL_HOURS'
  | 'OPENING_HOURS';

/** A department's words, who may submit to it and what proof that needs. */
export type DepartmentInput = {
  audience: Audience;
  category?: InputMaybe<Category>;
  description: Scalars['String']['input'];
  name: Scalars['String']['input'];
  proofLevel: Level;
};

/** The typeface of a portal. */
export type Font =
  | 'INTER'
  | 'SERIF'
  | 'SYSTEM';

/** What staff do that a company may mark as needing proof. */
export type HeldAct =
  | 'REPLY'
  | 'SET_STATUS'
  | 'TRANSFER';

/** Where the hosting panel is, how it is asked, and what we show it (WHMCS takes an identifier too). */
export type HostingPanelInput = {
  identifier?: Scalars['String']['input'];
  panel: PanelKind;
  secret?: InputMaybe<Scalars['String']['input']>;
  url: Scalars['String']['input'];
  useFor: PasswordSource;
};

/** A kind of request: its words and the proof that it needs. */
export type KindInput = {
  category?: InputMaybe<Category>;
  departmentId: Scalars['ID']['input'];
  description: Scalars['String']['input'];
  name: Scalars['String']['input'];
  proofLevel: Level;
};

/** What a piece of text looks like. */
export type LeakType =
  | 'API_KEY'
  | 'CARD'
  | 'CARD_CODE'
  | 'PASSWORD'
  | 'PRIVATE_KEY'
  | 'TOKEN';

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

/** Someone on the staff. */
export type MemberInput = {
  departmentIds: Array<Scalars['ID']['input']>;
  email: Scalars['String']['input'];
  name: Scalars['String']['input'];
  role: MemberRole;
};

/** What someone on the staff may do. */
export type MemberRole =
  | 'ADMIN'
  | 'AGENT'
  | 'LEAD'
  | 'OWNER';

/** A public message, or a note that staff alone see. */
export type MessageKind =
  | 'MESSAGE'
  | 'NOTE';

/** A request. `name`, `email` and `accountNamed` (a client's number or an address on file) are a guest's; the same `idempotencyKey` opens one ticket. `attachments` are ids of files from `POST /attachments`. */
export type OpenTicketInput = {
  accountNamed?: InputMaybe<Scalars['String']['input']>;
  answers?: InputMaybe<Array<SecretAnswerInput>>;
  attachments?: InputMaybe<Array<Scalars['ID']['input']>>;
  body: Scalars['String']['input'];
  departmentId: Scalars['ID']['input'];
  email?: InputMaybe<Scalars['String']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  kindId?: InputMaybe<Scalars['ID']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  priority?: InputMaybe<Priority>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  proof?: InputMaybe<ProofInput>;
  secrets?: InputMaybe<Array<SecretInput>>;
  sendAnyway?: Scalars['Boolean']['input'];
  subject: Scalars['String']['input'];
};

/** See `OpeningHours`. */
export type OpeningHoursInput = {
  country?: InputMaybe<Scalars['String']['input']>;
  days: Array<OwnDayInput>;
  spans: Array<OpeningSpanInput>;
  subdivision?: InputMaybe<Scalars['String']['input']>;
  zone?: InputMaybe<Scalars['String']['input']>;
};

/** See `OpeningSpan`. */
export type OpeningSpanInput = {
  closes: Scalars['Int']['input'];
  opens: Scalars['Int']['input'];
  weekday: Scalars['Int']['input'];
};

/** See `OwnDay`. */
export type OwnDayInput = {
  closes?: InputMaybe<Scalars['Int']['input']>;
  day: Scalars['String']['input'];
  name: Scalars['String']['input'];
  opens?: InputMaybe<Scalars['Int']['input']>;
};

/** How a hosting panel is asked. */
export type PanelKind =
  | 'GENERIC'
  | 'WHMCS';

/** Which passwords prove: the portal's own, the panel's, or either (the portal's own first). */
export type PasswordSource =
  | 'BOTH'
  | 'PANEL'
  | 'PORTAL';

/** Who takes a ticket from a status to another. */
export type PolicyWho =
  | 'ADMIN'
  | 'AGENT'
  | 'CLIENT'
  | 'LEAD'
  | 'TIMER';

/** Whether a member is in; LEFT is somebody whose access has ended. */
export type PresenceState =
  | 'AWAY'
  | 'IN'
  | 'LEFT'
  | 'OFF_SHIFT';

/** How urgent a ticket is. */
export type Priority =
  | 'CRITICAL'
  | 'HIGH'
  | 'LOW'
  | 'MEDIUM'
  | 'URGENT';

/** A project's name, who leads it (a member's id), and whether it runs. */
export type ProjectInput = {
  leadId?: InputMaybe<Scalars['ID']['input']>;
  name: Scalars['String']['input'];
  state?: ProjectState;
};

/** A project runs, rests, or is done. */
export type ProjectState =
  | 'ACTIVE'
  | 'DONE'
  | 'ON_HOLD';

/** What is promised: an aim to answer by, an answer, a solution. */
export type PromiseKind =
  | 'AIM'
  | 'ANSWER'
  | 'SOLUTION';

/** See `PromiseRule`. */
export type PromiseRuleInput = {
  count: CountedHours;
  warnMinutes: Scalars['Int']['input'];
};

/** See `PromisedTimes`. */
export type PromisedTimesInput = {
  aim?: InputMaybe<Scalars['Int']['input']>;
  answer?: InputMaybe<Scalars['Int']['input']>;
  priority: Priority;
  solution?: InputMaybe<Scalars['Int']['input']>;
};

/** See `Promises`. A priority that is not named promises nothing. */
export type PromisesInput = {
  aim: PromiseRuleInput;
  answer: PromiseRuleInput;
  solution: PromiseRuleInput;
  times: Array<PromisedTimesInput>;
};

/** What the client types to prove that the account is theirs. It is checked and forgotten. */
export type ProofInput = {
  method: ProofMethod;
  secret: Scalars['String']['input'];
};

/** How something was proved. */
export type ProofMethod =
  | 'CARD'
  | 'EMAIL'
  | 'PASSKEY'
  | 'PASSWORD'
  | 'PIN'
  | 'SIGNED_IN'
  | 'TOTP';

/** A view of the queue. */
export type QueueView =
  | 'ALL'
  | 'BREACH_NEAR'
  | 'CLOSED'
  | 'ON_HOLD'
  | 'SOLVED'
  | 'WAITING'
  | 'WAITING_FOR_CLIENT';

/** A route; no department means all, no category all. See `Route`. */
export type RouteInput = {
  category?: InputMaybe<Category>;
  departmentId?: InputMaybe<Scalars['ID']['input']>;
  moments: Array<RouteMoment>;
  offShift?: Scalars['Boolean']['input'];
  steps: Array<RouteStep>;
};

/** When rules choose who works on a ticket. */
export type RouteMoment =
  | 'CHANGED'
  | 'OPENED'
  | 'REPLIED'
  | 'REPLIED_AWAY'
  | 'TRANSFERRED';

/** A rule: whom to look for. */
export type RouteStep =
  | 'ANSWERED_FIRST'
  | 'NEXT_AVAILABLE'
  | 'PROJECT_LEAD'
  | 'USUAL_AGENT';

/** What is sealed as the answer to a secret question of the kind of request. */
export type SecretAnswerInput = {
  questionId: Scalars['ID']['input'];
  value: Scalars['String']['input'];
};

/** Why a secret was destroyed. */
export type SecretEnd =
  | 'BY_HAND'
  | 'CLOSED'
  | 'EXPIRED';

/** What is sealed, under a name that everybody on the ticket sees. */
export type SecretInput = {
  label: Scalars['String']['input'];
  value: Scalars['String']['input'];
};

/** A secret that the form asks for; without an id it is a new one. */
export type SecretQuestionInput = {
  id?: InputMaybe<Scalars['ID']['input']>;
  label: Scalars['String']['input'];
  required: Scalars['Boolean']['input'];
};

/** How a secret came: asked for, a question of the form, in a message, masked from a mail. */
export type SecretSource =
  | 'ASKED'
  | 'FORM'
  | 'MAIL'
  | 'MESSAGE';

/** ASKED: the client's side is asked for it. SENT: it can be opened. LOST: a restored backup has no keys, ask again. DESTROYED: it went with its key. */
export type SecretState =
  | 'ASKED'
  | 'DESTROYED'
  | 'LOST'
  | 'SENT';

/** Hours on a weekday; see `Shift`. */
export type ShiftInput = {
  begins: Scalars['Int']['input'];
  ends: Scalars['Int']['input'];
  weekday: Scalars['Int']['input'];
};

/** What was shown to sign in. */
export type SignInMethod =
  | 'ACCESS_CODE'
  | 'LINK'
  | 'PASSKEY'
  | 'PASSWORD'
  | 'SECOND_FACTOR';

/** Messages, and notes, that go into a ticket of their own. `withoutProof`: why a lead goes on where it is held back. */
export type SplitTicketInput = {
  departmentId: Scalars['ID']['input'];
  kindId?: InputMaybe<Scalars['ID']['input']>;
  messageIds: Array<Scalars['ID']['input']>;
  number: Scalars['Int']['input'];
  subject: Scalars['String']['input'];
  withoutProof?: InputMaybe<Scalars['String']['input']>;
};

/** What a status becomes. */
export type StatusFollowsInput = {
  status: Scalars['String']['input'];
  to: Scalars['String']['input'];
};

/** Where a step of the line of progress stands. */
export type StepState =
  | 'AHEAD'
  | 'DONE'
  | 'NOW'
  | 'SKIPPED';

/** What confirms that it is still you: the password, or a second factor where there is one. */
export type StepUpWay =
  | 'PASSKEY'
  | 'PASSWORD'
  | 'RECOVERY'
  | 'TOTP';

/** What somebody does in a trial. */
export type TrialAct =
  | 'CLIENT_THANKED'
  | 'CLIENT_WROTE'
  | 'CLOSED_NOW'
  | 'KEPT_OPEN'
  | 'PAUSED'
  | 'RESUMED'
  | 'SNOOZED'
  | 'STAFF_WROTE'
  | 'STATUS_SET';

/** What somebody does in a trial, so many minutes after the ticket was opened. */
export type TrialActInput = {
  afterMinutes: Scalars['Int']['input'];
  by?: PolicyWho;
  minutes?: Scalars['Int']['input'];
  status?: InputMaybe<Scalars['String']['input']>;
  what: TrialAct;
};

/** What came of it: the ticket took a status, stayed, or the message went elsewhere. */
export type TrialOutcome =
  | 'FOLLOW_UP'
  | 'NOT_OFFERED'
  | 'REFUSED'
  | 'STAYED'
  | 'TOOK_STATUS';

/** What happens to a ticket in a trial: somebody does something, or a timer is due. */
export type TrialWhat =
  | 'CLIENT_THANKED'
  | 'CLIENT_WROTE'
  | 'CLOSED_NOW'
  | 'KEPT_OPEN'
  | 'OPENED'
  | 'PAUSED'
  | 'RESUMED'
  | 'SNOOZED'
  | 'STAFF_WROTE'
  | 'STATUS_SET'
  | 'TIMER';

/** What of the history can be undone. */
export type UndoKind =
  | 'MERGE'
  | 'SPLIT';
