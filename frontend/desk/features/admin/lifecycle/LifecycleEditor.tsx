import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../../shared/gql/problem.ts";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { useActions } from "../../../../shared/keyboard/actions.ts";
import { Banner } from "../../../../shared/ui/Banner.tsx";
import { Button } from "../../../../shared/ui/Button.tsx";
import { Select, TextField } from "../../../../shared/ui/Field.tsx";
import { useDesk } from "../../../desk.ts";
import { showToast } from "../../../toasts.ts";
import { Answers } from "./Answers.tsx";
import { FaultList } from "./FaultList.tsx";
import { statusOf } from "./faults.ts";
import { type LifecyclePartsFragment, type PolicyVersionPartsFragment, SavePolicyDocument } from "./lifecycle.gen.ts";
import { addStatus, readDefinition } from "./policy.ts";
import { StatusDiagram } from "./StatusDiagram.tsx";
import { StatusPanel } from "./StatusPanel.tsx";
import { TryIt } from "./TryIt.tsx";
import { useCheck } from "./useCheck.ts";
import { useDraft } from "./useDraft.ts";
import { Versions } from "./Versions.tsx";
import { presetNames } from "./words.ts";

interface Props {
  lifecycle: LifecyclePartsFragment;
  departments: readonly { id: string; name: string }[];
  refetch: () => void;
}

export function LifecycleEditor({ lifecycle, departments, refetch }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const { company } = useDesk();
  const [justSaved, setJustSaved] = useState<PolicyVersionPartsFragment>();
  const [newest] = lifecycle.versions;
  if (!newest) throw new Error("A company always has a lifecycle.");
  const current = justSaved && justSaved.version > newest.version ? justSaved : newest;
  const { draft, definition, isChanged, ...kept } = useDraft(company.id, current);
  const check = useCheck(definition);
  const [, save] = useMutation(SavePolicyDocument);
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [chosenKey, setChosen] = useState(draft.policy.initial);
  const { policy } = draft;
  const chosen = policy.statuses.find(({ key }) => key === chosenKey) ?? policy.statuses[0];
  const faulty = new Set(check.faults.map((fault) => statusOf(fault, policy)).filter((key) => key !== undefined));
  const canSave = isChanged && check.isChecked && check.faults.length === 0 && !kept.isBehind && !isSaving;

  const submit = async () => {
    if (!canSave) return;
    setSaving(true);
    const answer = await save({ base: draft.base, name: draft.name, definition });
    setSaving(false);
    const outcome = toOutcome(answer, (data) => data.savePolicy);
    if (outcome.kind === "refused") setProblem(outcome.problem.message);
    else if (outcome.kind === "failed") setProblem(t`Nothing was saved. What you wrote is kept here. Try again.`);
    else if ("versions" in outcome.value) {
      setProblem(undefined);
      const saved = (outcome.value as LifecyclePartsFragment).versions[0];
      if (saved) {
        setJustSaved(saved);
        kept.startAgain(saved);
        refetch();
        const number = saved.version;
        showToast(t`Saved as version ${number}. New tickets follow it.`);
      }
    }
  };
  useActions([
    {
      id: "save-lifecycle",
      name: t`Save the lifecycle`,
      group: t`Settings`,
      keys: "mod+s",
      whileTyping: true,
      isEnabled: canSave,
      perform: () => void submit(),
    },
  ]);

  return (
    <>
      {kept.isBehind && (
        <Banner tone="urgent" isAlert>
          <Trans>Someone saved another version since you began. Yours is kept here.</Trans>{" "}
          <Button look="plain" onClick={() => kept.goOnFrom(current)}>
            <Trans>Go on with mine</Trans>
          </Button>
          <Button look="plain" onClick={() => kept.startAgain(current)}>
            <Trans>Take theirs</Trans>
          </Button>
        </Banner>
      )}
      {kept.wasKept && !kept.isBehind && (
        <Banner tone="wait">
          <Trans>What you wrote earlier and did not save is still here.</Trans>
        </Banner>
      )}
      <div className="lifecycle-start">
        <TextField
          label={t`Name`}
          value={draft.name}
          maxLength={100}
          onChange={({ target }) => kept.change({ name: target.value })}
        />
        <Select
          label={t`Start from another lifecycle`}
          value=""
          onChange={({ target }) => {
            const preset = lifecycle.presets.find(({ key }) => key === target.value);
            if (!preset) return;
            const next = readDefinition(preset.definition);
            kept.change({ policy: next });
            setChosen(next.initial);
          }}
        >
          <option value="">{t`keep what is here`}</option>
          {lifecycle.presets.map(({ key }) => {
            const words = presetNames[key];
            return (
              <option key={key} value={key}>
                {words ? t(words) : key}
              </option>
            );
          })}
        </Select>
      </div>
      <StatusDiagram
        statuses={policy.statuses}
        initial={policy.initial}
        arrows={check.arrows}
        chosen={chosen?.key ?? ""}
        faulty={faulty}
        onChoose={setChosen}
      />
      <div>
        <Button
          look="plain"
          onClick={() => {
            const added = addStatus(policy, { [locale.split("-")[0] ?? "en"]: t`New status` });
            kept.change({ policy: added.policy });
            setChosen(added.key);
          }}
        >
          + {t`Add a status`}
        </Button>
      </div>
      <FaultList faults={check.faults} policy={policy} onChoose={setChosen} />
      <div className="lifecycle-columns">
        <div className="grid gap-4">
          {chosen && (
            <StatusPanel
              policy={policy}
              status={chosen}
              reminders={lifecycle.reminders}
              at={check.at}
              onChange={(next) => kept.change({ policy: next })}
            />
          )}
          <div className="status-panel">
            <Answers
              label={t`An answer may be sent with`}
              statuses={policy.statuses}
              chosen={policy.replies}
              problem={check.at("replies")}
              onChange={(replies) => kept.change({ policy: { ...policy, replies } })}
            />
          </div>
        </div>
        <TryIt policy={policy} definition={definition} departments={departments} />
      </div>
      <div className="save-bar lifecycle-save">
        {problem && (
          <Banner tone="urgent" isAlert>
            {problem}
          </Banner>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button look="primary" isDisabled={!canSave} onClick={() => void submit()}>
            <Trans>Save as a new version</Trans>
          </Button>
          <Button look="plain" isDisabled={!kept.canUndo} onClick={kept.undo}>
            <Trans>Undo</Trans>
          </Button>
          {isChanged && (
            <Button look="plain" onClick={() => kept.startAgain(current)}>
              <Trans>Discard all changes</Trans>
            </Button>
          )}
          <span className="text-s text-ink-2" role="status">
            {isChanged ? (
              check.faults.length > 0 ? (
                <Trans>Kept in this browser. Mend what is marked to save it.</Trans>
              ) : (
                <Trans>Not saved yet; kept in this browser.</Trans>
              )
            ) : (
              <Trans>All saved.</Trans>
            )}
          </span>
        </div>
      </div>
      <Versions
        versions={lifecycle.versions}
        onTake={(version) => kept.change({ name: version.name, policy: readDefinition(version.definition) })}
      />
    </>
  );
}
