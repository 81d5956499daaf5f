import { Trans, useLingui } from "@lingui/react/macro";
import { useLocale } from "../../../shared/i18n/locale.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { type Contrast, isColor } from "./contrast.ts";

interface Props {
  label: string;
  hint: string;
  value: string;
  problem: string | undefined;
  /** How readable the colour is, once that is known. */
  contrast: Contrast | undefined;
  onChange: (color: string) => void;
  onRemove?: () => void;
}

/** A colour by the browser's own chooser, or by its code. */
export function ColorField({ label, hint, value, problem, contrast, onChange, onRemove }: Props) {
  const { t } = useLingui();
  const own = isColor(value) ? undefined : t`Six digits after a #, as in #1a5fb4.`;
  return (
    <div className="color-field">
      <TextField
        label={label}
        hint={hint}
        value={value}
        maxLength={7}
        spellCheck={false}
        autoComplete="off"
        problem={problem ?? own}
        onChange={(event) => onChange(event.target.value)}
      />
      <input
        type="color"
        className="swatch"
        aria-label={t`${label}: choose`}
        value={isColor(value) ? value.toLowerCase() : "#000000"}
        onChange={(event) => onChange(event.target.value)}
      />
      {onRemove && (
        <button type="button" className="link" onClick={onRemove}>
          <Trans>Remove</Trans>
        </button>
      )}
      <div role="status" className="contrast-note">
        {contrast && <ContrastNote contrast={contrast} />}
      </div>
    </div>
  );
}

function ContrastNote({ contrast }: { contrast: Contrast }) {
  const locale = useLocale();
  const ratio = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(contrast.ratio);
  if (contrast.passes) {
    return (
      <span data-tone="good">
        <Trans>Readable: {ratio} to 1 on white.</Trans>
      </span>
    );
  }
  const { corrected } = contrast;
  return (
    <span data-tone="wait">
      <Trans>
        Hard to read: {ratio} to 1 on white, and 4.5 is needed. You can keep it: the portal shows{" "}
        <span className="num">{corrected}</span>, the nearest that can be read.
      </Trans>{" "}
      <span className="swatch-dot" style={{ background: corrected }} aria-hidden="true" />
    </span>
  );
}
