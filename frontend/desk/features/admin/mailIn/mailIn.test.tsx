import { screen } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../../shared/test/axe.ts";
import { api, server } from "../../../../shared/test/server.ts";
import { page } from "../../../test/fixtures.ts";
import { renderDesk, serveDesk } from "../../../test/renderDesk.tsx";
import { AdminUnreadableMailsDocument, TryMailAgainDocument } from "./mailIn.gen.ts";

const mail = {
  __typename: "UnreadableMail",
  id: "m1",
  receivedAt: "2026-11-24T08:00:00Z",
  sender: "",
  recipient: "support@anchor.example",
  subject: "",
  size: 400,
  reason: "It names no sender whom we could answer.",
};

test("A mail that could not be read stands there with its reason, and is tried again by one click", async () => {
  let mails = [mail];
  const tried: unknown[] = [];
  serveDesk(() => page([]));
  server.use(
    api.query(AdminUnreadableMailsDocument, () =>
      HttpResponse.json({
        data: { unreadableMails: { __typename: "UnreadableMails", total: mails.length, mails } } as never,
      }),
    ),
    api.mutation(TryMailAgainDocument, ({ variables }) => {
      tried.push(variables);
      mails = [];
      return HttpResponse.json({ data: { tryMailAgain: { __typename: "Done", ok: true } } as never });
    }),
  );
  const { user, container } = renderDesk("/admin/mail-in");
  expect(await screen.findByText("It names no sender whom we could answer.")).toBeInTheDocument();
  await expectNoViolations(container);
  await user.click(screen.getByRole("button", { name: "Try (no subject) again" }));
  expect(tried).toEqual([{ id: "m1" }]);
  expect(await screen.findByText("Every mail could be read")).toBeInTheDocument();
});
