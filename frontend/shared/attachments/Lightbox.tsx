import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { AttachmentPartsFragment } from "./attachments.gen.ts";

interface Props {
  pictures: readonly AttachmentPartsFragment[];
  shown: string;
  onShow: (id: string) => void;
  onClose: () => void;
}

/** One picture large, over the page. The arrows lead to the others, Escape back to where one was. */
export function Lightbox({ pictures, shown, onShow, onClose }: Props) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const closer = useRef<HTMLButtonElement>(null);
  const at = pictures.findIndex(({ id }) => id === shown);
  const picture = pictures[at];
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    closer.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  if (!picture) return null;
  const go = (by: number) => {
    const next = pictures[at + by];
    if (next) onShow(next.id);
  };
  const [number, count] = [at + 1, pictures.length];
  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={picture.name}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) dialog.current?.close();
      }}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") go(-1);
        if (event.key === "ArrowRight") go(1);
        // Keys of the page behind it are not meant.
        event.stopPropagation();
      }}
    >
      <header>
        <strong>{picture.name}</strong>
        {count > 1 && (
          <span className="num" role="status">
            {t`${number} of ${count}`}
          </span>
        )}
        <a href={picture.url} download={picture.name}>
          <Trans>Download the original</Trans>
        </a>
        <button ref={closer} type="button" className="link" onClick={() => dialog.current?.close()}>
          <Trans>Close</Trans>
        </button>
      </header>
      <div className="lightbox-stage">
        {count > 1 && (
          <button type="button" aria-label={t`Previous picture`} aria-disabled={at === 0} onClick={() => go(-1)}>
            ‹
          </button>
        )}
        <img key={picture.id} src={picture.largeUrl ?? undefined} alt={picture.name} />
        {count > 1 && (
          <button type="button" aria-label={t`Next picture`} aria-disabled={at === count - 1} onClick={() => go(1)}>
            ›
          </button>
        )}
      </div>
    </dialog>
  );
}
