import { screen } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { renderWithServer } from "../../../shared/test/render.tsx";
import { api, server } from "../../../shared/test/server.ts";
import { ticket } from "../../test/fixtures.ts";
import { AllFine } from "./AllFine.tsx";
import { SayAllFineDocument } from "./ticket.gen.ts";

const thankable = { ...ticket([]).abilities, thank: true };

test("one press says that all is fine", async () => {
  let asked: unknown;
  server.use(
    api.mutation(SayAllFineDocument, ({ variables }) => {
      asked = variables;
      return HttpResponse.json({ data: { __typename: "Mutation" as const, sayAllFine: ticket([]) } });
    }),
  );
  const { user } = renderWithServer(<AllFine ticket={{ ...ticket([]), abilities: thankable }} />);
  await user.click(screen.getByRole("button", { name: "Thanks, all fine" }));
  expect(asked).toEqual({ number: ticket([]).number });
});

test("a refusal is told beside the button", async () => {
  server.use(
    api.mutation(SayAllFineDocument, () =>
      HttpResponse.json({
        data: {
          __typename: "Mutation" as const,
          sayAllFine: {
            __typename: "Problem",
            code: "not_answered_yet",
            message: "Not answered yet.",
            field: "number",
          },
        },
      }),
    ),
  );
  const { user } = renderWithServer(<AllFine ticket={{ ...ticket([]), abilities: thankable }} />);
  await user.click(screen.getByRole("button", { name: "Thanks, all fine" }));
  expect(await screen.findByText("Not answered yet.")).toBeInTheDocument();
});

test("where it was said the button gives way to the words", () => {
  renderWithServer(
    <AllFine ticket={{ ...ticket([]), satisfiedAt: "2026-03-02T09:00:00+00:00", abilities: thankable }} />,
  );
  expect(screen.getByText(/You said that all is fine/)).toBeInTheDocument();
  expect(screen.queryByRole("button")).toBeNull();
});
