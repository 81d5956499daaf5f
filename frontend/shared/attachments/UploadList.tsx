import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { useLocale } from "../i18n/locale.ts";
import { sizeInWords } from "./sizes.ts";
import type { Upload, Uploads } from "./useUploads.ts";

/** The files that go with what is being written: how far each has come, and what can be done about it. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const { t } = useLingui();
  if (uploads.items.length === 0) return null;
  const there = uploads.items.filter(({ state }) => state === "there").length;
  const all = uploads.items.length;
  return (
    <>
      <ul className="uploads" aria-label={t`Files that go with it`}>
        {uploads.items.map((item) => (
          <Item key={item.key} item={item} uploads={uploads} />
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {uploads.isGoing ? t`Uploading: ${there} of ${all} files are there` : t`${there} of ${all} files are there`}
      </p>
    </>
  );
}

function Item({ item, uploads }: { item: Upload; uploads: Uploads }) {
  const { t } = useLingui();
  const locale = useLocale();
  const { name, state, progress } = item;
  const percent = Math.round(progress * 100);
  return (
    <li className="upload" data-state={state}>
      <Thumb file={item.file} />
      <span className="upload-name">
        <span>{name}</span>
        {state === "failed" ? (
          <span className="problem" role="alert">
            {item.problem ?? <Trans>It did not come through. Try again.</Trans>}
          </span>
        ) : (
          <span className="upload-size num">
            {sizeInWords(item.size, locale)}
            {state === "going" && ` · ${percent} %`}
          </span>
        )}
        {state === "going" && <progress aria-label={t`Upload of ${name}`} max={100} value={percent} />}
      </span>
      {state === "failed" && item.file && (
        <button
          type="button"
          className="link"
          aria-label={t`Try ${name} again`}
          onClick={() => uploads.retry(item.key)}
        >
          <Trans>Try again</Trans>
        </button>
      )}
      <button
        type="button"
        className="link"
        aria-label={state === "going" ? t`Cancel the upload of ${name}` : t`Remove ${name}`}
        onClick={() => uploads.remove(item.key)}
      >
        {state === "going" ? <Trans>Cancel</Trans> : <Trans>Remove</Trans>}
      </button>
    </li>
  );
}

const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

function Thumb({ file }: { file: File | undefined }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!file || !SHOWN.test(file.type)) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url ? <img className="upload-thumb" src={url} alt="" /> : <span className="upload-thumb" aria-hidden="true" />;
}
