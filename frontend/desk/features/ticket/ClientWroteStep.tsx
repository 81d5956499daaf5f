import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "../../../shared/ui/Button.tsx";

interface Props {
  message: string;
  onAnswer: () => void;
  onLook: () => void;
}

/** The client wrote while an answer was being written: it does not leave before its author has said so. */
export function ClientWroteStep({ message, onAnswer, onLook }: Props) {
  const { t } = useLingui();
  return (
    <section className="grid gap-3 p-3" aria-label={t`The client wrote`}>
      <p role="alert">{message}</p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" autoFocus onClick={onLook}>
          <Trans>Read it first</Trans>
        </Button>
        <Button look="quiet" onClick={onAnswer}>
          <Trans>Answer anyway</Trans>
        </Button>
      </div>
    </section>
  );
}
