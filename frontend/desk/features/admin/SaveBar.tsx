import { Trans } from "@lingui/react/macro";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";

interface Props {
  changed: string[];
  problem: string | undefined;
  isSaving: boolean;
  onDiscard: () => void;
  /** The verb on the button of a form that makes something new. */
  verb?: string;
}

/** The end of a form: what would be saved, and saving it. */
export function SaveBar({ changed, problem, isSaving, onDiscard, verb }: Props) {
  const isIdle = changed.length === 0 && verb === undefined;
  const names = changed.join(", ");
  return (
    <div className="save-bar">
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" isDisabled={isSaving || isIdle}>
          {verb ?? <Trans>Save</Trans>}
        </Button>
        {changed.length > 0 && verb === undefined && (
          <>
            <Button look="plain" onClick={onDiscard}>
              <Trans>Discard</Trans>
            </Button>
            <span className="text-s text-ink-2">
              <Trans>Changed: {names}</Trans>
            </span>
          </>
        )}
      </div>
    </div>
  );
}
