import { useState } from "react";
import { useAfterChanges } from "./features/queue/changes.ts";
import { ThanksPage } from "./features/thanks/ThanksPage.tsx";

/** What was taken as thanks; it follows what happens. */
export function ThanksScreen() {
  const [changed, setChanged] = useState(0);
  useAfterChanges(() => setChanged((before) => before + 1));
  return <ThanksPage changed={changed} />;
}
