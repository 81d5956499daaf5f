import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../../shared/gql/problem.ts";
import { Button } from "../../../../shared/ui/Button.tsx";
import { ErrorState } from "../../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../../shared/ui/Skeleton.tsx";
import { Time } from "../../../../shared/ui/Time.tsx";
import { showToast } from "../../../toasts.ts";
import type { DeskTicketPartsFragment } from "../ticket.gen.ts";
import { MergePreviewDocument, MergeTicketsDocument } from "./moves.gen.ts";
import { useUndo } from "./useUndo.ts";

interface Props {
  ticket: DeskTicketPartsFragment;
  other: number;
  onBack: () => void;
  onClose: () => void;
}

/** The other ticket, and what will happen: which number goes on, and which leads to it. */
export function MergeStep({ ticket, other, onBack, onClose }: Props) {
  const { t } = useLingui();
  const [{ data, error }, ask] = useQuery({ query: MergePreviewDocument, variables: { number: other } });
  const [, mergeTickets] = useMutation(MergeTicketsDocument);
  const undo = useUndo();
  const [keepsThis, setKeepsThis] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const [source, target] = keepsThis ? [other, ticket.number] : [ticket.number, other];
  const shown = data?.ticket;

  const merge = async () => {
    if (isSending) return;
    setSending(true);
    const outcome = toOutcome(await mergeTickets({ source, target }), (found) => found.mergeTickets);
    setSending(false);
    if (outcome.kind === "done") {
      showToast(t`#${source} goes on in #${target}`, () => {
        void undo({ kind: "MERGE", number: source }).then((reason) => reason && showToast(reason));
      });
      onClose();
      return;
    }
    setProblem(
      outcome.kind === "refused"
        ? outcome.problem.message
        : outcome.failure.kind === "offline"
          ? t`No connection. Nothing was changed.`
          : t`Nothing was changed. Try again.`,
    );
  };

  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!shown) return <Skeleton lines={[80, 60, 90]} />;
  const first = shown.timeline.edges[0]?.node;
  return (
    <form
      className="merge-step"
      onSubmit={(event) => {
        event.preventDefault();
        void merge();
      }}
    >
      <h2>
        <span className="num">#{shown.number}</span> {shown.subject}
      </h2>
      <p className="faint">
        {shown.department.name} · {shown.status.name} · {shown.requester.name}, <Time at={shown.openedAt} />
      </p>
      {first?.__typename === "Message" && <blockquote>{first.body}</blockquote>}
      <p>
        <Trans>
          <strong className="num">#{source}</strong> goes on in <strong className="num">#{target}</strong>: all messages
          stand there in one conversation, and #{source} is closed and leads there.
        </Trans>
      </p>
      {problem && (
        <p role="alert" className="split-problem">
          {problem}
        </p>
      )}
      <div className="merge-buttons">
        <Button type="submit" look="primary" autoFocus isDisabled={isSending}>
          <Trans>Merge into #{target}</Trans>
        </Button>
        <Button
          look="plain"
          onClick={() => {
            setKeepsThis((before) => !before);
            setProblem(undefined);
          }}
        >
          <Trans>The other way round</Trans>
        </Button>
        <Button look="plain" onClick={onBack}>
          <Trans>Choose another</Trans>
        </Button>
      </div>
    </form>
  );
}
