import { fireEvent, screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { expectNoViolations } from "../test/axe.ts";
import { renderWithServer } from "../test/render.tsx";
import { api, server } from "../test/server.ts";
import { AttachFiles } from "./AttachFiles.tsx";
import { AttachmentList } from "./AttachmentList.tsx";
import { type AttachmentPartsFragment, WhatFilesAreTakenDocument } from "./attachments.gen.ts";
import { useUploads } from "./useUploads.ts";

const rules = {
  __typename: "AttachmentRules" as const,
  mostBytes: 2_097_152,
  mostPerMessage: 3,
  refusedTypes: ["exe"],
};
const NAME = "countersign_csrf";

beforeEach(() => {
  sessionStorage.clear();
  // biome-ignore lint/suspicious/noDocumentCookie: jsdom has no Cookie Store, and the page reads this one.
  document.cookie = `${NAME}=token`;
  server.use(
    api.query(WhatFilesAreTakenDocument, () =>
      HttpResponse.json({ data: { __typename: "Query", attachmentRules: rules } }),
    ),
  );
});

function takesAll(): string[] {
  const taken: string[] = [];
  server.use(
    http.post("/attachments", ({ request }) => {
      const name = new URL(request.url).searchParams.get("name") ?? "";
      taken.push(name);
      return HttpResponse.json({ id: `id of ${name}`, name, mediaType: "text/plain", size: 5 }, { status: 201 });
    }),
  );
  return taken;
}

function Draft() {
  const uploads = useUploads("a draft");
  return (
    <form data-takes-files aria-label="form">
      <AttachFiles uploads={uploads} />
      <output>{uploads.ids.join(", ")}</output>
    </form>
  );
}

const text = (name: string, size = 5) => new File(["x".repeat(size)], name, { type: "text/plain" });

test("chosen, dropped and pasted files go up and stay with the draft", async () => {
  const taken = takesAll();
  const { user, unmount, container } = renderWithServer(<Draft />);
  await user.upload(screen.getByTestId("choose-files"), text("a.txt"));
  await screen.findByText("id of a.txt");
  const form = screen.getByRole("form");
  fireEvent.drop(form, { dataTransfer: { types: ["Files"], files: [text("b.txt")] } });
  await screen.findByText("id of a.txt, id of b.txt");
  fireEvent.paste(form, { clipboardData: { types: ["Files"], files: [text("shot.png")] } });
  await screen.findByText("id of a.txt, id of b.txt, id of shot.png");
  expect(taken).toEqual(["a.txt", "b.txt", "shot.png"]);
  await expectNoViolations(container);
  unmount();
  renderWithServer(<Draft />);
  expect(await screen.findByText("id of a.txt, id of b.txt, id of shot.png")).toBeVisible();
});

test("what would be refused is said before a byte goes, and in the server's words where it refuses", async () => {
  const { user } = renderWithServer(<Draft />);
  const chooser = screen.getByTestId("choose-files");
  await user.upload(chooser, text("big.log", 2_097_153));
  expect(await screen.findByText("It is larger than 2 MB, the most that is taken here.")).toBeVisible();
  await user.upload(chooser, text("setup.exe"));
  expect(await screen.findByText("Files of this kind are not taken here: .exe")).toBeVisible();
  server.use(http.post("/attachments", () => HttpResponse.json({ message: "This is a program." }, { status: 400 })));
  await user.upload(chooser, text("holiday.png"));
  expect(await screen.findByText("This is a program.")).toBeVisible();
  await user.upload(chooser, text("one more.txt"));
  expect(await screen.findByText("No more than 3 files go with one message.")).toBeVisible();
});

test("a file that did not come through is tried again, and one that is there is removed", async () => {
  server.use(http.post("/attachments", () => HttpResponse.error(), { once: true }));
  const removed = vi.fn();
  server.use(
    http.delete("/attachments/:id", ({ params }) => {
      removed(params["id"]);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderWithServer(<Draft />);
  await user.upload(screen.getByTestId("choose-files"), text("a.txt"));
  expect(await screen.findByText("It did not come through. Try again.")).toBeVisible();
  takesAll();
  await user.click(screen.getByRole("button", { name: "Try a.txt again" }));
  await screen.findByText("id of a.txt");
  await user.click(screen.getByRole("button", { name: "Remove a.txt" }));
  expect(screen.queryByText("a.txt")).toBeNull();
  await waitFor(() => expect(removed).toHaveBeenCalledWith("id of a.txt"));
  expect(sessionStorage).toHaveLength(0);
});

function file(name: string, further: Partial<AttachmentPartsFragment> = {}): AttachmentPartsFragment {
  return {
    __typename: "Attachment",
    id: name,
    name,
    size: 2048,
    state: "READY",
    refusedBecause: null,
    url: `/attachments/${name}`,
    smallUrl: null,
    largeUrl: null,
    ...further,
  };
}
const picture = (name: string) =>
  file(name, { smallUrl: `/attachments/${name}/small`, largeUrl: `/attachments/${name}/large` });

test("a picture opens large over the page, the arrows lead to the next, and Escape leads back", async () => {
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
  const { user, container } = renderWithServer(<AttachmentList attachments={[picture("a.png"), picture("b.png")]} />);
  const opener = screen.getByRole("button", { name: "Show a.png large" });
  await user.click(opener);
  expect(screen.getByRole("dialog", { name: "a.png" })).toBeVisible();
  await expectNoViolations(container);
  fireEvent.keyDown(screen.getByRole("dialog"), { key: "ArrowRight" });
  expect(screen.getByRole("dialog", { name: "b.png" })).toBeVisible();
  expect(screen.getByText("2 of 2")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(opener).toHaveFocus();
});

test("each state of a file is said in words, and only what can be had is a link", async () => {
  const { container } = renderWithServer(
    <AttachmentList
      attachments={[
        file("ready.pdf"),
        file("new.pdf", { state: "CHECKING" }),
        file("bad.doc", { state: "INFECTED" }),
        file("big.iso", { state: "REFUSED", refusedBecause: "SIZE" }),
      ]}
    />,
  );
  expect(screen.getAllByRole("link").map((each) => each.textContent)).toEqual(["ready.pdf"]);
  for (const words of [/not checked for viruses yet/, /a virus was found/, /not taken: too large/]) {
    expect(screen.getByText(words)).toBeVisible();
  }
  await expectNoViolations(container);
});

test("a picture that cannot be drawn is a file by its name", () => {
  const { container } = renderWithServer(<AttachmentList attachments={[picture("a.png")]} />);
  const shown = container.querySelector("img");
  if (shown) fireEvent.error(shown);
  expect(screen.getByRole("link", { name: "a.png" })).toBeVisible();
});
