import { screen, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { useState } from "react";
import { useMutation } from "urql";
import { expect, test } from "vitest";
import { expectNoViolations } from "../test/axe.ts";
import { renderWithServer } from "../test/render.tsx";
import { api, server } from "../test/server.ts";
import { SessionList } from "./SessionList.tsx";
import { StepUpSlot } from "./StepUpSlot.tsx";
import { EndOtherSessionsDocument, OwnSessionsDocument, StepUpDocument, StepUpWaysDocument } from "./security.gen.ts";

const refusal = (code: string) => ({ __typename: "Problem" as const, code, message: `refused: ${code}`, field: null });

/** A sensitive change on a page with the dialog. */
function Page() {
  const [, change] = useMutation(EndOtherSessionsDocument);
  const [told, setTold] = useState("nothing yet");
  const press = async () => setTold((await change({})).data?.endOtherSessions.__typename ?? "failed");
  return (
    <>
      <button type="button" onClick={() => void press()}>
        Change it
      </button>
      <output>{told}</output>
      <StepUpSlot />
    </>
  );
}

function serveSensitive(way = "PASSWORD") {
  let isFresh = false;
  const asked: string[] = [];
  server.use(
    api.query(StepUpWaysDocument, () =>
      HttpResponse.json({ data: { security: { __typename: "Security", stepUpBy: [way] } } as never }),
    ),
    api.mutation(EndOtherSessionsDocument, () => {
      asked.push("change");
      const endOtherSessions = isFresh ? { __typename: "Security", sessions: [] } : refusal("step_up_needed");
      return HttpResponse.json({ data: { endOtherSessions } as never });
    }),
    api.mutation(StepUpDocument, ({ variables }) => {
      asked.push("step up");
      isFresh = JSON.stringify(variables).includes("the password");
      const stepUp = isFresh ? { __typename: "Security" } : refusal("step_up_refused");
      return HttpResponse.json({ data: { stepUp } as never });
    }),
  );
  return asked;
}

test("what needs a recent password asks for it, and then goes through by itself", async () => {
  const asked = serveSensitive();
  const { user } = renderWithServer(<Page />);
  await user.click(screen.getByText("Change it"));
  const field = await screen.findByLabelText("Your password");
  await user.type(field, "a wrong one");
  await user.click(screen.getByText("Confirm"));
  expect(await screen.findByText("refused: step_up_refused")).toBeInTheDocument();
  await expectNoViolations();
  await user.clear(field);
  await user.type(field, "the password");
  await user.click(screen.getByText("Confirm"));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Security"));
  expect(asked).toEqual(["change", "step up", "step up", "change"]);
  expect(screen.queryByLabelText("Your password")).not.toBeInTheDocument();
});

test("who has a second factor is asked for that", async () => {
  const asked = serveSensitive("TOTP");
  const { user } = renderWithServer(<Page />);
  await user.click(screen.getByText("Change it"));
  await user.type(await screen.findByLabelText("Code from your authenticator app"), "the password");
  await user.click(screen.getByText("Confirm"));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Security"));
  expect(asked).toEqual(["change", "step up", "change"]);
});

test("who does not confirm is told of the refusal, and nothing was changed", async () => {
  const asked = serveSensitive();
  const { user } = renderWithServer(<Page />);
  await user.click(screen.getByText("Change it"));
  await user.click(await screen.findByText("Leave it as it was"));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Problem"));
  expect(asked).toEqual(["change"]);
});

const session = (id: string, current: boolean) => ({
  __typename: "Session" as const,
  id,
  current,
  address: "192.0.2.7",
  browser: current ? "Firefox" : "",
  system: current ? "Linux" : "",
  madeBy: "PASSWORD" as const,
  createdAt: "2026-11-20T10:00:00Z",
  lastSeenAt: "2026-11-20T10:00:00Z",
});

test("one sees where one is signed in, and ends it everywhere else", async () => {
  let sessions = [session("1", true), session("2", false)];
  server.use(
    api.query(OwnSessionsDocument, () =>
      HttpResponse.json({ data: { security: { __typename: "Security", sessions } } as never }),
    ),
    api.mutation(EndOtherSessionsDocument, () => {
      sessions = sessions.filter((each) => each.current);
      return HttpResponse.json({ data: { endOtherSessions: { __typename: "Security", sessions } } as never });
    }),
  );
  const { user, container } = renderWithServer(<SessionList />);
  expect(await screen.findByText("Firefox on Linux")).toBeInTheDocument();
  expect(screen.getByText("An unknown browser")).toBeInTheDocument();
  await expectNoViolations(container);
  await user.click(screen.getByText("Sign out everywhere else"));
  await waitFor(() => expect(screen.queryByText("An unknown browser")).not.toBeInTheDocument());
  expect(screen.getByText("Firefox on Linux")).toBeInTheDocument();
});
