import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { useMutation, useQuery } from "urql";
import { toOutcome } from "../../../../shared/gql/problem.ts";
import { Button } from "../../../../shared/ui/Button.tsx";
import { Select, TextField } from "../../../../shared/ui/Field.tsx";
import { showToast } from "../../../toasts.ts";
import type { DeskTicketQuery } from "../ticket.gen.ts";
import "../../../css/moves.css";
import { SplitPlacesDocument, SplitTicketDocument } from "./moves.gen.ts";
import { pickableBoxes } from "./Pickable.tsx";
import { useUndo } from "./useUndo.ts";

interface Props {
  ticket: NonNullable<DeskTicketQuery["ticket"]>;
  chosen: ReadonlySet<string>;
  onClose: () => void;
}

/** What becomes of the chosen messages: a ticket of their own, with a subject and a place. It stands where one writes. */
export function SplitBar({ ticket, chosen, onClose }: Props) {
  const { t } = useLingui();
  const [{ data }] = useQuery({ query: SplitPlacesDocument });
  const [, splitTicket] = useMutation(SplitTicketDocument);
  const undo = useUndo();
  const [typed, setTyped] = useState<string>();
  const [departmentId, setDepartment] = useState(ticket.department.id);
  const [kindId, setKind] = useState("");
  const [problem, setProblem] = useState<{ field: string | null; message: string }>();
  const [isSending, setSending] = useState(false);
  const subject = useRef<HTMLInputElement>(null);
  const count = chosen.size;
  const departments = data?.departments.filter(({ archivedAt }) => !archivedAt) ?? [ticket.department];
  const kinds = data?.departments.find(({ id }) => id === departmentId)?.kinds ?? [];
  const title = typed ?? firstWords(ticket, chosen);

  // The hands stand on the last message, which is the one that was just read.
  useEffect(() => pickableBoxes().at(-1)?.focus(), []);

  const split = async () => {
    if (isSending) return;
    if (count === 0) {
      setProblem({ field: null, message: t`Choose a message first.` });
      pickableBoxes().at(-1)?.focus();
      return;
    }
    setSending(true);
    const outcome = toOutcome(
      await splitTicket({
        input: {
          number: ticket.number,
          messageIds: [...chosen],
          departmentId,
          subject: title,
          kindId: kindId === "" ? null : kindId,
        },
      }),
      (found) => found.splitTicket,
    );
    setSending(false);
    if (outcome.kind === "done") {
      const { number } = outcome.value.splitOff;
      showToast(t`#${number} was split off`, () => {
        void undo({ kind: "SPLIT", number }).then((reason) => reason && showToast(reason));
      });
      onClose();
      return;
    }
    setProblem(
      outcome.kind === "refused"
        ? { field: outcome.problem.field, message: outcome.problem.message }
        : {
            field: null,
            message:
              outcome.failure.kind === "offline"
                ? t`No connection. Nothing was changed.`
                : t`Nothing was changed. Try again.`,
          },
    );
    if (outcome.kind === "refused" && outcome.problem.field === "subject") subject.current?.focus();
  };

  return (
    <form
      className="split-bar"
      aria-label={t`Split off messages`}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      onSubmit={(event) => {
        event.preventDefault();
        void split();
      }}
    >
      <p aria-live="polite">
        {count === 0 ? (
          <Trans>Choose the messages that belong in a ticket of their own.</Trans>
        ) : (
          <strong>
            <Plural
              value={count}
              one="One message goes into a ticket of its own"
              other="# messages go into a ticket of their own"
            />
          </strong>
        )}
      </p>
      <div className="split-fields">
        <TextField
          ref={subject}
          label={t`Subject`}
          value={title}
          maxLength={200}
          problem={problem?.field === "subject" ? problem.message : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Select
          label={t`Department`}
          value={departmentId}
          onChange={(event) => {
            setDepartment(event.target.value);
            setKind("");
          }}
        >
          {departments.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        {kinds.length > 0 && (
          <Select label={t`Kind of request`} value={kindId} onChange={(event) => setKind(event.target.value)}>
            <option value="">{t`None`}</option>
            {kinds.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </div>
      {problem && problem.field !== "subject" && (
        <p role="alert" className="split-problem">
          {problem.message}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="primary" isDisabled={isSending}>
          <Trans>Split off</Trans>
        </Button>
        <Button look="plain" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}

/** The first line of the first chosen message, as far as it makes a subject. */
function firstWords(ticket: Props["ticket"], chosen: ReadonlySet<string>): string {
  for (const { node } of ticket.timeline.edges) {
    if (node.__typename !== "Message" || !chosen.has(node.id) || node.kind === "NOTE") continue;
    const line = (node.body.split("\n").find((each) => each.trim() !== "") ?? "").trim();
    return line.length <= 70 ? line : `${line.slice(0, 69).replace(/\s+\S*$/, "")}…`;
  }
  return "";
}
