import { screen, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { client, department, kind, problem } from "../../test/fixtures.ts";
import { renderPortal } from "../../test/renderPortal.tsx";
import { NewRequestDocument, OpenTicketDocument, type OpenTicketMutationVariables } from "./newRequest.gen.ts";
import { PlaceSuggestionDocument } from "./placeSuggestion.gen.ts";
import { MyProjectsDocument } from "./projects.gen.ts";

type Input = OpenTicketMutationVariables["input"];

const support = department("support", "Support", {
  kinds: [kind("mx", "Change MX records", "PASSWORD"), kind("backup", "Restore a backup", "CARD")],
});
const workRequest = department("work", "Work request");

/** A server that offers these departments, and answers each submission in turn; it tells what was sent. */
function serve(answers: object[], options: { departments?: object[]; guest?: boolean; suggestion?: object } = {}) {
  const sent: Input[] = [];
  server.use(
    api.query(PlaceSuggestionDocument, ({ variables }) =>
      HttpResponse.json({
        data: {
          suggestPlace: {
            __typename: "PlaceSuggestion",
            department: null,
            kind: null,
            second: null,
            ...(variables.departmentId === "work" ? options.suggestion : {}),
          },
        } as never,
      }),
    ),
    api.query(NewRequestDocument, () =>
      HttpResponse.json({
        data: {
          departments: options.departments ?? [support, workRequest],
          viewer: options.guest ? null : { __typename: "Viewer", id: "ann", proofMethods: [], client },
        } as never,
      }),
    ),
    api.mutation(OpenTicketDocument, ({ variables }) => {
      sent.push(variables.input);
      return HttpResponse.json({ data: { openTicket: answers[Math.min(sent.length, answers.length) - 1] } as never });
    }),
  );
  return sent;
}

const success = { __typename: "OpenTicketSuccess", number: 1043, receiptTo: "ann@poole.example", ticket: null };
const refused = problem("proof_refused", "That could not be confirmed. Check it and try again.", "proof");

const subject = () => screen.findByLabelText("Subject");
const body = () => screen.getByLabelText("What happened, or what should be done?");
const send = () => screen.getByRole("button", { name: "Send the request" });

test("a request without proof is sent and leads to its number and where the receipt goes", async () => {
  const sent = serve([success]);
  const { user, router } = renderPortal("/new?department=work");
  await user.type(await subject(), "New picture");
  await user.type(body(), "Please put it on the home page.");
  await user.click(send());

  expect(await screen.findByRole("heading", { name: "Your request is number 1043" })).toBeInTheDocument();
  expect(screen.getByText("ann@poole.example")).toBeInTheDocument();
  expect(router.state.location.pathname).toBe("/sent/1043");
  expect(sent).toEqual([
    expect.objectContaining({ departmentId: "work", subject: "New picture", body: "Please put it on the home page." }),
  ]);
  expect(sent[0]).not.toHaveProperty("proof");
  expect(sessionStorage).toHaveLength(0);
});

test("a link fills in department, kind and subject, and the kind's proof is asked for with its reason", async () => {
  serve([success]);
  renderPortal("/new?department=support&kind=mx&subject=Move%20our%20mail");
  expect(await subject()).toHaveValue("Move our mail");
  expect(
    screen.getByText("“Change MX records” needs the account password: it proves that you own the account."),
  ).toBeInTheDocument();
  expect(screen.getByLabelText("Account password")).toHaveAttribute("type", "password");
  expect(screen.queryByLabelText("Last four digits of the card")).not.toBeInTheDocument();
});

test("where the card is enough one may choose, and digits are typed unseen", async () => {
  const sent = serve([success]);
  const { user } = renderPortal("/new?department=support&kind=backup&subject=Restore");
  await user.type(await screen.findByLabelText("Last four digits of the card"), "4242");
  expect(screen.getByLabelText("Last four digits of the card")).toHaveAttribute("inputmode", "numeric");
  await user.click(screen.getByRole("radio", { name: "Account password" }));
  await user.type(screen.getByLabelText("Account password", { selector: "[type=password]" }), "correct horse");
  await user.type(body(), "The shop, as of Tuesday.");
  await user.click(send());
  await screen.findByRole("heading", { name: /number 1043/ });
  expect(sent[0]?.proof).toEqual({ method: "PASSWORD", secret: "correct horse" });
});

test("a refused proof is told at its field, which has the focus and is empty; nothing else is lost, nothing secret is kept", async () => {
  const sent = serve([refused, success]);
  const { user } = renderPortal("/new?department=support&kind=mx&subject=Move");
  await user.type(await screen.findByLabelText("Account password"), "wrong-secret-1");
  await user.type(body(), "To the new provider.");
  await user.click(send());

  const field = await screen.findByLabelText("Account password");
  await waitFor(() => expect(field).toHaveAccessibleDescription(/could not be confirmed/));
  expect(field).toHaveFocus();
  expect(field).toHaveValue("");
  expect(body()).toHaveValue("To the new provider.");
  expect(JSON.stringify(sessionStorage)).not.toContain("wrong-secret-1");

  await user.type(field, "right-secret");
  await user.click(send());
  await screen.findByRole("heading", { name: /number 1043/ });
  expect(sent.map((input) => input.proof?.secret)).toEqual(["wrong-secret-1", "right-secret"]);
});

test("a request that needs proof is not sent without it", async () => {
  const sent = serve([success]);
  const { user } = renderPortal("/new?department=support&kind=mx&subject=Move");
  await user.type(await subject(), " our mail");
  await user.type(body(), "To the new provider.");
  await user.click(send());
  await waitFor(() => expect(screen.getByLabelText("Account password")).toHaveFocus());
  expect(sent).toEqual([]);
});

test("digits that cannot be right yet are not sent, so that they cost no try", async () => {
  const sent = serve([success]);
  const { user } = renderPortal("/new?department=support&kind=backup&subject=Restore");
  const digits = await screen.findByLabelText("Last four digits of the card");
  await user.type(digits, "42");
  await user.type(body(), "The shop, as of Tuesday.");
  await user.click(send());
  await waitFor(() => expect(digits).toHaveAccessibleDescription(/Type all four digits/));
  expect(digits).toHaveValue("42");
  expect(digits).toHaveFocus();
  expect(sent).toEqual([]);
});

test("the server's refusal of the subject stands at the subject and takes the focus there", async () => {
  serve([problem("too_long", "At most 200 characters.", "subject")]);
  const { user } = renderPortal("/new?department=work");
  await user.type(await subject(), "New picture");
  await user.type(body(), "Please.");
  await user.click(send());
  await waitFor(async () => expect(await subject()).toHaveAccessibleDescription(/At most 200 characters/));
  expect(await subject()).toHaveFocus();
});

test("what is missing is told before anything is sent", async () => {
  const sent = serve([success]);
  const { user } = renderPortal("/new");
  await subject();
  await user.click(send());
  expect(await screen.findByText("Say in a few words what it is about.")).toBeInTheDocument();
  expect(screen.getByText("Choose one.")).toBeInTheDocument();
  expect(sent).toEqual([]);
});

test("department and kind are chosen by keyboard alone, and changed again", async () => {
  serve([success]);
  const { user, unmount } = renderPortal("/new");
  await subject();
  screen.getByRole("radio", { name: "Support" }).focus();
  await user.keyboard(" ");
  expect(await screen.findByRole("radio", { name: "Change MX records" })).toBeInTheDocument();
  expect(screen.getByRole("radio", { name: "Support" })).toHaveFocus();
  await user.keyboard("{ArrowDown}");
  expect(screen.getByRole("radio", { name: "Work request" })).toHaveFocus();
  expect(screen.queryByRole("radio", { name: "Change MX records" })).not.toBeInTheDocument();
  unmount();

  const later = renderPortal("/new?department=work&subject=x");
  const change = await screen.findByRole("button", { name: "Change: Department" });
  change.focus();
  await later.user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("radio", { name: "Work request" })).toHaveFocus());
});

