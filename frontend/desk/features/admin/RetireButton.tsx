import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import type { Outcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { useDesk } from "../../desk.ts";
import { showToast } from "../../toasts.ts";

interface Way {
  verb: ReactNode;
  /** For those who hear the button alone, where the verb does not say what of. */
  label?: string;
  /** Said when it is done. */
  done: string;
  perform: () => Promise<Outcome<unknown>>;
}

interface Props {
  isRetired: boolean;
  retire: Way;
  restore: Way;
  /** In a row of a list the button is no warning. */
  isInRow?: boolean;
}

/** Takes something out of use, or back: nothing is lost, so it is done at once, and each way takes back the other. */
export function RetireButton({ isRetired, retire, restore, isInRow = false }: Props) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [problem, setProblem] = useState<string>();

  const go = async (way: Way, back: Way) => {
    const outcome = await way.perform();
    if (outcome.kind === "done") {
      setProblem(undefined);
      showToast(way.done, () => void go(back, way));
      refetch();
    } else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`);
  };
  const [way, back] = isRetired ? [restore, retire] : [retire, restore];

  return (
    <>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <Button
        look={isInRow ? "plain" : isRetired ? "quiet" : "danger"}
        aria-label={way.label}
        onClick={() => void go(way, back)}
      >
        {way.verb}
      </Button>
    </>
  );
}
