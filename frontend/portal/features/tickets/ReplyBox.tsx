import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useMutation } from "urql";
import { attachFiles } from "../../../shared/attachments/slots.ts";
import { useUploads } from "../../../shared/attachments/useUploads.ts";
import { type Failure, toOutcome } from "../../../shared/gql/problem.ts";
import { LeakOffer } from "../../../shared/secrets/LeakOffer.tsx";
import { SealedDrafts } from "../../../shared/secrets/SealedDrafts.tsx";
import { useSealing } from "../../../shared/secrets/useSealing.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { TextArea } from "../../../shared/ui/Field.tsx";
import { useVisitor } from "../../visitor.ts";
import { AllFine } from "./AllFine.tsx";
import { newKey } from "./draft.ts";
import { openReplyDraft, saveReplyDraft } from "./replyDraft.ts";
import { countMessages, type Sending } from "./Timeline.tsx";
import { ReplyDocument, type TicketPagePartsFragment } from "./ticket.gen.ts";

interface Props {
  ticket: TicketPagePartsFragment;
  onSending: (sending: Sending | undefined) => void;
}

export function ReplyBox({ ticket, onSending }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { refetch } = useVisitor();
  const [, reply] = useMutation(ReplyDocument);
  const [draft, setDraft] = useState(() => openReplyDraft(ticket.number));
  const uploads = useUploads(`countersign:draft:reply:${ticket.number}`);
  const [problem, setProblem] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const [isSending, setSending] = useState(false);
  const inFlight = useRef(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const { beginsNew } = ticket.abilities;
  const sealing = useSealing(draft.body);
  const [isHeld, setHeld] = useState(false);

  if (!ticket.abilities.reply) return null;

  const change = (body: string) => {
    const next = { ...draft, body };
    setDraft(next);
    saveReplyDraft(ticket.number, next);
    setProblem(undefined);
    setHeld(false);
  };

  const send = async (sendAnyway = false) => {
    if (inFlight.current) return;
    const { body, key } = draft;
    if (!body.trim()) {
      setProblem(t`Write your answer first.`);
      box.current?.focus();
      return;
    }
    if (uploads.isGoing || uploads.hasFailed) {
      setProblem(
        uploads.isGoing
          ? t`Files are still on their way: send it when they are there.`
          : t`Remove the files that were not taken, or try them again.`,
      );
      return;
    }
    inFlight.current = true;
    setSending(true);
    setFailure(undefined);
    setProblem(undefined);
    setDraft({ body: "", key });
    onSending({ body, after: countMessages(ticket.timeline) });
    const { secrets } = sealing;
    const result = await reply({
      number: ticket.number,
      body,
      idempotencyKey: key,
      secrets: [...secrets],
      attachments: uploads.ids,
      sendAnyway,
    });
    const outcome = toOutcome(result, (data) => data.reply);
    inFlight.current = false;
    setSending(false);
    onSending(undefined);
    if (outcome.kind === "done") {
      sealing.clear();
      uploads.clear();
      setHeld(false);
      saveReplyDraft(ticket.number, { key, body: "" });
      setDraft((current) => ({ body: current.body, key: newKey() }));
      if (outcome.value.followUp) {
        const number = String(outcome.value.ticket.number);
        await navigate({ to: "/tickets/$number", params: { number }, state: { followsUp: ticket.number } });
      } else if (outcome.value.ticket.number !== ticket.number) {
        // It was merged while one wrote: the answer stands where the request goes on.
        await navigate({ to: "/tickets/$number", params: { number: String(outcome.value.ticket.number) } });
      }
      return;
    }
    // What was written comes back into the box, before anything that was typed since.
    setDraft((current) => ({ key, body: current.body ? `${body}\n\n${current.body}` : body }));
    if (outcome.kind === "refused") {
      if (outcome.problem.code === "leak_suspected" && outcome.problem.field === "body") {
        setHeld(true);
        setTimeout(() => void sealing.look());
      } else setProblem(outcome.problem.message);
      // The page may be behind the times: the request closed, the session ended.
      refetch();
    } else setFailure(outcome.failure);
    box.current?.focus();
  };

  return (
    <form
      className="reply"
      data-takes-files
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextArea
        ref={box}
        label={beginsNew ? t`Answer with a new request` : t`Your answer`}
        hint={beginsNew ? t`This request is closed. Your answer begins a new one that is linked to it.` : undefined}
        problem={problem}
        rows={4}
        value={draft.body}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void send();
        }}
      />
      <attachFiles.Slot uploads={uploads} />
      <LeakOffer sealing={sealing} onText={change} onSendAnyway={isHeld ? () => void send(true) : undefined} />
      <SealedDrafts sealing={sealing} />
      {failure && (
        <Banner tone="urgent" isAlert>
          <span>
            {failure.kind === "offline" ? (
              <Trans>No connection. Your answer is kept here; send it when you are back online.</Trans>
            ) : (
              <Trans>Something went wrong on our side. Your answer is kept here; it will not arrive twice.</Trans>
            )}
          </span>
          {failure.kind === "surprise" && failure.errorId && <code>{failure.errorId}</code>}
        </Banner>
      )}
      <div className="actions">
        <Button type="submit" look="brand" isDisabled={isSending}>
          {beginsNew ? <Trans>Send as a new request</Trans> : <Trans>Send the answer</Trans>}
        </Button>
        <AllFine ticket={ticket} />
      </div>
    </form>
  );
}