test("two clicks make one request", async () => {
  const sent = serve([success]);
  const { user } = renderPortal("/new?department=work&subject=Once");
  await user.type(await screen.findByLabelText(/What happened/), "Only once.");
  await user.dblClick(send());
  await screen.findByRole("heading", { name: /number 1043/ });
  expect(sent).toHaveLength(1);
});

test("after a lost answer the draft is kept and the retry carries the same key", async () => {
  const sent = serve([success]);
  let isCut = true;
  server.use(
    api.mutation(OpenTicketDocument, ({ variables }) => {
      if (!isCut) return undefined;
      sent.push(variables.input);
      return HttpResponse.error();
    }),
  );
  const { user } = renderPortal("/new?department=work&subject=Retry");
  await user.type(await screen.findByLabelText(/What happened/), "Still here?");
  await user.click(send());
  expect(await screen.findByText(/What you wrote is kept here/)).toBeInTheDocument();
  expect(body()).toHaveValue("Still here?");

  isCut = false;
  await user.click(send());
  await screen.findByRole("heading", { name: /number 1043/ });
  expect(sent).toHaveLength(2);
  expect(sent[0]?.idempotencyKey).toMatch(/^[0-9a-f]{32}$/);
  expect(sent[1]?.idempotencyKey).toBe(sent[0]?.idempotencyKey);
});

