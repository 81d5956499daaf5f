import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useId, useRef } from "react";
import { signOut } from "../shared/session.ts";
import { Radio, RadioGroup } from "../shared/ui/Radio.tsx";
import { Avatar } from "./Avatar.tsx";
import { useDesk } from "./desk.ts";
import { setTheme, type Theme, useTheme } from "./theme.ts";
import { showToast } from "./toasts.ts";

/** Who sits here: the look of the desk, the settings for those who may, and the way out. */
export function Me() {
  const { t } = useLingui();
  const { viewer } = useDesk();
  const theme = useTheme();
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);

  const leave = async () => {
    if (await signOut()) location.assign("/desk");
    else showToast(t`You are still signed in: the server could not be reached.`);
  };

  const themes: [Theme, string][] = [
    ["system", t`As the system`],
    ["light", t`Light`],
    ["dark", t`Dark`],
  ];

  return (
    <>
      <button type="button" className="me" popoverTarget={id}>
        <Avatar name={viewer.name} />
        <span className="truncate">{viewer.name}</span>
      </button>
      <div ref={menu} id={id} popover="auto" className="me-menu">
        <p className="text-s text-ink-2">{viewer.email}</p>
        <RadioGroup legend={t`Look`}>
          {themes.map(([value, name]) => (
            <Radio key={value} name={`${id}-theme`} checked={theme === value} onChange={() => setTheme(value)}>
              {name}
            </Radio>
          ))}
        </RadioGroup>
        <Link to="/team" className="link" onClick={() => menu.current?.hidePopover?.()}>
          <Trans>Hours and absence</Trans>
        </Link>
        <Link to="/projects" className="link" onClick={() => menu.current?.hidePopover?.()}>
          <Trans>Projects</Trans>
        </Link>
        <Link to="/security" className="link" onClick={() => menu.current?.hidePopover?.()}>
          <Trans>Sign-in and security</Trans>
        </Link>
        {viewer.abilities.administer && (
          <Link to="/admin" className="link" onClick={() => menu.current?.hidePopover?.()}>
            <Trans>Settings of the company</Trans>
          </Link>
        )}
        <a className="link" href="/">
          <Trans>Look at the portal</Trans>
        </a>
        <button type="button" className="link" onClick={leave}>
          <Trans>Sign out</Trans>
        </button>
      </div>
    </>
  );
}
