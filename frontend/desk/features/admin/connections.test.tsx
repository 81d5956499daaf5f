import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { page } from "../../test/fixtures.ts";
import { renderDesk, serveDesk } from "../../test/renderDesk.tsx";
import {
  AdminCardsDocument,
  AdminPanelDocument,
  AdminTokensDocument,
  ConnectStripeDocument,
  CreateApiTokenDocument,
  DisconnectStripeDocument,
  RevokeApiTokenDocument,
  SaveHostingPanelDocument,
  type SaveHostingPanelMutationVariables,
  TestHostingPanelDocument,
} from "./connections.gen.ts";

const stripe = {
  __typename: "StripeConnection",
  keyLastFour: "x7Qp",
  takesWebhooks: true,
  matchByEmail: true,
  connectedAt: "2026-11-24T08:00:00Z",
  lastWebhookAt: "2026-11-24T08:30:00Z",
  syncedAt: "2026-11-24T08:01:00Z",
  syncing: false,
  problem: null as string | null,
  linked: 41,
  waiting: 0,
  failing: 0,
};
const source = {
  __typename: "CardSource",
  withCard: 40,
  withoutCard: 2,
  webhookPath: "/webhooks/stripe",
  webhookTypes: ["customer.updated", "customer.deleted"],
  stripe: null as typeof stripe | null,
};
const problem = (code: string, message: string, field: string | null = null) => ({
  __typename: "Problem",
  code,
  message,
  field,
});

test("Stripe is connected step by step; a key that will not do says why, at its field", async () => {
  let now = source;
  const given: unknown[] = [];
  serveDesk(() => page([]));
  server.use(
    api.query(AdminCardsDocument, () => HttpResponse.json({ data: { cardSource: now } as never })),
    api.mutation(ConnectStripeDocument, ({ variables }) => {
      given.push(variables);
      if (variables.key === "rk_test_wrong") {
        const refused = problem("stripe_key_lacks", "The key may not read customers.", "key");
        return HttpResponse.json({ data: { connectStripe: refused } as never });
      }
      now = { ...source, stripe: { ...stripe, takesWebhooks: false, lastWebhookAt: null as never } };
      return HttpResponse.json({ data: { connectStripe: now } as never });
    }),
  );
  const { user, container } = renderDesk("/admin/cards");
  const key = await screen.findByLabelText("Restricted key");
  expect(screen.getByText("A card is known for 40 of 42 clients.")).toBeInTheDocument();
  await expectNoViolations(container);
  await user.type(key, "rk_test_wrong");
  await user.click(screen.getByRole("button", { name: "Connect Stripe" }));
  await waitFor(() => expect(key).toHaveAccessibleDescription(/The key may not read customers/));
  await user.clear(key);
  await user.type(key, "rk_test_right");
  await user.click(screen.getByRole("switch", { name: "Find clients by the e-mail address of their owner" }));
  await user.click(screen.getByRole("button", { name: "Connect Stripe" }));
  expect(await screen.findByRole("heading", { name: "Stripe is connected" })).toBeInTheDocument();
  expect(screen.getByText("http://anchor.localhost/webhooks/stripe")).toBeInTheDocument();
  expect(screen.getByText("customer.deleted")).toBeInTheDocument();
  expect(given.at(-1)).toEqual({ key: "rk_test_right", matchByEmail: false });
  await expectNoViolations(container);
});

test("disconnecting is typed out, and says what it does", async () => {
  let now: typeof source = { ...source, stripe: { ...stripe, problem: "stripe_key_refused", waiting: 3, failing: 3 } };
  serveDesk(() => page([]));
  server.use(
    api.query(AdminCardsDocument, () => HttpResponse.json({ data: { cardSource: now } as never })),
    api.mutation(DisconnectStripeDocument, () => {
      now = source;
      return HttpResponse.json({ data: { disconnectStripe: now } as never });
    }),
  );
  const { user } = renderDesk("/admin/cards");
  expect(await screen.findByRole("alert")).toHaveTextContent("Stripe does not take the key any more.");
  const button = screen.getByRole("button", { name: "Disconnect Stripe" });
  expect(button).toHaveAttribute("aria-disabled", "true");
  await user.type(screen.getByLabelText(/^To disconnect/), "x7Qp");
  await user.click(button);
  expect(await screen.findByRole("button", { name: "Connect Stripe" })).toBeInTheDocument();
});

