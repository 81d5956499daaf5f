import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../../shared/test/axe.ts";
import { api, server } from "../../../../shared/test/server.ts";
import { page, support } from "../../../test/fixtures.ts";
import { renderDesk, serveDesk } from "../../../test/renderDesk.tsx";
import { AdminLifecycleDocument, CheckPolicyDocument, SavePolicyDocument, TryPolicyDocument } from "./lifecycle.gen.ts";

const DEFINITION = {
  statuses: [
    { key: "open", meaning: "open", names: { en: "Open" }, client_names: { en: "We are on it" } },
    { key: "asked", meaning: "waiting_for_client", names: { en: "Asked" }, client_names: { en: "Waiting for you" } },
    { key: "closed", meaning: "closed", names: { en: "Closed" }, client_names: { en: "Closed" } },
  ],
  initial: "open",
  replies: ["open", "asked"],
  client_message: { open: "open", asked: "open", closed: "follow_up" },
  timers: { asked: [{ after_hours: 48, action: "set_status", status: "closed" }] },
};

function lifecycle(version: number, definition: object = DEFINITION) {
  return {
    __typename: "Lifecycle",
    versions: [
      {
        __typename: "PolicyVersion",
        id: `version-${version}`,
        version,
        name: "Ours",
        definition: JSON.stringify(definition),
        createdAt: "2026-03-02T09:00:00Z",
        createdBy: null,
        isCurrent: true,
        openTickets: 3,
      },
    ],
    presets: [{ __typename: "PolicyPreset", key: "foundry", definition: JSON.stringify(DEFINITION) }],
    reminders: ["reminder_first", "reminder_second"],
    statusesToFollow: [],
    changeOver: null,
  };
}

function serveLifecycle() {
  const saved: unknown[] = [];
  let faults: object[] = [];
  serveDesk(() => page([]));
  server.use(
    api.query(AdminLifecycleDocument, () =>
      HttpResponse.json({ data: { lifecycle: lifecycle(1), departments: [support] } as never }),
    ),
    api.query(CheckPolicyDocument, () =>
      HttpResponse.json({
        data: {
          checkPolicy: {
            __typename: "PolicyCheck",
            faults,
            arrows: [{ __typename: "PolicyArrow", source: "asked", to: "closed", by: ["AGENT", "TIMER"] }],
          },
        } as never,
      }),
    ),
    api.query(TryPolicyDocument, () =>
      HttpResponse.json({
        data: {
          tryPolicy: {
            __typename: "PolicyTrial",
            faults: [],
            entries: [
              {
                __typename: "TrialEntry",
                at: "2026-03-04T09:00:00Z",
                what: "TIMER",
                outcome: "TOOK_STATUS",
                status: "closed",
                reminder: null,
                tag: "No Response",
                pending: [],
              },
            ],
          },
        } as never,
      }),
    ),
    api.mutation(SavePolicyDocument, ({ variables }) => {
      saved.push({ ...variables, definition: JSON.parse(String(variables.definition)) });
      return HttpResponse.json({
        data: { savePolicy: lifecycle(2, JSON.parse(String(variables.definition))) } as never,
      });
    }),
  );
  return {
    saved,
    find: (found: object[]) => {
      faults = found;
    },
  };
}

test("a status is chosen in the diagram, its ladder changed, tried and saved as the next version", async () => {
  const { saved } = serveLifecycle();
  const { user, container } = renderDesk("/admin/lifecycle");
  await user.click(await screen.findByRole("button", { name: /^Asked/ }));
  const step = await screen.findByRole("group", { name: "Step 1" });
  expect(within(step).getByLabelText("After")).toHaveValue(2);
  expect(await screen.findByText("Closed, tag “No Response”")).toBeInTheDocument();
  await expectNoViolations(container);

  await user.clear(within(step).getByLabelText("After"));
  await user.type(within(step).getByLabelText("After"), "3");
  const save = screen.getByRole("button", { name: "Save as a new version" });
  await waitFor(() => expect(save).not.toHaveAttribute("aria-disabled"));
  await user.click(save);
  expect(await screen.findByText("Saved as version 2. New tickets follow it.")).toBeInTheDocument();
  expect(saved).toMatchObject([
    {
      base: "version-1",
      definition: { timers: { asked: [{ after_hours: 72, action: "set_status", status: "closed" }] } },
    },
  ]);
});

test("what was not saved is there after the page was closed, and can be undone and discarded", async () => {
  serveLifecycle();
  const first = renderDesk("/admin/lifecycle");
  await first.user.click(await screen.findByRole("button", { name: /^Asked/ }));
  const name = screen.getByLabelText("Name for staff (English)");
  await first.user.clear(name);
  await first.user.type(name, "Over to you");
  first.unmount();

  const { user } = renderDesk("/admin/lifecycle");
  expect(await screen.findByText("What you wrote earlier and did not save is still here.")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: /^Over to you/ })).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Discard all changes" }));
  expect(await screen.findByRole("button", { name: /^Asked/ })).toBeInTheDocument();
  expect(localStorage.length).toBe(0);
});

test("a fault stands at its field and in a list that leads there, and nothing faulty is saved", async () => {
  const { find, saved } = serveLifecycle();
  find([{ __typename: "PolicyFault", path: "timers.asked.0.after_hours", code: "bad_hours", message: "Give more." }]);
  const { user, container } = renderDesk("/admin/lifecycle");
  const faults = await screen.findByRole("region", { name: "To mend before this can be saved" });
  await user.click(within(faults).getByRole("button", { name: "Asked" }));
  expect(screen.getByLabelText("After")).toHaveAccessibleDescription("Give more.");
  await user.type(screen.getByLabelText("Name"), " lives");
  await user.click(screen.getByRole("button", { name: "Save as a new version" }));
  expect(saved).toEqual([]);
  await expectNoViolations(container);
});
