const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** Modifiers and key of one stroke, in a fixed order: "mod+shift+k". `mod` is Command on Apple's keyboards, else Control. */
export function strokeOf(event: KeyboardEvent): string {
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const isLetter = /^[a-z]$/.test(key);
  const parts = [
    (isApple ? event.metaKey : event.ctrlKey) && "mod",
    event.altKey && "alt",
    // A sign such as "?" already has its shift in it; only with letters and named keys does shift say more.
    event.shiftKey && (isLetter || key.length > 1) && "shift",
    key,
  ];
  return parts.filter(Boolean).join("+");
}

/** What stands on the keycaps. */
export function keycaps(keys: string): string[][] {
  return keys
    .split(" ")
    .map((stroke) =>
      (stroke === "+" ? ["+"] : stroke.split("+")).map(
        (part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part),
      ),
    );
}

const names: Record<string, string> = {
  mod: isApple ? "⌘" : "Ctrl",
  alt: isApple ? "⌥" : "Alt",
  shift: "⇧",
  enter: "↵",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
};