test("a reload brings the draft back, changed since the link or not", async () => {
  serve([success]);
  const first = renderPortal("/new?department=work&subject=From%20the%20link");
  await first.user.clear(await subject());
  await first.user.type(await subject(), "In my own words");
  await first.user.type(body(), "Half a sentence");
  first.unmount();

  renderPortal("/new?department=work&subject=From%20the%20link");
  expect(await subject()).toHaveValue("In my own words");
  expect(body()).toHaveValue("Half a sentence");
  expect(screen.getByText("What you wrote before is still here.")).toBeInTheDocument();
});

test("a guest gives name and e-mail address, and never a proof", async () => {
  const sent = serve([success], { departments: [department("pre", "Pre-sales", { proofLevel: "CARD" })], guest: true });
  const { user } = renderPortal("/new", { viewer: null });
  await user.type(await subject(), "A quote");
  await user.type(body(), "For three sites.");
  await user.type(screen.getByLabelText("Your name"), "Noor");
  await user.type(screen.getByLabelText("Your e-mail address"), "noor at example");
  expect(screen.queryByLabelText(/card|password/i)).not.toBeInTheDocument();
  await user.click(send());
  expect(screen.getByLabelText("Your e-mail address")).toHaveAccessibleDescription(/name@example\.com/);
  await user.clear(screen.getByLabelText("Your e-mail address"));
  await user.type(screen.getByLabelText("Your e-mail address"), "noor@veldbloem.example");
  await user.click(send());
  await screen.findByRole("heading", { name: /number 1043/ });
  expect(sent).toEqual([
    expect.objectContaining({ departmentId: "pre", name: "Noor", email: "noor@veldbloem.example" }),
  ]);
});

test("a guest may name an account, and is told nothing about it but that a link went out if we know it", async () => {
  const sent = serve([success], { departments: [department("pre", "Pre-sales")], guest: true });
  const { user } = renderPortal("/new?subject=A%20quote", { viewer: null });
  await user.type(await screen.findByLabelText("Is this about an existing account?"), " 4001 ");
  await user.type(body(), "For three sites.");
  await user.type(screen.getByLabelText("Your name"), "Noor");
  await user.type(screen.getByLabelText("Your e-mail address"), "noor@veldbloem.example");
  await user.click(send());
  await screen.findByRole("heading", { name: /number 1043/ });
  expect(screen.getByText(/If we know the account that you named, we have sent a link/)).toBeInTheDocument();
  expect(sent[0]?.accountNamed).toBe("4001");
});

