import { createContext, useContext, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { strokeOf } from "./keys.ts";

/** Something a person can do, defined once: the button's tooltip, the shortcut and the palette all read it. */
export interface Action {
  id: string;
  /** A verb, in the reader's language. */
  name: string;
  /** The heading it stands under in the palette and the sheet of keys. */
  group: string;
  /** "r", "shift+a", "mod+k", or two strokes in a row: "g d". */
  keys?: string;
  isEnabled?: boolean;
  /** Works while typing too; only for keys with a modifier, and Escape. */
  whileTyping?: boolean;
  /** Left out of the palette (moving up and down, say). */
  isHidden?: boolean;
  perform: () => void;
}

const SEQUENCE_PAUSE = 1_000;

/** The actions on screen. What was added last answers first, so that a panel may shadow its page. */
export class ActionRegistry {
  #sources: { actions: readonly Action[] }[] = [];
  #all: readonly Action[] = [];
  #listeners = new Set<() => void>();
  #pending: { stroke: string; until: number } | undefined;

  get actions(): readonly Action[] {
    return this.#all;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(source: { actions: readonly Action[] }): () => void {
    this.#sources = [source, ...this.#sources];
    this.changed();
    return () => {
      this.#sources = this.#sources.filter((each) => each !== source);
      this.changed();
    };
  }

  /** Tells the palette and the sheet of keys, but only when they would show something else. */
  changed(): void {
    const next = this.#live();
    if (next.length === this.#all.length && next.every((action, index) => looksSame(action, this.#all[index]))) return;
    this.#all = next.map((action) => ({ ...action, perform: () => this.perform(action.id) }));
    for (const listener of this.#listeners) listener();
  }

  /** Performs the action as it stands now, if it is on screen and enabled. */
  perform(id: string): void {
    this.#live()
      .find((action) => action.id === id && action.isEnabled !== false)
      ?.perform();
  }

  #live(): readonly Action[] {
    return this.#sources.flatMap((source) => source.actions);
  }

  /** Performs what the stroke is bound to; true when it was bound to something. */
  press(event: KeyboardEvent, now: number = Date.now()): boolean {
    if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return false;
    const stroke = strokeOf(event);
    const before = this.#pending && this.#pending.until > now ? this.#pending.stroke : undefined;
    this.#pending = undefined;
    const typing = isTyping(event.target);
    const usable = this.#live().filter(
      (action) => action.keys && action.isEnabled !== false && (!typing || action.whileTyping),
    );
    const found =
      (before && usable.find((action) => action.keys === `${before} ${stroke}`)) ||
      usable.find((action) => action.keys === stroke);
    if (found) {
      event.preventDefault();
      found.perform();
      return true;
    }
    if (usable.some((action) => action.keys?.startsWith(`${stroke} `))) {
      this.#pending = { stroke, until: now + SEQUENCE_PAUSE };
      return true;
    }
    return false;
  }
}

function isModifier(key: string): boolean {
  return key === "Shift" || key === "Control" || key === "Alt" || key === "Meta";
}

function looksSame(one: Action, other: Action | undefined): boolean {
  return (
    one.id === other?.id &&
    one.name === other.name &&
    one.group === other.group &&
    one.keys === other.keys &&
    one.isEnabled === other.isEnabled &&
    one.isHidden === other.isHidden
  );
}

/** Whether plain keys belong to the control that has the focus: a field, or a dialog, menu or list with keys of its own. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("[role=dialog],[role=alertdialog],[role=menu],[role=listbox]")) return true;
  if (target.isContentEditable || target.closest("[contenteditable=true]")) return true;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit", "range"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

export const ActionContext = createContext<ActionRegistry>(new ActionRegistry());

/** Puts the actions on screen for as long as the component is there. */
export function useActions(actions: readonly Action[]): void {
  const registry = useContext(ActionContext);
  const source = useRef({ actions });
  // With what is painted, not after it: who sees a button may press its key.
  useLayoutEffect(() => registry.add(source.current), [registry]);
  useLayoutEffect(() => {
    source.current.actions = actions;
    registry.changed();
  });
}

/** Every action on screen, for the palette and the sheet of keys. */
export function useRegisteredActions(): readonly Action[] {
  const registry = useContext(ActionContext);
  return useSyncExternalStore(registry.subscribe, () => registry.actions);
}

/** Listens on the whole page; mounted once per area. */
export function useActionKeys(): void {
  const registry = useContext(ActionContext);
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => registry.press(event);
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [registry]);
}
