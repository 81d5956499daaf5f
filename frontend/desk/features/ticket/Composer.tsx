import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import { attachFiles } from "../../../shared/attachments/slots.ts";
import { useUploads } from "../../../shared/attachments/useUploads.ts";
import type { StatusPartsFragment } from "../../../shared/gql/fragments.gen.ts";
import type { Outcome } from "../../../shared/gql/problem.ts";
import { LeakOffer } from "../../../shared/secrets/LeakOffer.tsx";
import { SealedDrafts } from "../../../shared/secrets/SealedDrafts.tsx";
import type { SealedDraft } from "../../../shared/secrets/sealText.ts";
import { useSealing } from "../../../shared/secrets/useSealing.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Tooltip } from "../../../shared/ui/Tooltip.tsx";
import { useDesk } from "../../desk.ts";
import { ClientWroteStep } from "./ClientWroteStep.tsx";
import { hasDraft, type Tab, useDraft } from "./drafts.ts";
import { useGivenBack } from "./givenBack.ts";
import { HeldStep, heldBack, LockMark } from "./HeldStep.tsx";
import { sendNames, sendOptions } from "./sendOptions.ts";
import type { DeskTicketPartsFragment } from "./ticket.gen.ts";

export interface ComposerHandle {
  open(tab: Tab): void;
}

/** A message on its way: shown in the conversation before the server has it. */
export interface Sending {
  tab: Tab;
  body: string;
  status: string | undefined;
  /** Why a lead sends it with a status that waits for proof. */
  withoutProof?: string | undefined;
  /** What goes with it sealed. */
  secrets: readonly SealedDraft[];
  /** The ids of the files that go with it. */
  attachments: readonly string[];
  /** Its writer has seen that it looks like a secret. */
  sendAnyway: boolean;
  /** The last message that its writer has read; null where that is not known. */
  seenId: string | null;
  /** Its writer knows that the client wrote meanwhile. */
  answerAnyway: boolean;
  /** The same text sent twice is one message. */
  idempotencyKey: string;
}

interface Props {
  ticket: DeskTicketPartsFragment;
  /** The last message on the screen. */
  lastId: string | null;
  /** Shows the newest of the conversation. */
  onLook: () => void;
  onAsk: () => void;
  onSend: (sending: Sending) => Promise<Outcome<unknown>>;
  ref?: Ref<ComposerHandle>;
}

