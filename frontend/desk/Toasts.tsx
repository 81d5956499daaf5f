import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { useActions } from "../shared/keyboard/actions.ts";
import { Keys } from "../shared/keyboard/Keys.tsx";
import { dismissToast, type Toast, useToasts } from "./toasts.ts";

const SHOWN_FOR = 8_000;
/** A pointer that was left lying on a toast does not keep it for ever. */
const SHOWN_AT_MOST = 30_000;

/** Mounted once, in a place of its own where it covers nothing; `showToast` fills it. */
export function Toasts() {
  const { t } = useLingui();
  const toasts = useToasts();
  const last = toasts.findLast((toast) => toast.undo);
  useActions(
    last
      ? [
          {
            id: "undo",
            name: t`Undo`,
            group: t`Desk`,
            keys: "shift+u",
            perform: () => {
              last.undo?.();
              dismissToast(last.id);
            },
          },
        ]
      : [],
  );
  return (
    <section className="toasts" aria-label={t`Messages`} aria-live="polite">
      {toasts.map((toast) => (
        <ToastRow key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastRow({ toast }: { toast: Toast }) {
  const { t } = useLingui();
  const [isPointedAt, setPointedAt] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  const { id, until } = toast;

  useEffect(() => {
    // What cannot be undone any more offers it no longer, whoever points at it.
    if (hasFocus && until === undefined) return;
    const wait = until === undefined ? (isPointedAt ? SHOWN_AT_MOST : SHOWN_FOR) : Math.max(0, until - Date.now());
    const timer = setTimeout(() => dismissToast(id), wait);
    return () => clearTimeout(timer);
  }, [id, hasFocus, isPointedAt, until]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the row only listens; the buttons inside are the interactive ones.
    <div
      className="toast"
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      onFocus={() => setFocus(true)}
      onBlur={() => setFocus(false)}
    >
      <span>
        {toast.message}
        {until !== undefined && <Countdown until={until} />}
      </span>
      {toast.undo && (
        <button
          type="button"
          className="undo"
          onClick={() => {
            toast.undo?.();
            dismissToast(id);
          }}
        >
          <Trans>Undo</Trans>
          {until !== undefined && (
            <>
              {" "}
              <Keys keys="shift+u" />
            </>
          )}
        </button>
      )}
      <button type="button" className="dismiss" aria-label={t`Dismiss`} onClick={() => dismissToast(id)}>
        ✕
      </button>
    </div>
  );
}

/** For the eyes alone: read out each second it would drown all else. */
function Countdown({ until }: { until: number }) {
  const [left, setLeft] = useState(() => Math.ceil((until - Date.now()) / 1000));
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000))), 250);
    return () => clearInterval(timer);
  }, [until]);
  return <span aria-hidden="true">{` · ${left} s`}</span>;
}
