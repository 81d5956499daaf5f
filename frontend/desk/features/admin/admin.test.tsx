import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw/http";
import { beforeEach, expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { company, page, viewer } from "../../test/fixtures.ts";
import { renderDesk, serveDesk } from "../../test/renderDesk.tsx";
import {
  AdminCompanyDocument,
  AdminDepartmentsDocument,
  ArchiveDepartmentDocument,
  ContrastDocument,
  MoveDepartmentDocument,
  RestoreDepartmentDocument,
  UpdateBrandDocument,
  UpdateDepartmentDocument,
  type UpdateDepartmentMutationVariables,
} from "./admin.gen.ts";

function department(id: string, name: string, changes: object = {}) {
  return {
    __typename: "Department",
    id,
    name,
    description: "",
    position: 1,
    audience: "CLIENTS",
    proofLevel: "NONE",
    category: "QUESTION",
    archivedAt: null,
    mailAddress: `${id}@anchor.example`,
    waitingCount: 3,
    kinds: [],
    ...changes,
  };
}

const departments = [department("support", "Support"), department("billing", "Billing"), department("dns", "Domains")];
const problem = (message: string, field: string) => ({ __typename: "Problem", code: "refused", message, field });

beforeEach(() => {
  serveDesk(() => page([]));
  server.use(
    api.query(AdminDepartmentsDocument, () => HttpResponse.json({ data: { departments } as never })),
    api.query(AdminCompanyDocument, () => HttpResponse.json({ data: { company } as never })),
    api.query(ContrastDocument, ({ variables }) => {
      const passes = variables.color !== "#f4c542";
      const contrast = { __typename: "ContrastCheck", ratio: passes ? 6.2 : 1.63, passes, corrected: "#8e7226" };
      return HttpResponse.json({ data: { contrast } as never });
    }),
  );
});

test("who is no admin is told so in plain words", async () => {
  const abilities = { ...viewer.abilities, administer: false };
  renderDesk("/admin/departments", { viewer: { ...viewer, memberRole: "LEAD", abilities } });
  expect(await screen.findByRole("heading", { name: "These settings are not yours to change" })).toBeInTheDocument();
  expect(screen.queryByText("New department")).not.toBeInTheDocument();
});

test("departments are put in order by the arrow keys, and the new place is announced", async () => {
  const moves: object[] = [];
  server.use(
    api.mutation(MoveDepartmentDocument, ({ variables }) => {
      moves.push(variables);
      return HttpResponse.json({ data: { moveDepartment: department("billing", "Billing") } as never });
    }),
  );
  const { user, container } = renderDesk("/admin/departments");
  (await screen.findByRole("button", { name: /^Move Billing/ })).focus();
  await user.keyboard("{ArrowUp}");
  await waitFor(() => expect(moves).toEqual([{ id: "billing", position: 0 }]));
  expect(screen.getAllByRole("button", { name: /^Move / }).map((each) => each.getAttribute("aria-label"))[0]).toMatch(
    /Billing/,
  );
  expect(screen.getByRole("button", { name: /^Move Billing/ })).toHaveFocus();
  expect(await screen.findByText("Billing is number 1 now")).toBeInTheDocument();
  await expectNoViolations(container);
});

test("a department's form explains itself, saves, says what changed and can be undone", async () => {
  const saved: UpdateDepartmentMutationVariables[] = [];
  server.use(
    api.mutation(UpdateDepartmentDocument, ({ variables }) => {
      saved.push(variables);
      return HttpResponse.json({
        data: { updateDepartment: department("dns", variables.input.name, variables.input) } as never,
      });
    }),
  );
  const { user, container } = renderDesk("/admin/departments/dns");
  const name = await screen.findByRole("textbox", { name: "Name" });
  await user.clear(name);
  await user.type(name, "Domains and DNS");
  await user.selectOptions(screen.getByRole("combobox", { name: "Proof" }), "Account password");
  expect(screen.getByRole("combobox", { name: "Proof" })).toHaveAccessibleDescription(
    /types the account password again/,
  );
  expect(
    within(screen.getByRole("complementary", { name: "Preview" })).getByText("Domains and DNS"),
  ).toBeInTheDocument();
  expect(screen.getByText("Changed: name, proof")).toBeInTheDocument();
  await expectNoViolations(container);
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Saved: name, proof")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Undo", hidden: true }));
  await waitFor(() => expect(saved).toHaveLength(2));
  expect(saved.map(({ input }) => [input.name, input.proofLevel])).toEqual([
    ["Domains and DNS", "PASSWORD"],
    ["Domains", "NONE"],
  ]);
});