/** Answers the client, or leaves a note for colleagues. */
export function Composer({ ticket, lastId, onLook, onAsk, onSend, ref }: Props) {
  const { t } = useLingui();
  const { viewer } = useDesk();
  const { reply: mayReply, note: mayNote } = ticket.abilities;
  const [chosen, setTab] = useState<Tab>(() =>
    hasDraft(viewer.id, ticket.number, "note") && !hasDraft(viewer.id, ticket.number, "reply") ? "note" : "reply",
  );
  const tab: Tab = chosen === "reply" && !mayReply ? "note" : chosen;
  const { text, isSaved, write, clear } = useDraft(viewer.id, ticket.number, tab);
  const uploads = useUploads(`countersign:draft:${viewer.id}:${ticket.number}:${tab}`, localStorage);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<{ tab: Tab; message: string }>();
  const [heldOption, setHeldOption] = useState<StatusPartsFragment>();
  const sealing = useSealing(text);
  const [heldForLeak, setHeldForLeak] = useState<{ text: string; option: StatusPartsFragment | undefined }>();
  const [clientWrote, setClientWrote] = useState<{ message: string; answer: () => void }>();
  const [chosenStatus, setChosenStatus] = useState<string>();
  const textarea = useRef<HTMLTextAreaElement>(null);
  // What stood there when the text was begun; what comes later may not have been seen.
  const seen = useRef(lastId);
  if (text === "") seen.current = lastId;
  const key = useRef({ text: "", key: "" });
  const options = sendOptions(ticket.abilities.replyStatuses);
  const closing = options.filter(({ meaning }) => meaning === "CLOSED");
  const onlyCloses = closing.length > 0 && closing.length === options.length;
  // What closes the ticket destroys its secrets at once: such an answer carries none.
  const cannotCarry = (option: StatusPartsFragment) => sealing.secrets.length > 0 && option.meaning === "CLOSED";
  const usual =
    options.find((option) => option.key === chosenStatus && !cannotCarry(option)) ??
    options.findLast((option) => !cannotCarry(option)) ??
    options.at(-1);

  const wantsFocus = useRef(false);
  const open = (to: Tab) => {
    wantsFocus.current = true;
    setTab(to);
    textarea.current?.focus();
  };
  useImperativeHandle(ref, () => ({ open }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the box of another tab is another box.
  useEffect(() => {
    if (wantsFocus.current) textarea.current?.focus();
    wantsFocus.current = false;
  }, [tab]);

  useGivenBack(ticket.number, tab === "reply", {
    makeReady: () => setTab("reply"),
    take: (draft) => {
      write(text.trim() === "" ? draft.text : `${draft.text}\n\n${text}`);
      sealing.setSecrets([...draft.secrets, ...sealing.secrets]);
      uploads.giveBack(draft.files);
      setChosenStatus(draft.status);
      open("reply");
    },
  });

  const held = tab === "reply" ? heldBack(ticket, "REPLY", heldOption?.key) : undefined;
  const send = async (
    option: StatusPartsFragment | undefined,
    withoutProof?: string,
    sendAnyway = false,
    answerAnyway = false,
  ) => {
    const body = text.trim();
    if (isSending) return;
    if (body === "") {
      setProblem({ tab, message: t`Write something first.` });
      textarea.current?.focus();
      return;
    }
    if (uploads.isGoing || uploads.hasFailed) {
      const message = uploads.isGoing
        ? t`Files are still on their way: send it when they are there.`
        : t`Remove the files that were not taken, or try them again.`;
      setProblem({ tab, message });
      return;
    }
    if (tab === "reply" && withoutProof === undefined && heldBack(ticket, "REPLY", option?.key)) {
      setHeldOption(option);
      return;
    }
    setHeldOption(undefined);
    setClientWrote(undefined);
    if (key.current.text !== body) key.current = { text: body, key: crypto.randomUUID() };
    setSending(true);
    setProblem(undefined);
    const outcome = await onSend({
      tab,
      body,
      status: tab === "reply" ? option?.key : undefined,
      idempotencyKey: key.current.key,
      withoutProof,
      secrets: tab === "reply" ? sealing.secrets : [],
      attachments: uploads.ids,
      sendAnyway,
      seenId: seen.current,
      answerAnyway,
    });
    setSending(false);
    if (outcome.kind === "done") {
      key.current = { text: "", key: "" };
      clear();
      sealing.clear();
      uploads.clear();
      setChosenStatus(undefined);
      // The hands are free for the next ticket: its keys are single letters.
      textarea.current?.blur();
      return;
    }
    if (outcome.kind === "refused" && outcome.problem.code === "leak_suspected") {
      setHeldForLeak({ text, option });
      await sealing.look();
      return;
    }
    if (outcome.kind === "refused" && outcome.problem.code === "client_wrote") {
      const { message } = outcome.problem;
      setClientWrote({ message, answer: () => void send(option, withoutProof, sendAnyway, true) });
      return;
    }
    setProblem({ tab, message: outcome.kind === "refused" ? outcome.problem.message : failed(outcome.failure) });
    textarea.current?.focus();
  };
  const failed = (failure: Extract<Outcome<unknown>, { kind: "failed" }>["failure"]) => {
    if (failure.kind === "offline") return t`No connection. Your text is kept; send it again when you are back.`;
    const id = failure.errorId;
    return id
      ? t`It was not sent: something went wrong on our side (error ${id}).`
      : t`It was not sent: something went wrong on our side.`;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      void send(usual);
    } else if (event.key === "Escape") {
      event.currentTarget.blur();
    }
  };

  const firstName = ticket.requester.name.split(/\s/)[0] ?? ticket.requester.name;
  const tabs = [
    ...(mayReply ? [{ tab: "reply" as const, name: t`Reply to ${firstName}`, keys: "r" }] : []),
    ...(mayNote ? [{ tab: "note" as const, name: t`Note for staff`, keys: "n" }] : []),
  ];
  if (tabs.length === 0) return null;
  const shown = problem?.tab === tab ? problem.message : undefined;

  return (
    <section className="composer" data-tab={tab} aria-label={t`Answer`}>
      {!mayReply && (
        <p className="composer-why">
          <Trans>This ticket is closed for replies; notes for colleagues are still possible.</Trans>
        </p>
      )}
      <div className="composer-box" data-takes-files>
        <div className="composer-tabs">
          {tabs.map((each) => (
            <Tooltip key={each.tab} label={each.name} keys={each.keys}>
              <button type="button" aria-pressed={tab === each.tab} onClick={() => open(each.tab)}>
                {each.name}
              </button>
            </Tooltip>
          ))}
          {tab === "note" && (
            <span className="composer-hint">
              <Trans>The client never sees it</Trans>
            </span>
          )}
        </div>
        <textarea
          ref={textarea}
          key={tab}
          rows={2}
          aria-label={tab === "reply" ? t`Reply` : t`Note`}
          aria-invalid={shown ? true : undefined}
          aria-describedby={shown ? "composer-problem" : undefined}
          placeholder={
            tab === "reply" ? t`What will you do, or what do you need to know?` : t`What should colleagues know?`
          }
          value={text}
          onChange={(event) => {
            write(event.target.value);
            setProblem(undefined);
          }}
          onKeyDown={onKeyDown}
        />
        {shown && (
          <p id="composer-problem" role="alert" className="composer-problem">
            {shown}
          </p>
        )}
        <attachFiles.Slot key={`files-${tab}`} uploads={uploads} />
        <LeakOffer
          sealing={sealing}
          onText={write}
          canSeal={tab === "reply" && !onlyCloses}
          onSendAnyway={heldForLeak?.text === text ? () => void send(heldForLeak.option, undefined, true) : undefined}
          isForStaff
        />
        {clientWrote && tab === "reply" && (
          <ClientWroteStep
            message={clientWrote.message}
            onAnswer={clientWrote.answer}
            onLook={() => {
              seen.current = lastId;
              setClientWrote(undefined);
              onLook();
            }}
          />
        )}
        {held && (
          <HeldStep
            held={held}
            mayGoOn={ticket.abilities.goOnWithoutProof}
            asked={ticket.proofAsked}
            onAsk={onAsk}
            onGoOn={(reason) => void send(heldOption, reason)}
            onCancel={() => setHeldOption(undefined)}
          />
        )}
        <div className="composer-foot">
          {tab === "reply" && (
            <SealedDrafts
              sealing={sealing}
              isOffered={!onlyCloses}
              note={
                onlyCloses
                  ? t`An answer here closes the ticket, and that would destroy a sealed secret at once. Set another status first.`
                  : closing.length > 0
                    ? t`“Send and close” carries no secret: it would be destroyed at once. Choose another way to send.`
                    : undefined
              }
            />
          )}
          <span className="saved" role="status">
            {text !== "" && isSaved && <Trans>Saved</Trans>}
          </span>
          {tab === "reply" ? (
            options.map((option) => (
              <Tooltip
                key={option.key}
                label={
                  cannotCarry(option)
                    ? t`It would destroy the sealed secret at once`
                    : (heldBack(ticket, "REPLY", option.key)?.reason ?? t`Becomes “${option.name}”`)
                }
                keys={option === usual ? "mod+enter" : undefined}
              >
                <Button
                  look={option === usual ? "primary" : "quiet"}
                  isDisabled={isSending || cannotCarry(option)}
                  onClick={() => void send(option)}
                >
                  {heldBack(ticket, "REPLY", option.key) && <LockMark />} {t(sendNames[option.meaning])}
                </Button>
              </Tooltip>
            ))
          ) : (
            <Tooltip label={t`Add the note`} keys="mod+enter">
              <Button look="primary" isDisabled={isSending} onClick={() => void send(undefined)}>
                <Trans>Add note</Trans>
              </Button>
            </Tooltip>
          )}
        </div>
      </div>
    </section>
  );
}
