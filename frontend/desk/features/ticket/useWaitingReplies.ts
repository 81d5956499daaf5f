import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMutation } from "urql";
import { type Outcome, toOutcome } from "../../../shared/gql/problem.ts";
import { dismissToast, showToast } from "../../toasts.ts";
import { giveBack } from "./givenBack.ts";
import { SendWaitingReplyDocument, TakeBackReplyDocument, type WaitingReplyPartsFragment } from "./ticket.gen.ts";

const toastOf = new Map<string, number>();

/** What can be done with an answer that has not left. The offer to undo stays while one goes on to the next ticket. */
export function useWaitingReplies(number: number, tell: (outcome: Outcome<unknown>) => void) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [, takeBack] = useMutation(TakeBackReplyDocument);
  const [, sendNow] = useMutation(SendWaitingReplyDocument);

  const quiet = (id: string) => {
    const toast = toastOf.get(id);
    if (toast !== undefined) dismissToast(toast);
    toastOf.delete(id);
  };
  const undo = async (id: string) => {
    quiet(id);
    const outcome = toOutcome(await takeBack({ id }), (data) => data.takeBackReply);
    if (outcome.kind === "done") {
      const { body, status, secrets, files } = outcome.value.draft;
      giveBack(number, {
        text: body,
        status,
        secrets: secrets.map(({ label, value }) => ({ label, value })),
        files: files.map(({ id, name, size }) => ({ id, name, size })),
      });
      await navigate({ to: "/tickets/$number", params: { number: String(number) } });
    } else if (outcome.kind === "refused") showToast(outcome.problem.message);
    else showToast(t`That did not arrive: the answer may still leave.`);
  };
  const go = async (id: string) => {
    quiet(id);
    tell(toOutcome(await sendNow({ id }), (data) => data.sendWaitingReply));
  };
  const announce = (waiting: WaitingReplyPartsFragment) => {
    const until = Date.now() + waiting.waitSeconds * 1000;
    toastOf.set(
      waiting.id,
      showToast(t`Your answer on #${number} leaves soon`, () => void undo(waiting.id), until),
    );
  };
  return { undo, go, announce };
}
