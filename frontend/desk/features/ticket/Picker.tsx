import { useLingui } from "@lingui/react/macro";
import { type ReactNode, type RefObject, useState } from "react";
import { Autocomplete, Dialog, Input, Menu, MenuItem, Popover, SearchField, useFilter } from "react-aria-components";
import "../../css/overlays.css";
import { LockMark } from "./HeldStep.tsx";

export interface PickerOption {
  id: string;
  name: string;
  hint?: string | undefined;
  isCurrent?: boolean;
  /** It waits for proof: choosing it says so. */
  isHeld?: boolean;
}

interface Props {
  label: string;
  placeholder: string;
  options: PickerOption[];
  anchor: RefObject<HTMLElement | null>;
  onChoose: (id: string) => void;
  onClose: () => void;
  /** Takes the place of the list: a second step. */
  children?: ReactNode;
}

/** Choose one by typing a few letters; floats beside what it changes and goes with Escape. */
export function Picker({ label, placeholder, options, anchor, onChoose, onClose, children }: Props) {
  const { t } = useLingui();
  const { contains } = useFilter({ sensitivity: "base" });
  const [text, setText] = useState("");
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      placement="bottom start"
      className="picker"
    >
      <Dialog aria-label={label} className="picker-dialog">
        {children ?? (
          <Autocomplete filter={contains} inputValue={text} onInputChange={setText}>
            <SearchField aria-label={label} autoFocus className="picker-search">
              <Input placeholder={placeholder} className="control" />
            </SearchField>
            <Menu
              className="menu picker-list"
              aria-label={label}
              items={options}
              onAction={(id) => onChoose(String(id))}
              renderEmptyState={() => <p className="picker-none">{t`Nothing matches`}</p>}
            >
              {(option) => (
                <MenuItem id={option.id} textValue={option.name}>
                  <span className="truncate">
                    {option.isCurrent && <span aria-hidden="true">✓ </span>}
                    {option.name} {option.isHeld && <LockMark />}
                  </span>
                  {option.hint && <span className="faint truncate">{option.hint}</span>}
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        )}
      </Dialog>
    </Popover>
  );
}
