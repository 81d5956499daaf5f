import { Trans } from "@lingui/react/macro";
import { expect, test, vi } from "vitest";
import { renderWithServer } from "../test/render.tsx";

test.each(["<script>alert(1)</script>", "<0>bold</0>", "<0/>", "</0>{1} <b>"])(
  "a name is text whatever is in it: %s",
  (name) => {
    const complaint = vi.spyOn(console, "error");
    const { container } = renderWithServer(
      <p>
        <Trans>
          Ask <strong>someone</strong> else, {name}.
        </Trans>
      </p>,
    );
    expect(container.querySelector("p")?.textContent).toBe(`Ask someone else, ${name}.`);
    expect(container.querySelectorAll("strong, script, b")).toHaveLength(1);
    expect(complaint).not.toHaveBeenCalled();
  },
);
