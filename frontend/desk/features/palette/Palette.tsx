import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from "react-aria-components";
import { useQuery } from "urql";
import { useRegisteredActions } from "../../../shared/keyboard/actions.ts";
import { Keys } from "../../../shared/keyboard/Keys.tsx";
import { ticketNumber } from "../../../shared/ticketNumber.ts";
import { DeskDepartmentsDocument } from "../../start.gen.ts";
import { byGroup } from "./groups.ts";
import "../../css/overlays.css";

interface Props {
  /** `departments` shows those alone. */
  scope: "everything" | "departments";
  onClose: () => void;
}

interface Entry {
  id: string;
  name: string;
  keys?: string | undefined;
  /** Finds the entry too. */
  alias?: string;
  perform: () => void;
}

/** Everything that can be done or gone to, by typing a few letters of it. */
export function Palette({ scope, onClose }: Props) {
  const { t } = useLingui();
  const { contains } = useFilter({ sensitivity: "base" });
  const [text, setText] = useState("");
  const sections = useSections(scope, text);
  const entries = new Map(sections.flatMap((section) => section.entries.map((entry) => [entry.id, entry])));
  const label = scope === "departments" ? t`Go to a department` : t`Find or do`;

  const choose = (id: string) => {
    onClose();
    // Closing gives the focus back to where it was; what is chosen may then move it on.
    requestAnimationFrame(() => requestAnimationFrame(() => entries.get(id)?.perform()));
  };

  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()} className="veil">
      <Modal className="palette">
        <Dialog aria-label={label}>
          <Autocomplete filter={contains} inputValue={text} onInputChange={setText}>
            <SearchField aria-label={label} autoFocus>
              <Input
                className="palette-input"
                placeholder={scope === "departments" ? t`Name of a department` : t`Ticket number, words, or what to do`}
              />
            </SearchField>
            <Menu
              aria-label={label}
              className="menu palette-list"
              onAction={(id) => choose(String(id))}
              renderEmptyState={() => <p className="picker-none">{t`Nothing matches`}</p>}
            >
              {sections.map((section) => (
                <MenuSection key={section.name}>
                  <Header>{section.name}</Header>
                  {section.entries.map((entry) => (
                    <MenuItem
                      key={entry.id}
                      id={entry.id}
                      textValue={entry.alias ? `${entry.name} ${entry.alias}` : entry.name}
                    >
                      <span className="truncate">{entry.name}</span>
                      {entry.keys && <Keys keys={entry.keys} />}
                    </MenuItem>
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function useSections(scope: Props["scope"], text: string): { name: string; entries: Entry[] }[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  const actions = useRegisteredActions();
  const [{ data }] = useQuery({ query: DeskDepartmentsDocument });
  const departments = {
    name: t`Departments`,
    entries: (data?.departments ?? []).map(({ id, name }) => ({
      id: `department:${id}`,
      name,
      perform: () => void navigate({ to: "/queue/$departmentId", params: { departmentId: id } }),
    })),
  };
  if (scope === "departments") return [departments];

  const wanted = text.trim();
  const number = ticketNumber(wanted);
  const tickets: Entry[] = [];
  if (number) {
    tickets.push({
      id: "ticket",
      name: t`Open ticket #${number}`,
      // However the number was written: what is typed must stand in an entry for it to stay.
      alias: wanted,
      perform: () => void navigate({ to: "/tickets/$number", params: { number: String(number) } }),
    });
  }
  if (wanted !== "") {
    tickets.push({
      id: "search",
      name: t`Search tickets for “${wanted}”`,
      perform: () => void navigate({ to: "/search", search: { q: wanted } }),
    });
  }

  const groups = byGroup(actions.filter((action) => !action.isHidden && action.isEnabled !== false));
  const found = { name: t`Tickets`, entries: tickets };
  const rest = [...groups.map(([name, entries]) => ({ name, entries })), departments];
  // A number means its ticket; words mean an action first, and a search when there is none.
  return (number ? [found, ...rest] : [...rest, found]).filter((section) => section.entries.length > 0);
}
