import { cloneElement, type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Keys } from "../keyboard/Keys.tsx";

interface Props {
  label: ReactNode;
  /** The keys that do the same, as in "mod+k" or "g d". */
  keys?: string | undefined;
  /** The control it belongs to; must take `aria-describedby`. */
  children: ReactElement<{ "aria-describedby"?: string | undefined }>;
}

/**
 * Words for a control on hover and focus. Can be hovered itself, Escape sends it away, and it costs nothing until it
 * opens, so that every row of a queue may carry some.
 */
export function Tooltip({ label, keys, children }: Props) {
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const later = (open: boolean, delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(open), delay);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(() => {
    if (!isOpen) return;
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape") setOpen(false);
    };
    document.addEventListener("keydown", close, { capture: true });
    return () => document.removeEventListener("keydown", close, { capture: true });
  }, [isOpen]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the span only listens; the control inside is the interactive one.
    <span
      ref={anchor}
      className="contents"
      onPointerEnter={(event) => event.pointerType !== "touch" && later(true, 350)}
      onPointerLeave={() => later(false, 100)}
      onFocus={(event) => event.target.matches(":focus-visible") && later(true, 0)}
      onBlur={() => later(false, 0)}
      onPointerDown={() => later(false, 0)}
    >
      {cloneElement(children, { "aria-describedby": isOpen ? id : children.props["aria-describedby"] })}
      {isOpen &&
        createPortal(
          <Bubble id={id} anchor={anchor.current?.firstElementChild ?? null} onHover={(over) => later(over, 100)}>
            {label}
            {keys && <Keys keys={keys} />}
          </Bubble>,
          document.body,
        )}
    </span>
  );
}

interface BubbleProps {
  id: string;
  anchor: Element | null;
  onHover: (over: boolean) => void;
  children: ReactNode;
}

function Bubble({ id, anchor, onHover, children }: BubbleProps) {
  const bubble = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = bubble.current;
    if (!element || !anchor) return;
    // The top layer lies above every dialog; a browser without it still shows the bubble where it stands.
    element.showPopover?.();
    const place = anchor.getBoundingClientRect();
    const size = element.getBoundingClientRect();
    const below = place.bottom + 6;
    const top = below + size.height > innerHeight ? place.top - size.height - 6 : below;
    const centred = place.left + place.width / 2 - size.width / 2;
    element.style.top = `${Math.max(8, top)}px`;
    element.style.left = `${Math.min(Math.max(8, centred), Math.max(8, innerWidth - size.width - 8))}px`;
  }, [anchor]);

  return (
    <div
      ref={bubble}
      id={id}
      role="tooltip"
      popover="manual"
      className="tooltip"
      onPointerEnter={() => onHover(true)}
      onPointerLeave={() => onHover(false)}
    >
      {children}
    </div>
  );
}
