import { Factors } from "./Factors.tsx";
import { PasswordForm } from "./PasswordForm.tsx";
import { SessionList } from "./SessionList.tsx";
import "./security.css";

/** How one signs in, for oneself. */
export function SecuritySections() {
  return (
    <div className="security">
      <PasswordForm />
      <Factors />
      <SessionList />
    </div>
  );
}
