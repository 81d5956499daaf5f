import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { dismissToast, type Toast, useToasts } from "./toasts.ts";

const SHOWN_FOR = 8_000;

/** Mounted once per area; `showToast` fills it. */
export function Toasts() {
  const { t } = useLingui();
  const toasts = useToasts();
  const region = useRef<HTMLElement>(null);
  const [isHeld, setHeld] = useState(false);
  const hasToasts = toasts.length > 0;

  useEffect(() => {
    // Into the top layer and back, so that toasts lie above open dialogs.
    if (hasToasts) region.current?.showPopover?.();
    else region.current?.hidePopover?.();
  }, [hasToasts]);

  return (
    <section
      ref={region}
      popover="manual"
      className="toasts"
      aria-label={t`Messages`}
      aria-live="polite"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toasts.map((toast) => (
        <ToastRow key={toast.id} toast={toast} isHeld={isHeld} />
      ))}
    </section>
  );
}

function ToastRow({ toast, isHeld }: { toast: Toast; isHeld: boolean }) {
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismissToast(toast.id), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [toast.id, isHeld]);

  return (
    <div className="toast">
      <span>{toast.message}</span>
      {toast.undo && (
        <button
          type="button"
          onClick={() => {
            toast.undo?.();
            dismissToast(toast.id);
          }}
        >
          <Trans>Undo</Trans>
        </button>
      )}
      <button type="button" onClick={() => dismissToast(toast.id)}>
        <Trans>Dismiss</Trans>
      </button>
    </div>
  );
}
