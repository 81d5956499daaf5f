import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderWithServer } from "../test/render.tsx";
import { PlainText } from "./PlainText.tsx";

test("blank lines make paragraphs, single ones stay lines", () => {
  const { container } = renderWithServer(<PlainText text={"One\r\ntwo\r\n\r\n\r\nThree"} />);
  expect([...container.querySelectorAll("p")].map((p) => p.textContent)).toEqual(["One\ntwo", "Three"]);
});

test("markup is shown, never read", () => {
  const text = `<img src=x onerror=alert(1)><script>alert(2)</script><a href="javascript:alert(3)">x</a>`;
  const { container } = renderWithServer(<PlainText text={text} />);
  expect(container).toHaveTextContent(text);
  expect(container.querySelector("img, script, a")).toBeNull();
});

test("web addresses become links that tell the other site nothing", () => {
  renderWithServer(<PlainText text="See https://example.com/a_(b)?q=1." />);
  const link = screen.getByRole("link", { name: "https://example.com/a_(b)?q=1" });
  expect(link).toHaveAttribute("href", "https://example.com/a_(b)?q=1");
  expect(link.getAttribute("rel")).toContain("noopener");
});

test.each([
  ["(https://example.com/x), and", "https://example.com/x"],
  ["https://example.com/x!", "https://example.com/x"],
  ["<https://example.com/x>", "https://example.com/x"],
])("the marks around an address are not part of it: %s", (text, address) => {
  const { container } = renderWithServer(<PlainText text={text} />);
  expect(screen.getByRole("link")).toHaveAttribute("href", address);
  expect(container).toHaveTextContent(text);
});

test.each(["javascript:alert(1)", "data:text/html,x", "ftp://example.com", "https://"])("%s is no link", (text) => {
  renderWithServer(<PlainText text={text} />);
  expect(screen.queryByRole("link")).not.toBeInTheDocument();
});
