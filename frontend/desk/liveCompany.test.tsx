import { screen, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { api, server } from "../shared/test/server.ts";
import { DeskStartDocument } from "./start.gen.ts";
import { company, page, viewer } from "./test/fixtures.ts";
import { renderDesk, serveDesk } from "./test/renderDesk.tsx";

const serveStart = (language: string, own: string | null) =>
  server.use(
    api.query(DeskStartDocument, () =>
      HttpResponse.json({
        data: { company: { ...company, language }, viewer: { ...viewer, language: own } } as never,
      }),
    ),
  );

test("the company's new name and looks show at once", async () => {
  const { changeCompany } = serveDesk(() => page([]));
  renderDesk("/queue/all");
  await screen.findByRole("heading", { name: "All departments" });
  const brand = { ...company.brand, name: "Anchor & Sons", stylesheetUrl: "/brand/two.css" };
  await changeCompany({ brand });
  expect(await screen.findByText("Anchor & Sons")).toBeInTheDocument();
  await waitFor(() => expect(document.title).toBe("All departments · Anchor & Sons"));
  expect(document.head.querySelector('link[href="/brand/two.css"]')).toBeInTheDocument();
});

test("a new language of the company is spoken at once, but not to those who have chosen their own", async () => {
  const { changeCompany } = serveDesk(() => page([]));
  const { speak } = renderDesk("/queue/all");
  await screen.findByRole("heading", { name: "All departments" });
  serveStart("nl", null);
  await changeCompany({ language: "nl" });
  await waitFor(() => expect(speak).toHaveBeenLastCalledWith("nl"));
  serveStart("en", "nl");
  await changeCompany({ language: "en" });
  await waitFor(() => expect(speak).toHaveBeenCalledTimes(2));
  expect(speak).toHaveBeenLastCalledWith("nl");
});
