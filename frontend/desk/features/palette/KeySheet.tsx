import { Trans, useLingui } from "@lingui/react/macro";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useRegisteredActions } from "../../../shared/keyboard/actions.ts";
import { Keys } from "../../../shared/keyboard/Keys.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { byGroup } from "./groups.ts";
import "../../css/overlays.css";

/** Every key that does something here and now. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const actions = useRegisteredActions();
  const groups = byGroup(actions.filter((action) => action.keys));
  // These belong to the box that one writes in, and are no actions of the page.
  const writing = [
    { id: "send", name: t`Send`, keys: "mod+enter" },
    { id: "leave", name: t`Leave the box, the text is kept`, keys: "escape" },
  ];

  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()} className="veil">
      <Modal className="key-sheet">
        <Dialog>
          <div className="flex items-center justify-between gap-4">
            <Heading slot="title">
              <Trans>Keys</Trans>
            </Heading>
            <Button look="plain" onClick={onClose}>
              <Trans>Close</Trans>
            </Button>
          </div>
          <div className="key-groups">
            {[...groups, [t`While writing`, writing] as const].map(([name, entries]) => (
              <section key={name}>
                <h3>{name}</h3>
                <dl>
                  {entries.map((entry) => (
                    <div key={entry.id}>
                      <dt>{entry.name}</dt>
                      <dd>{entry.keys && <Keys keys={entry.keys} />}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
