import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { expectNoViolations } from "../test/axe.ts";
import { renderWithServer } from "../test/render.tsx";
import { VerificationBadge } from "./VerificationBadge.tsx";

const attestation = {
  __typename: "Attestation" as const,
  method: "PASSWORD" as const,
  level: "PASSWORD" as const,
  at: "2026-11-24T09:14:00+00:00",
  by: "Joel Achterberg",
  recordedBy: null,
  address: "198.51.100.7",
  expiresAt: null,
  scope: "ticket",
};

test("each level has a mark of its own, so that it reads without colour", () => {
  const { container } = renderWithServer(
    <>
      <VerificationBadge level="NONE" />
      <VerificationBadge level="EMAIL" />
      <VerificationBadge level="CARD" />
      <VerificationBadge level="PASSWORD" />
    </>,
  );
  const shapes = [...container.querySelectorAll(".proof svg")].map((svg) => svg.innerHTML);
  expect(new Set(shapes).size).toBe(4);
});

test("keyboard focus tells method, time, who and from where; Escape sends it away", async () => {
  const { user } = renderWithServer(<VerificationBadge level="PASSWORD" attestation={attestation} />);
  await user.tab();
  const tooltip = await screen.findByRole("tooltip", { hidden: true });
  expect(tooltip).toHaveTextContent("Account password proved");
  expect(tooltip).toHaveTextContent("24 November 2026");
  expect(tooltip).toHaveTextContent("10:14");
  expect(tooltip).toHaveTextContent("by Joel Achterberg, 198.51.100.7");
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("tooltip", { hidden: true })).not.toBeInTheDocument();
});

test("it is named for those who do not see it", async () => {
  const { container } = renderWithServer(<VerificationBadge level="PASSWORD" attestation={attestation} />);
  expect(screen.getByRole("img", { name: /Account password proved.*by Joel Achterberg/ })).toBeInTheDocument();
  await expectNoViolations(container);
});

test("an attestation that does not reach beyond none is not told as a proof", () => {
  renderWithServer(<VerificationBadge level="NONE" attestation={attestation} />);
  expect(screen.getByRole("img", { name: "Not verified" })).toBeInTheDocument();
});

test("who recorded a proof by voice is told, and whose name was removed", async () => {
  const byVoice = { ...attestation, method: "PIN" as const, recordedBy: "Mara Kovač" };
  const { user } = renderWithServer(
    <>
      <VerificationBadge level="PASSWORD" attestation={byVoice} />
      <VerificationBadge level="PASSWORD" attestation={{ ...attestation, by: "", address: "" }} />
    </>,
  );
  await user.tab();
  expect(await screen.findByRole("tooltip", { hidden: true })).toHaveTextContent(
    "by telephone, recorded by Mara Kovač",
  );
  await user.tab();
  expect(screen.getByRole("img", { name: /name removed/ })).toHaveFocus();
});
