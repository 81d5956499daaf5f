import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { dismissToast, type Toast, useToasts } from "./toasts.ts";

const SHOWN_FOR = 8_000;
/** A pointer that was left lying on a toast does not keep it for ever. */
const SHOWN_AT_MOST = 30_000;

/** Mounted once, in a place of its own where it covers nothing; `showToast` fills it. */
export function Toasts() {
  const { t } = useLingui();
  const toasts = useToasts();
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
  const { id } = toast;

  useEffect(() => {
    if (hasFocus) return;
    const timer = setTimeout(() => dismissToast(id), isPointedAt ? SHOWN_AT_MOST : SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [id, hasFocus, isPointedAt]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the row only listens; the buttons inside are the interactive ones.
    <div
      className="toast"
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      onFocus={() => setFocus(true)}
      onBlur={() => setFocus(false)}
    >
      <span>{toast.message}</span>
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
        </button>
      )}
      <button type="button" className="dismiss" aria-label={t`Dismiss`} onClick={() => dismissToast(id)}>
        ✕
      </button>
    </div>
  );
}