test("a token is shown once, can be copied, and is revoked in its row", async () => {
  const token = {
    __typename: "ApiToken",
    id: "t1",
    name: "Billing",
    scopes: ["cards"],
    createdAt: "2026-11-24T08:00:00Z",
    createdBy: "Ines",
    lastUsedAt: null,
    revokedAt: null as string | null,
  };
  let tokens: (typeof token)[] = [];
  serveDesk(() => page([]));
  server.use(
    api.query(AdminTokensDocument, () => HttpResponse.json({ data: { apiTokens: tokens } as never })),
    api.mutation(CreateApiTokenDocument, () => {
      tokens = [token];
      const createApiToken = { __typename: "NewApiToken", token: "cst_abcdef", apiToken: token };
      return HttpResponse.json({ data: { createApiToken } as never });
    }),
    api.mutation(RevokeApiTokenDocument, () => {
      tokens = [{ ...token, revokedAt: "2026-11-24T09:00:00Z" }];
      return HttpResponse.json({ data: { revokeApiToken: { __typename: "Done", ok: true } } as never });
    }),
  );
  const { user, container } = renderDesk("/admin/tokens");
  await user.type(await screen.findByLabelText("Name of the program"), "Billing");
  await user.click(screen.getByRole("button", { name: "Make a token for cards" }));
  expect(await screen.findByText("cst_abcdef")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Copy" }));
  expect(await navigator.clipboard.readText()).toBe("cst_abcdef");
  await expectNoViolations(container);
  await user.click(screen.getByRole("button", { name: "I have kept it" }));
  expect(screen.queryByText("cst_abcdef")).not.toBeInTheDocument();
  await user.click(await screen.findByRole("button", { name: "Revoke Billing" }));
  expect(await within(screen.getByRole("main")).findByText("Revoked")).toBeInTheDocument();
});

test("a panel is connected, tried, and tells what is wrong with it", async () => {
  const panel = {
    __typename: "HostingPanel",
    panel: "WHMCS",
    url: "https://panel.example",
    useFor: "PANEL",
    updatedAt: "2026-11-24T08:00:00Z",
    breaker: "closed",
    failures: 0,
    lastFailure: null,
    lastFailureAt: null,
  };
  let now: typeof panel | null = null;
  let isRight = false;
  const saved: SaveHostingPanelMutationVariables[] = [];
  serveDesk(() => page([]));
  server.use(
    api.query(AdminPanelDocument, () => HttpResponse.json({ data: { hostingPanel: now } as never })),
    api.mutation(SaveHostingPanelDocument, ({ variables }) => {
      saved.push(variables);
      now = panel;
      return HttpResponse.json({ data: { saveHostingPanel: panel } as never });
    }),
    api.mutation(TestHostingPanelDocument, () => {
      const refused = problem("panel_believes_anything", "The panel took a password that nobody has.");
      return HttpResponse.json({ data: { testHostingPanel: isRight ? panel : refused } as never });
    }),
  );
  const { user, container } = renderDesk("/admin/panel");
  await user.type(await screen.findByLabelText("Address"), "https://panel.example");
  await user.type(screen.getByLabelText("API identifier"), "an identifier");
  await user.type(screen.getByLabelText("API secret"), "a secret of the panel");
  await user.click(screen.getByRole("radio", { name: "The panel's alone" }));
  await expectNoViolations(container);
  await user.click(screen.getByRole("button", { name: "Connect the panel" }));
  await user.click(await screen.findByRole("button", { name: "Test" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The panel took a password that nobody has.");
  isRight = true;
  await user.click(screen.getByRole("button", { name: "Test" }));
  await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("The panel answers"));
  expect(saved).toEqual([
    {
      input: {
        panel: "WHMCS",
        url: "https://panel.example",
        identifier: "an identifier",
        secret: "a secret of the panel",
        useFor: "PANEL",
      },
    },
  ]);
  await expectNoViolations(container);
});
