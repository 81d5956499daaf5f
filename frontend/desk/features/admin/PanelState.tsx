import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { showToast } from "../../toasts.ts";
import {
  type HostingPanelPartsFragment,
  RemoveHostingPanelDocument,
  TestHostingPanelDocument,
} from "./connections.gen.ts";

interface Props {
  panel: HostingPanelPartsFragment;
  onChanged: () => void;
}

type Tested = { tone: "good" | "urgent"; words: string };

/** How the panel is doing, and a question to it that does no harm. */
export function PanelState({ panel, onChanged }: Props) {
  const { t } = useLingui();
  const [{ fetching }, ask] = useMutation(TestHostingPanelDocument);
  const [, remove] = useMutation(RemoveHostingPanelDocument);
  const [tested, setTested] = useState<Tested>();
  const words = t`Nothing was changed. Try again.`;

  const test = async () => {
    const outcome = toOutcome(await ask({}), (data) => data.testHostingPanel);
    if (outcome.kind === "done")
      setTested({ tone: "good", words: t`The panel answers, and says no to a password that nobody has.` });
    else setTested({ tone: "urgent", words: outcome.kind === "refused" ? outcome.problem.message : words });
    onChanged();
  };
  const disconnect = async () => {
    const outcome = toOutcome(await remove({}), (data) => data.removeHostingPanel);
    if (outcome.kind === "done") showToast(t`The panel is asked no more`);
    else setTested({ tone: "urgent", words: outcome.kind === "refused" ? outcome.problem.message : words });
    onChanged();
  };

  return (
    <section className="grid gap-4" aria-label={t`How the panel is doing`}>
      {tested && (
        <Banner tone={tested.tone} isAlert>
          {tested.words}
        </Banner>
      )}
      <dl className="facts">
        <dt>
          <Trans>Panel</Trans>
        </dt>
        <dd>
          <code>{panel.url}</code>
        </dd>
        <dt>
          <Trans>State</Trans>
        </dt>
        <dd>
          {panel.breaker === "closed" && panel.failures === 0 ? (
            <Trans>nothing has failed of late</Trans>
          ) : panel.breaker === "open" ? (
            <Trans>left alone for half a minute; clients read that nothing can be checked just now</Trans>
          ) : (
            <Plural value={panel.failures} one="# question failed" other="# questions in a row failed" />
          )}
        </dd>
        {panel.lastFailure && panel.lastFailureAt && (
          <>
            <dt>
              <Trans>Last failure</Trans>
            </dt>
            <dd>
              {panel.lastFailure} <Time at={panel.lastFailureAt} />
            </dd>
          </>
        )}
      </dl>
      <div className="flex flex-wrap gap-3">
        <Button isDisabled={fetching} onClick={() => void test()}>
          <Trans>Test</Trans>
        </Button>
        <Button look="danger" onClick={() => void disconnect()}>
          <Trans>Disconnect the panel</Trans>
        </Button>
      </div>
    </section>
  );
}
