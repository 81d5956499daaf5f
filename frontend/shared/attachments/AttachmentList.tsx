import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useLocale } from "../i18n/locale.ts";
import type { AttachmentPartsFragment } from "./attachments.gen.ts";
import { Lightbox } from "./Lightbox.tsx";
import { sizeInWords } from "./sizes.ts";
import "./attachments.css";

interface Props {
  attachments: readonly AttachmentPartsFragment[];
}

/** The files of a message: pictures small, to be opened large; everything else by its name, to be downloaded. */
export function AttachmentList({ attachments }: Props) {
  const { t } = useLingui();
  const [shown, setShown] = useState<string>();
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  const pictures = attachments.filter((each) => isShown(each) && !broken.has(each.id));
  const others = attachments.filter((each) => !pictures.includes(each));
  return (
    <div className="attachments">
      {pictures.length > 0 && (
        <ul className="pictures" aria-label={t`Pictures`}>
          {pictures.map((each) => (
            <li key={each.id}>
              <button type="button" onClick={() => setShown(each.id)} aria-label={t`Show ${each.name} large`}>
                <img
                  src={each.smallUrl ?? undefined}
                  alt=""
                  loading="lazy"
                  onError={() => setBroken((before) => new Set([...before, each.id]))}
                />
              </button>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul className="files" aria-label={t`Files`}>
          {others.map((each) => (
            <FileLine key={each.id} file={each} />
          ))}
        </ul>
      )}
      {shown && <Lightbox pictures={pictures} shown={shown} onShow={setShown} onClose={() => setShown(undefined)} />}
    </div>
  );
}

function isShown({ smallUrl, state }: AttachmentPartsFragment): boolean {
  return smallUrl !== null && state === "READY";
}

function FileLine({ file }: { file: AttachmentPartsFragment }) {
  const locale = useLocale();
  const { name, state } = file;
  return (
    <li data-state={state}>
      {state === "READY" ? (
        <a href={file.url} download={name}>
          {name}
        </a>
      ) : (
        <span>{name}</span>
      )}
      <span className="upload-size num">
        {sizeInWords(file.size, locale)}
        <StateWords file={file} />
      </span>
    </li>
  );
}

function StateWords({ file }: { file: AttachmentPartsFragment }) {
  if (file.state === "CHECKING") {
    return (
      <>
        {" · "}
        <Trans>not checked for viruses yet</Trans>
      </>
    );
  }
  if (file.state === "INFECTED") {
    return (
      <strong className="problem">
        {" · "}
        <Trans>a virus was found: kept apart, not given out</Trans>
      </strong>
    );
  }
  if (file.state !== "REFUSED") return null;
  return (
    <>
      {" · "}
      {file.refusedBecause === "SIZE" && <Trans>not taken: too large</Trans>}
      {file.refusedBecause === "TYPE" && <Trans>not taken: such files are not taken here</Trans>}
      {file.refusedBecause === "SPACE" && <Trans>not taken: there was no room</Trans>}
      {file.refusedBecause === "EMPTY" && <Trans>empty</Trans>}
    </>
  );
}
