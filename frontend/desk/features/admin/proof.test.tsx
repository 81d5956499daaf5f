import { screen, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { billing, company, page, support } from "../../test/fixtures.ts";
import { renderDesk, serveDesk } from "../../test/renderDesk.tsx";
import { AdminCompanyDocument, SetProofMethodsDocument } from "./admin.gen.ts";
import { AdminProofNeedsDocument, SetProofNeedsDocument } from "./proofNeeds.gen.ts";

test("a way of proving is switched off at once and back on from the notice; what is needed stays, and says for what", async () => {
  let on = ["EMAIL", "CARD", "PASSWORD"];
  const asked: unknown[] = [];
  serveDesk(() => page([]));
  server.use(
    api.query(AdminCompanyDocument, () =>
      HttpResponse.json({ data: { company: { ...company, proofMethods: on } } as never }),
    ),
    api.query(AdminProofNeedsDocument, () =>
      HttpResponse.json({
        data: {
          proofNeeds: { __typename: "ProofNeeds", statuses: [], heldDepartmentIds: [] },
          departments: [],
        } as never,
      }),
    ),
    api.mutation(SetProofMethodsDocument, ({ variables }) => {
      asked.push(variables.methods);
      const wanted = [variables.methods].flat();
      if (!wanted.includes("PASSWORD")) {
        const message = "“Domains” needs proof that nothing else gives. Let it need less proof first.";
        const problem = { __typename: "Problem", code: "proof_method_needed", message, field: "methods" };
        return HttpResponse.json({ data: { setProofMethods: problem } as never });
      }
      on = wanted;
      return HttpResponse.json({ data: { setProofMethods: { ...company, proofMethods: on } } as never });
    }),
  );
  const { user, container } = renderDesk("/admin/proof");
  const card = await screen.findByRole("switch", { name: "Last four digits of the card" });
  expect(card).toBeChecked();
  expect(screen.getByRole("switch", { name: "Passkey" })).not.toBeChecked();
  await expectNoViolations(container);

  await user.click(card);
  await waitFor(() => expect(card).not.toBeChecked());
  expect(await screen.findByText("No longer offered: Last four digits of the card")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(card).toBeChecked());

  await user.click(screen.getByRole("switch", { name: "Account password" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("“Domains” needs proof that nothing else gives.");
  expect(screen.getByRole("switch", { name: "Account password" })).toBeChecked();
  expect(asked).toEqual([
    ["EMAIL", "PASSWORD"],
    ["EMAIL", "CARD", "PASSWORD"],
    ["EMAIL", "CARD"],
  ]);
});

test("what needs proof is marked by a switch each, and taken back from the notice", async () => {
  let marked = { statuses: ["resolved"], departmentIds: [] as string[] };
  const asked: unknown[] = [];
  const needs = () => ({
    __typename: "ProofNeeds",
    statuses: [
      { __typename: "MarkableStatus", key: "open", name: "Open", isHeld: marked.statuses.includes("open") },
      { __typename: "MarkableStatus", key: "resolved", name: "Resolved", isHeld: marked.statuses.includes("resolved") },
    ],
    heldDepartmentIds: marked.departmentIds,
  });
  serveDesk(() => page([]));
  server.use(
    api.query(AdminCompanyDocument, () => HttpResponse.json({ data: { company } as never })),
    api.query(AdminProofNeedsDocument, () =>
      HttpResponse.json({ data: { proofNeeds: needs(), departments: [support, billing] } as never }),
    ),
    api.mutation(SetProofNeedsDocument, ({ variables }) => {
      asked.push(variables);
      marked = { statuses: [variables.statuses].flat(), departmentIds: [variables.departmentIds].flat() };
      return HttpResponse.json({ data: { setProofNeeds: needs() } as never });
    }),
  );
  const { user, container } = renderDesk("/admin/proof");
  const transfers = await screen.findByRole("switch", { name: "Billing" });
  expect(screen.getByRole("switch", { name: "Resolved" })).toBeChecked();
  expect(transfers).not.toBeChecked();
  await expectNoViolations(container);
  await user.click(transfers);
  await waitFor(() => expect(transfers).toBeChecked());
  expect(await screen.findByText("Waits for proof: Billing")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(transfers).not.toBeChecked());
  expect(asked).toEqual([
    { statuses: ["resolved"], departmentIds: ["billing"] },
    { statuses: ["resolved"], departmentIds: [] },
  ]);
});
