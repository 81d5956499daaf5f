import { useState } from "react";
import { useAfterChanges } from "./features/queue/changes.ts";
import { AwayPage } from "./features/routing/AwayPage.tsx";

/** What lies undone with people who are away; it follows what happens. */
export function AwayScreen() {
  const [changed, setChanged] = useState(0);
  useAfterChanges(() => setChanged((before) => before + 1));
  return <AwayPage changed={changed} />;
}
