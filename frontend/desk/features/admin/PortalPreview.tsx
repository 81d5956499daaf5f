import { Trans, useLingui } from "@lingui/react/macro";
import type { CSSProperties } from "react";
import type { Font } from "../../../shared/gql/schema.gen.ts";
import { type Contrast, isColor } from "./contrast.ts";

interface Props {
  name: string;
  logoUrl: string | null;
  primaryColor: string;
  secondaryColor: string | null;
  font: Font;
  /** How readable the colours are; the portal shows the nearest that can be read. */
  primary: Contrast | undefined;
  secondary: Contrast | undefined;
}

/** What a client would see with these choices, before they are saved. */
export function PortalPreview(props: Props) {
  const { name, logoUrl, font } = props;
  const { t } = useLingui();
  const primary = shown(props.primaryColor, props.primary) ?? "#5b6472";
  const style = {
    "--sample-primary": primary,
    "--sample-secondary": shown(props.secondaryColor, props.secondary) ?? primary,
  } as CSSProperties;

  return (
    <aside className="preview" aria-label={t`Preview`}>
      <h3>
        <Trans>The portal</Trans>
      </h3>
      <div className="portal-sample" data-font={font} style={style}>
        <div className="sample-top">
          {logoUrl ? <img src={logoUrl} alt={name} height={24} /> : <strong>{name}</strong>}
          <span className="sample-link">
            <Trans>Your requests</Trans>
          </span>
        </div>
        <p className="sample-title">
          <Trans>What do you need, Ann?</Trans>
        </p>
        <div className="sample-field">
          <span>
            <Trans>The form on our site sends nothing</Trans>
          </span>
          <span className="sample-button">
            <Trans>Go on</Trans>
          </span>
        </div>
        <div className="sample-row">
          <span className="sample-dot" />
          <span>
            <strong>
              <Trans>Change MX records</Trans>
            </strong>
            <br />
            <span className="sample-link">
              <Trans>We are on it</Trans>
            </span>
          </span>
        </div>
      </div>
      <p className="text-s text-ink-2">
        <Trans>In the dark the portal lightens these colours by itself, so that they stay readable.</Trans>
      </p>
    </aside>
  );
}

function shown(color: string | null, contrast: Contrast | undefined): string | undefined {
  if (color === null || !isColor(color)) return undefined;
  return contrast?.corrected ?? color;
}