test("a locked way says until when, and the other one is offered first", async () => {
  const lockedUntil = new Date(Date.now() + 3_600_000).toISOString();
  const lock = { __typename: "ProofLock" as const, method: "CARD" as const, tries: 5, lockedUntil };
  const locked = { ...client, locks: [lock] };
  serve([success]);
  server.use(
    api.query(NewRequestDocument, () =>
      HttpResponse.json({
        data: {
          departments: [support],
          viewer: { __typename: "Viewer", id: "ann", proofMethods: [], client: locked },
        } as never,
      }),
    ),
  );
  const { user } = renderPortal("/new?department=support&kind=backup&subject=Restore");
  expect(await screen.findByRole("radio", { name: "Account password" })).toBeChecked();
  const card = screen.getByRole("radio", { name: /Last four digits/ });
  expect(card).toHaveAccessibleDescription(/Locked until .* after too many wrong tries/);
  await user.click(card);
  expect(await screen.findByRole("alert")).toHaveTextContent(/mailed you a link that lifts the lock/);
});

test("the priority is asked for only where the company lets clients choose", async () => {
  const sent = serve([success]);
  const { user } = renderPortal("/new?department=work&subject=Down", { priorityChoice: true });
  await user.selectOptions(await screen.findByLabelText("How urgent is it?"), "Critical: everything is down");
  await user.type(body(), "Every page answers 503.");
  await user.click(send());
  await screen.findByRole("heading", { name: /number 1043/ });
  expect(sent[0]?.priority).toBe("CRITICAL");
});

test("axe finds nothing in the form, with its proof step and its refusals", async () => {
  serve([refused]);
  const { user } = renderPortal("/new?department=support&kind=backup", { priorityChoice: true });
  await subject();
  await user.click(send());
  await expectNoViolations();
});

test("a message on a project names one of the client's own, and no other request asks for one", async () => {
  const projects = department("projects", "Projects", { category: "PROJECT_MESSAGE" });
  const sent = serve([success], { departments: [projects, workRequest] });
  const lead = { __typename: "Person", id: "caleb", name: "Caleb Foster" };
  const found = [{ __typename: "Project", id: "site", name: "Website", lead }];
  server.use(api.query(MyProjectsDocument, () => HttpResponse.json({ data: { projects: found } as never })));
  const { user } = renderPortal("/new?department=projects");
  await user.selectOptions(await screen.findByLabelText("Which project is it about?"), "Website");
  expect(screen.getByText("Caleb Foster leads it and gets your message.")).toBeInTheDocument();
  await user.type(await subject(), "The draft");
  await user.type(body(), "We love it.");
  await user.click(send());
  await waitFor(() => expect(sent.map(({ projectId }) => projectId)).toEqual(["site"]));
});

const better = {
  department: { __typename: "Department", id: "support", name: "Support" },
  kind: { __typename: "Kind", id: "mx", name: "Change MX records" },
};

test("a better department and kind are offered while one writes, and one click takes them", async () => {
  serve([success], { suggestion: better });
  const { user, container } = renderPortal("/new?department=work");
  await user.type(await subject(), "MX records of our domain");
  expect(await screen.findByText(/This looks like/)).toHaveTextContent("Change MX records for Support");
  await expectNoViolations(container);
  await user.click(screen.getByRole("button", { name: "Choose this" }));
  expect(await screen.findByLabelText("Account password")).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByText(/This looks like/)).not.toBeInTheDocument());
});

test("a suggestion that was dismissed stays dismissed, and nothing is chosen by itself", async () => {
  const sent = serve([success], { suggestion: better });
  const { user } = renderPortal("/new?department=work");
  await user.type(await subject(), "MX records of our domain");
  await user.click(await screen.findByRole("button", { name: "Leave it as it is" }));
  await user.type(body(), "They are below, and quite many of them.");
  await new Promise((resolve) => setTimeout(resolve, 900));
  expect(screen.queryByText(/This looks like/)).not.toBeInTheDocument();
  await user.click(send());
  await screen.findByRole("heading", { name: "Your request is number 1043" });
  expect(sent[0]?.departmentId).toBe("work");
  expect(sessionStorage).toHaveLength(0);
});

test("a draft that holds two requests is noticed", async () => {
  serve([success], { suggestion: { second: { __typename: "Department", id: "support", name: "Support" } } });
  const { user } = renderPortal("/new?department=work");
  await user.type(await subject(), "A new picture and our mail");
  expect(await screen.findByText(/This looks like two requests, one of them for/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "It is one request" }));
  expect(screen.queryByText(/two requests/)).not.toBeInTheDocument();
});
