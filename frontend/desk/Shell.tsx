import { Trans, useLingui } from "@lingui/react/macro";
import { Outlet, useMatchRoute } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { useActionKeys } from "../shared/keyboard/actions.ts";
import { Keys } from "../shared/keyboard/Keys.tsx";
import { StepUpSlot } from "../shared/security/StepUpSlot.tsx";
import { lazySlot } from "../shared/ui/lazySlot.tsx";
import { OfflineBanner } from "../shared/ui/OfflineBanner.tsx";
import { Tooltip } from "../shared/ui/Tooltip.tsx";
import { BrandMark } from "./BrandMark.tsx";
import { DeskContext, useDesk } from "./desk.ts";
import { LiveQueue } from "./features/queue/LiveQueue.tsx";
import { ViewsPane } from "./features/queue/ViewsPane.tsx";
import { MembersDocument } from "./features/ticket/ticket.gen.ts";
import { useLiveCompany } from "./liveCompany.ts";
import { Me } from "./Me.tsx";
import { useShellActions } from "./shellActions.ts";
import { Toasts } from "./Toasts.tsx";

const palette = lazySlot(() => import("./features/palette/Palette.tsx").then((module) => module.Palette));
const keySheet = lazySlot(() => import("./features/palette/KeySheet.tsx").then((module) => module.KeySheet));

/** What lies over the page; `departments` is the palette with nothing but those. */
export type Overlay = "palette" | "departments" | "keys";

export function Shell() {
  const { t } = useLingui();
  const desk = useDesk();
  const { refetch } = desk;
  const [overlay, setOverlay] = useState<Overlay>();
  const isViews = useMatchRoute()({ to: "/views" }) !== false;
  useActionKeys();
  useShellActions(setOverlay);

  // Who works here is known before the first ticket is opened: the key that takes it then works at once.
  useQuery({ query: MembersDocument, requestPolicy: "cache-first" });

  const company = useLiveCompany();

  const close = () => setOverlay(undefined);
  return (
    <DeskContext value={{ ...desk, company }}>
      <div className="shell" data-shows={isViews ? "views" : "page"}>
        <a className="skip-link" href="#page">
          <Trans>Skip to the page</Trans>
        </a>
        <header className="side">
          <BrandMark brand={company.brand} />
          <Tooltip label={t`Find a ticket or do something`} keys="mod+k">
            <button
              type="button"
              className="find"
              onPointerEnter={palette.preload}
              onClick={() => setOverlay("palette")}
            >
              <span>
                <Trans>Find or do…</Trans>
              </span>
              <Keys keys="mod+k" />
            </button>
          </Tooltip>
          <ViewsPane />
          <Me />
        </header>
        <main id="page" tabIndex={-1}>
          <OfflineBanner />
          <Outlet />
        </main>
        <LiveQueue onResync={refetch} />
        {(overlay === "palette" || overlay === "departments") && (
          <palette.Slot scope={overlay === "departments" ? "departments" : "everything"} onClose={close} />
        )}
        {overlay === "keys" && <keySheet.Slot onClose={close} />}
        <Toasts />
        <StepUpSlot />
      </div>
    </DeskContext>
  );
}
