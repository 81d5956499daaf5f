import { Trans, useLingui } from "@lingui/react/macro";
import { type RefObject, useEffect, useState } from "react";
import { Autocomplete, Dialog, Input, Menu, MenuItem, Popover, SearchField } from "react-aria-components";
import { useQuery } from "urql";
import { DeskSearchDocument } from "../../search/search.gen.ts";
import type { DeskTicketPartsFragment } from "../ticket.gen.ts";
import "../../../css/overlays.css";
import "../../../css/moves.css";
import { MergeStep } from "./MergeStep.tsx";

interface Props {
  ticket: DeskTicketPartsFragment;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

interface Option {
  number: number;
  subject: string;
  hint: string;
}

const PAUSE = 150;

/** Choose the ticket by number or words; before one types, the client's other tickets are offered. Then it is shown. */
export function MergePicker({ ticket, anchor, onClose }: Props) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [query, setQuery] = useState("");
  const [other, setOther] = useState<number>();
  useEffect(() => {
    const timer = setTimeout(() => setQuery(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  const [{ data, fetching }] = useQuery({
    query: DeskSearchDocument,
    variables: { query, first: 8, after: null },
    pause: query === "",
  });
  const found: Option[] =
    query === ""
      ? (ticket.client?.recentTickets ?? []).map((each) => ({
          number: each.number,
          subject: each.subject,
          hint: each.status.name,
        }))
      : (data?.search.edges ?? []).map(({ node }) => ({
          number: node.number,
          subject: node.subject,
          hint: `${node.client?.name ?? node.requester.name} · ${node.status.name}`,
        }));
  const options = found.filter((each) => each.number !== ticket.number);
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      placement="bottom end"
      className="picker merge-picker"
    >
      <Dialog aria-label={t`Merge #${ticket.number}`} className="picker-dialog">
        {other !== undefined ? (
          <MergeStep ticket={ticket} other={other} onBack={() => setOther(undefined)} onClose={onClose} />
        ) : (
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField aria-label={t`Merge with`} autoFocus className="picker-search">
              <Input placeholder={t`Number or words of the other ticket`} className="control" />
            </SearchField>
            <Menu
              className="menu picker-list"
              aria-label={t`Tickets`}
              items={options}
              onAction={(key) => setOther(Number(key))}
              renderEmptyState={() => (
                <p className="picker-none">
                  {fetching ? t`Looking` : query === "" ? t`Type a number or words` : t`Nothing matches`}
                </p>
              )}
            >
              {(option) => (
                <MenuItem id={option.number} textValue={`#${option.number} ${option.subject}`}>
                  <span className="truncate">
                    <span className="num">#{option.number}</span> {option.subject}
                  </span>
                  <span className="faint truncate">{option.hint}</span>
                </MenuItem>
              )}
            </Menu>
            <p className="picker-none">
              <Trans>Only tickets of the same client can become one.</Trans>
            </p>
          </Autocomplete>
        )}
      </Dialog>
    </Popover>
  );
}
