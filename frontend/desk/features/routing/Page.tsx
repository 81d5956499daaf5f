import type { ReactNode } from "react";
import { PaneBack } from "../../PaneBack.tsx";
import { useTitle } from "../../title.ts";
import "../../css/admin.css";
import "../../css/routing.css";

interface Props {
  title: string;
  lead: ReactNode;
  /** Stands beside the title: what one comes here to do. */
  action?: ReactNode;
  children: ReactNode;
}

/** A page of the desk that is no queue: one readable column. */
export function Page({ title, lead, action, children }: Props) {
  useTitle(title);
  return (
    <div className="admin">
      <div className="admin-body">
        <section className="admin-page">
          <div className="flex flex-wrap items-end justify-between gap-3">
            <div>
              <div className="flex items-center gap-2">
                <PaneBack to="views" />
                <h1 className="page-title">{title}</h1>
              </div>
              <p className="lead">{lead}</p>
            </div>
            {action}
          </div>
          {children}
        </section>
      </div>
    </div>
  );
}
