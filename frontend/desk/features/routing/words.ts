import { msg } from "@lingui/core/macro";
import type { ProjectState, RouteMoment, RouteStep } from "../../../shared/gql/schema.gen.ts";

export const stateNames = {
  ACTIVE: msg`Running`,
  ON_HOLD: msg`Resting`,
  DONE: msg`Done`,
} satisfies Record<ProjectState, unknown>;

export const momentNames = {
  OPENED: msg`a request comes in`,
  REPLIED_AWAY: msg`the client replies and nobody is there who has it`,
  REPLIED: msg`the client replies, whoever has it by rule`,
  TRANSFERRED: msg`it is transferred to a department`,
  CHANGED: msg`its category or project is changed`,
} satisfies Record<RouteMoment, unknown>;

export const stepNames = {
  ANSWERED_FIRST: msg`who answered first`,
  PROJECT_LEAD: msg`the project’s lead`,
  USUAL_AGENT: msg`who has worked with this client most`,
  NEXT_AVAILABLE: msg`the next available agent`,
} satisfies Record<RouteStep, unknown>;

export const stepEffects = {
  ANSWERED_FIRST: msg`Who wrote the first public answer; for a follow-up, on the request before it.`,
  PROJECT_LEAD: msg`Who leads the project to which the request belongs.`,
  USUAL_AGENT: msg`Of the client’s latest 50 requests of a year: who answered on most of them.`,
  NEXT_AVAILABLE: msg`Who is in and has the fewest open tickets; among equals, each in turn.`,
} satisfies Record<RouteStep, unknown>;

export const moments = Object.keys(momentNames) as RouteMoment[];
export const steps = Object.keys(stepNames) as RouteStep[];
