import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { useLocale } from "../i18n/locale.ts";
import { WhatFilesAreTakenDocument } from "./attachments.gen.ts";
import { sizeInWords } from "./sizes.ts";
import { UploadList } from "./UploadList.tsx";
import type { Uploads } from "./useUploads.ts";
import "./attachments.css";

interface Props {
  uploads: Uploads;
}

/**
 * Adds files to what is being written: chosen, taken with a phone's camera, dropped on the nearest element with
 * `data-takes-files`, or pasted there.
 */
export function AttachFiles({ uploads }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const client = useClient();
  const root = useRef<HTMLDivElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);

  const take = async (files: readonly File[]) => {
    // Asked when there is something to judge. Where there is no answer the server judges alone.
    const { data } = await client.query(WhatFilesAreTakenDocument, {}, { requestPolicy: "cache-first" }).toPromise();
    const rules = data?.attachmentRules;
    const room = (rules?.mostPerMessage ?? 20) - uploads.items.length;
    const fitting: File[] = [];
    for (const file of files) {
      const ending = file.name.includes(".") ? (file.name.split(".").at(-1) ?? "").toLowerCase() : "";
      if (fitting.length >= room)
        uploads.refuse(file, t`No more than ${rules?.mostPerMessage ?? 20} files go with one message.`);
      else if (file.size === 0) uploads.refuse(file, t`This file is empty.`);
      else if (rules && file.size > rules.mostBytes) {
        const most = sizeInWords(rules.mostBytes, locale);
        uploads.refuse(file, t`It is larger than ${most}, the most that is taken here.`);
      } else if (rules?.refusedTypes.includes(ending)) {
        uploads.refuse(file, t`Files of this kind are not taken here: .${ending}`);
      } else fitting.push(file);
    }
    if (fitting.length > 0) uploads.add(fitting);
  };
  const latest = useRef(take);
  latest.current = take;

  useEffect(() => {
    const place = root.current?.closest<HTMLElement>("[data-takes-files]");
    if (!place) return;
    const ending = new AbortController();
    const { signal } = ending;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    place.addEventListener("dragenter", over, { signal });
    place.addEventListener("dragover", over, { signal });
    place.addEventListener(
      "dragleave",
      (event) => {
        if (!(event.relatedTarget instanceof Node && place.contains(event.relatedTarget))) setOver(false);
      },
      { signal },
    );
    place.addEventListener(
      "drop",
      (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void latest.current([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    place.addEventListener(
      "paste",
      (event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        // What a spreadsheet copies is text first, and a picture of it besides.
        if (files.length === 0 || event.clipboardData?.types.includes("text/plain")) return;
        event.preventDefault();
        void latest.current(files);
      },
      { signal },
    );
    return () => ending.abort();
  }, []);

  const choose = (input: HTMLInputElement) => {
    void latest.current([...(input.files ?? [])]);
    // The same file can be chosen again after it was removed.
    input.value = "";
  };

  return (
    <div ref={root} className="attach" data-over={isOver || undefined}>
      <UploadList uploads={uploads} />
      <div className="attach-ways">
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          aria-hidden
          data-testid="choose-files"
          onChange={(event) => choose(event.currentTarget)}
        />
        <input
          ref={camera}
          type="file"
          accept="image/*"
          capture="environment"
          hidden
          aria-hidden
          onChange={(event) => choose(event.currentTarget)}
        />
        <button type="button" className="link" onClick={() => chooser.current?.click()}>
          <ClipMark /> <Trans>Add files</Trans>
        </button>
        <button type="button" className="link attach-camera" onClick={() => camera.current?.click()}>
          <Trans>Take a photo</Trans>
        </button>
        <span className="attach-hint">
          {isOver ? <Trans>Let go to add them</Trans> : <Trans>or drop them here, or paste a screenshot</Trans>}
        </span>
      </div>
    </div>
  );
}

function ClipMark() {
  return (
    <svg
      viewBox="0 0 16 16"
      width="14"
      height="14"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    >
      <path d="M13.5 7.5 8.2 12.8a3.2 3.2 0 0 1-4.5-4.5L9 3a2.1 2.1 0 0 1 3 3L6.7 11.3a1 1 0 0 1-1.5-1.5l4.9-4.8" />
    </svg>
  );
}