test("a refusal stands at its field, the focus goes there, and nothing that was typed is lost", async () => {
  server.use(
    api.mutation(UpdateDepartmentDocument, () =>
      HttpResponse.json({ data: { updateDepartment: problem("Another department has this name.", "name") } as never }),
    ),
  );
  const { user } = renderDesk("/admin/departments/dns");
  const name = await screen.findByRole("textbox", { name: "Name" });
  await user.clear(name);
  await user.type(name, "Billing");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(name).toHaveFocus());
  expect(name).toHaveAccessibleDescription(/Another department has this name/);
  expect(name).toHaveValue("Billing");
});

test("archiving says what happens to the tickets, and can be taken back", async () => {
  const done: string[] = [];
  const archived = { archivedAt: "2026-11-24T10:00:00+00:00" };
  server.use(
    api.mutation(ArchiveDepartmentDocument, () => {
      done.push("archive");
      return HttpResponse.json({ data: { archiveDepartment: department("dns", "Domains", archived) } as never });
    }),
    api.mutation(RestoreDepartmentDocument, () => {
      done.push("restore");
      return HttpResponse.json({ data: { restoreDepartment: department("dns", "Domains") } as never });
    }),
  );
  const { user } = renderDesk("/admin/departments/dns");
  expect(await screen.findByText(/3 tickets wait here; they stay/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Archive Domains" }));
  expect(await screen.findByRole("button", { name: "Restore Domains" })).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Undo", hidden: true }));
  expect(await screen.findByRole("button", { name: "Archive Domains" })).toBeInTheDocument();
  expect(done).toEqual(["archive", "restore"]);
});

test("a colour that is hard to read is called so, with what the portal will use instead", async () => {
  const { user, container } = renderDesk("/admin/brand");
  const color = await screen.findByRole("textbox", { name: "Main colour" });
  expect(await screen.findByText("Readable: 6.2 to 1 on white.")).toBeInTheDocument();
  await user.clear(color);
  await user.type(color, "#f4c542");
  expect(await screen.findByText(/Hard to read: 1\.6 to 1/)).toHaveTextContent("#8e7226");
  const sample = screen.getByRole("complementary", { name: "Preview" }).querySelector<HTMLElement>("[data-font]");
  expect(sample?.style.getPropertyValue("--sample-primary")).toBe("#8e7226");
  await user.type(color, "{Backspace}");
  expect(color).toHaveAccessibleDescription(/Six digits/);
  await expectNoViolations(container);
});

test("the preview wears what is chosen before it is saved, and what is saved goes to the server whole", async () => {
  const inputs: object[] = [];
  server.use(
    api.mutation(UpdateBrandDocument, ({ variables }) => {
      inputs.push(variables.input);
      return HttpResponse.json({ data: { updateBrand: company } as never });
    }),
  );
  const { user } = renderDesk("/admin/brand");
  const name = await screen.findByRole("textbox", { name: "Name" });
  await user.clear(name);
  await user.type(name, "Anchor");
  await user.click(screen.getByRole("radio", { name: /serif/ }));
  const preview = screen.getByRole("complementary", { name: "Preview" });
  expect(within(preview).getByText("Anchor")).toBeInTheDocument();
  expect(preview.querySelector("[data-font]")).toHaveAttribute("data-font", "SERIF");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(inputs).toEqual([{ name: "Anchor", primaryColor: "#1a5fb4", secondaryColor: null, font: "SERIF" }]),
  );
});

test("a logo that cannot be used is refused beside the field, by the page or by the server", async () => {
  server.use(
    http.post("*/logo", () =>
      HttpResponse.json({ code: "bad_image", message: "This is no picture that we can show." }, { status: 400 }),
    ),
  );
  const { user } = renderDesk("/admin/brand");
  const logo = await screen.findByLabelText("Logo");
  const file = (bytes: number) => new File([new Uint8Array(bytes)], "logo.png", { type: "image/png" });
  await user.upload(logo, file(300_000));
  expect(await screen.findByRole("alert")).toHaveTextContent("at most 256 kB");
  await user.upload(logo, file(1_000));
  await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("This is no picture that we can show."));
});
