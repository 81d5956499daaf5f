import { SessionList } from "./SessionList.tsx";
import "./security.css";

/** How one signs in, for oneself. */
export function SecuritySections() {
  return (
    <div className="security">
      <SessionList />
    </div>
  );
}
