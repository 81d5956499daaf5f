import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useActions } from "../shared/keyboard/actions.ts";
import { useDesk } from "./desk.ts";
import type { Overlay } from "./Shell.tsx";

/** What can be done everywhere on the desk. */
export function useShellActions(open: (overlay: Overlay) => void): void {
  const { t } = useLingui();
  const { viewer } = useDesk();
  const navigate = useNavigate();
  const toQueue = (search: { mine?: true; unassigned?: true }) =>
    void navigate({ to: "/queue/$departmentId", params: { departmentId: "all" }, search });

  useActions([
    {
      id: "desk.palette",
      name: t`Find or do`,
      group: t`Desk`,
      keys: "mod+k",
      whileTyping: true,
      isHidden: true,
      perform: () => open("palette"),
    },
    { id: "desk.keys", name: t`Show all keys`, group: t`Desk`, keys: "?", perform: () => open("keys") },
    {
      id: "desk.search",
      name: t`Search tickets`,
      group: t`Desk`,
      keys: "/",
      perform: () => void navigate({ to: "/search", search: {} }),
    },
    { id: "go.department", name: t`Go to a department`, group: t`Go`, keys: "g d", perform: () => open("departments") },
    {
      id: "go.mine",
      name: t`Go to tickets assigned to me`,
      group: t`Go`,
      keys: "g m",
      perform: () => toQueue({ mine: true }),
    },
    {
      id: "go.unassigned",
      name: t`Go to unassigned tickets`,
      group: t`Go`,
      keys: "g u",
      perform: () => toQueue({ unassigned: true }),
    },
    { id: "go.all", name: t`Go to all departments`, group: t`Go`, keys: "g a", perform: () => toQueue({}) },
    {
      id: "go.away",
      name: t`Go to what people who are away left`,
      group: t`Go`,
      keys: "g l",
      perform: () => void navigate({ to: "/away" }),
    },
    {
      id: "go.thanks",
      name: t`Go to the review of thanks`,
      group: t`Go`,
      keys: "g t",
      perform: () => void navigate({ to: "/thanks" }),
    },
    {
      id: "go.team",
      name: t`Go to hours and absence`,
      group: t`Go`,
      keys: "g h",
      perform: () => void navigate({ to: "/team" }),
    },
    {
      id: "go.projects",
      name: t`Go to the projects`,
      group: t`Go`,
      keys: "g p",
      perform: () => void navigate({ to: "/projects" }),
    },
    {
      id: "go.admin",
      name: t`Go to the settings`,
      group: t`Go`,
      keys: "g s",
      isEnabled: viewer.abilities.administer,
      perform: () => void navigate({ to: "/admin" }),
    },
  ]);
}
