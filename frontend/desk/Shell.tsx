import { Trans, useLingui } from "@lingui/react/macro";
import { Outlet, useMatchRoute } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useQuery, useSubscription } from "urql";
import { useActionKeys } from "../shared/keyboard/actions.ts";
import { Keys } from "../shared/keyboard/Keys.tsx";
import { lazySlot } from "../shared/ui/lazySlot.tsx";
import { OfflineBanner } from "../shared/ui/OfflineBanner.tsx";
import { Toasts } from "../shared/ui/Toasts.tsx";
import { Tooltip } from "../shared/ui/Tooltip.tsx";
import { BrandMark } from "./BrandMark.tsx";
import { applyBrand } from "./brand.ts";
import { useDesk } from "./desk.ts";
import { LiveQueue } from "./features/queue/LiveQueue.tsx";
import { ViewsPane } from "./features/queue/ViewsPane.tsx";
import { MembersDocument } from "./features/ticket/ticket.gen.ts";
import { Me } from "./Me.tsx";
import { useShellActions } from "./shellActions.ts";
import { DeskCompanyChangedDocument } from "./start.gen.ts";

const palette = lazySlot(() => import("./features/palette/Palette.tsx").then((module) => module.Palette));
const keySheet = lazySlot(() => import("./features/palette/KeySheet.tsx").then((module) => module.KeySheet));

/** What lies over the page; `departments` is the palette with nothing but those. */
export type Overlay = "palette" | "departments" | "keys";

export function Shell() {
  const { t } = useLingui();
  const { company, refetch } = useDesk();
  const [overlay, setOverlay] = useState<Overlay>();
  const isViews = useMatchRoute()({ to: "/views" }) !== false;
  useActionKeys();
  useShellActions(setOverlay);

  // Who works here is known before the first ticket is opened: the key that takes it then works at once.
  useQuery({ query: MembersDocument, requestPolicy: "cache-first" });

  // What an admin changes (looks, departments) shows at once.
  const [change] = useSubscription({ query: DeskCompanyChangedDocument });
  const changed = change.data?.companyChanged;
  useEffect(() => {
    if (!changed) return;
    applyBrand(changed.brand.stylesheetUrl);
    refetch();
  }, [changed, refetch]);

  const close = () => setOverlay(undefined);
  return (
    <div className="shell" data-shows={isViews ? "views" : "page"}>
      <a className="skip-link" href="#page">
        <Trans>Skip to the page</Trans>
      </a>
      <header className="side">
        <BrandMark brand={changed?.brand ?? company.brand} />
        <Tooltip label={t`Find a ticket or do something`} keys="mod+k">
          <button type="button" className="find" onPointerEnter={palette.preload} onClick={() => setOverlay("palette")}>
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
    </div>
  );
}
