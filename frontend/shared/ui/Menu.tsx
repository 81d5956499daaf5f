import type { ReactElement } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Pressable } from "react-aria-components";
import { Keys } from "../keyboard/Keys.tsx";

export interface MenuEntry {
  id: string;
  label: string;
  keys?: string | undefined;
  isDisabled?: boolean;
}

interface Props {
  label: string;
  entries: MenuEntry[];
  onChoose: (id: string) => void;
  /** The button that opens it. */
  children: ReactElement<{ role?: string }, string>;
}

export function Menu({ label, entries, onChoose, children }: Props) {
  return (
    <MenuTrigger>
      <Pressable>{children}</Pressable>
      <Popover>
        <AriaMenu
          className="menu"
          aria-label={label}
          items={entries}
          disabledKeys={entries.filter((entry) => entry.isDisabled).map((entry) => entry.id)}
          onAction={(key) => onChoose(String(key))}
        >
          {(entry) => (
            <MenuItem id={entry.id} textValue={entry.label}>
              <span>{entry.label}</span>
              {entry.keys && <Keys keys={entry.keys} />}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
