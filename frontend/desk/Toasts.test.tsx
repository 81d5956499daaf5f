import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Toasts } from "./Toasts.tsx";
import { showToast } from "./toasts.ts";

beforeEach(() => {
  vi.useFakeTimers();
  i18n.loadAndActivate({ locale: "en", messages: {} });
  render(
    <I18nProvider i18n={i18n}>
      <Toasts />
    </I18nProvider>,
  );
});
afterEach(() => {
  act(() => vi.runAllTimers());
  vi.useRealTimers();
});

const pass = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000));
const toast = (words: string) => screen.getByText(words).parentElement as HTMLElement;

test("a message goes by itself after some seconds", () => {
  act(() => showToast("Sent"));
  pass(7);
  expect(screen.getByText("Sent")).toBeInTheDocument();
  pass(2);
  expect(screen.queryByText("Sent")).not.toBeInTheDocument();
});

test("a pointer that rests on a message keeps it for a while, not for ever, and no other", () => {
  act(() => showToast("Sent"));
  act(() => showToast("Assigned"));
  fireEvent.pointerEnter(toast("Sent"));
  pass(9);
  expect(screen.getByText("Sent")).toBeInTheDocument();
  expect(screen.queryByText("Assigned")).not.toBeInTheDocument();
  pass(25);
  expect(screen.queryByText("Sent")).not.toBeInTheDocument();
});

test("a message stays while a key could press its buttons", () => {
  const undo = vi.fn();
  act(() => showToast("Sent", undo));
  act(() => screen.getByRole("button", { name: "Undo" }).focus());
  pass(60);
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText("Sent")).not.toBeInTheDocument();
});

test("a message that was sent away with the pointer on it does not hold the next one", () => {
  act(() => showToast("Sent"));
  fireEvent.pointerEnter(toast("Sent"));
  fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  act(() => showToast("Assigned"));
  pass(9);
  expect(screen.queryByText("Assigned")).not.toBeInTheDocument();
});
