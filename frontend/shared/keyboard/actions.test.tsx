import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { renderWithServer } from "../test/render.tsx";
import {
  type Action,
  ActionContext,
  ActionRegistry,
  useActionKeys,
  useActions,
  useRegisteredActions,
} from "./actions.ts";
import { keycaps } from "./keys.ts";

function action(id: string, keys: string, parts: Partial<Action> = {}): Action & { perform: ReturnType<typeof vi.fn> } {
  return { id, name: id, group: "Ticket", keys, perform: vi.fn(), ...parts } as never;
}

function Keyboard({ actions }: { actions: Action[] }) {
  useActionKeys();
  useActions(actions);
  return null;
}

function renderActions(actions: Action[], ui?: React.ReactNode) {
  return renderWithServer(
    <ActionContext value={new ActionRegistry()}>
      <Keyboard actions={actions} />
      {ui}
    </ActionContext>,
  );
}

test("a key, a shifted key and a sign each perform their own action", async () => {
  const [assign, assignTo, help] = [action("assign", "a"), action("assign to", "shift+a"), action("help", "?")];
  const { user } = renderActions([assign, assignTo, help]);
  await user.keyboard("a{Shift>}a{/Shift}");
  await user.keyboard("{Shift>}?{/Shift}");
  expect([assign, assignTo, help].map((each) => each.perform.mock.calls.length)).toEqual([1, 1, 1]);
});

test("two strokes in a row are a sequence, which a pause breaks", () => {
  vi.useFakeTimers();
  const goDepartments = action("departments", "g d");
  const done = action("done", "d");
  const registry = new ActionRegistry();
  registry.add({ actions: [goDepartments, done] });
  const press = (key: string, now: number) => registry.press(new KeyboardEvent("keydown", { key }), now);
  press("g", 0);
  press("d", 500);
  press("g", 1_000);
  press("d", 2_500);
  vi.useRealTimers();
  expect(goDepartments.perform).toHaveBeenCalledTimes(1);
  expect(done.perform).toHaveBeenCalledTimes(1);
});

test("plain keys belong to the field one types in; keys with a modifier may still act", async () => {
  const reply = action("reply", "r");
  const palette = action("palette", "mod+k", { whileTyping: true });
  const { user } = renderActions([reply, palette], <input aria-label="Subject" />);
  await user.type(screen.getByLabelText("Subject"), "rr");
  await user.keyboard("{Control>}k{/Control}");
  expect(reply.perform).not.toHaveBeenCalled();
  expect(screen.getByLabelText("Subject")).toHaveValue("rr");
  expect(palette.perform).toHaveBeenCalledTimes(1);
});

test("plain keys do not act behind an open dialog", async () => {
  const reply = action("reply", "r");
  const { user } = renderActions(
    [reply],
    <div role="dialog" aria-label="Keys">
      <button type="button">Close</button>
    </div>,
  );
  await user.tab();
  await user.keyboard("r");
  expect(reply.perform).not.toHaveBeenCalled();
});

test("what is disabled does nothing, what was mounted last goes first", async () => {
  const page = action("page", "s");
  const panel = action("panel", "s");
  const off = action("off", "x", { isEnabled: false });
  function Panel() {
    useActions([panel]);
    return null;
  }
  function Page() {
    const [isOpen, setOpen] = useState(true);
    return (
      <>
        {isOpen && <Panel />}
        <button type="button" onClick={() => setOpen(false)}>
          Close
        </button>
      </>
    );
  }
  const { user } = renderActions([page, off], <Page />);
  await user.keyboard("sx");
  expect(panel.perform).toHaveBeenCalledTimes(1);
  await user.click(screen.getByRole("button", { name: "Close" }));
  await user.keyboard("s");
  expect(page.perform).toHaveBeenCalledTimes(1);
  expect(off.perform).not.toHaveBeenCalled();
});

test("the palette lists them and performs them as they stand now", async () => {
  const seen: number[] = [];
  function Counter() {
    const [count, setCount] = useState(0);
    useActions([{ id: "count", name: "Count", group: "Test", perform: () => seen.push(count) }]);
    return (
      <button type="button" onClick={() => setCount(count + 1)}>
        More
      </button>
    );
  }
  function Palette() {
    return useRegisteredActions().map((each) => (
      <button key={each.id} type="button" onClick={each.perform}>
        {each.name}
      </button>
    ));
  }
  renderActions(
    [],
    <>
      <Counter />
      <Palette />
    </>,
  );
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "More" }));
  await user.click(screen.getByRole("button", { name: "Count" }));
  expect(seen).toEqual([1]);
});

test("keycaps are drawn as they are pressed", () => {
  expect(keycaps("mod+k")).toEqual([["Ctrl", "K"]]);
  expect(keycaps("g d")).toEqual([["G"], ["D"]]);
  expect(keycaps("?")).toEqual([["?"]]);
});
