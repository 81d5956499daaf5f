import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";

interface Props {
  to: "views" | (() => void);
  label?: string;
}

/** On small screens one pane fills the page; this leads to the one before it. */
export function PaneBack({ to, label }: Props) {
  const { t } = useLingui();
  const arrow = (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="M10 3 5 8l5 5" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
    </svg>
  );
  return to === "views" ? (
    <Link to="/views" className="pane-back" aria-label={label ?? t`All views`}>
      {arrow}
    </Link>
  ) : (
    <button type="button" className="pane-back" aria-label={label ?? t`Back to the queue`} onClick={to}>
      {arrow}
    </button>
  );
}
