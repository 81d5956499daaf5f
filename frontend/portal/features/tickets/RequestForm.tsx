import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { useMutation } from "urql";
import { attachFiles } from "../../../shared/attachments/slots.ts";
import { useUploads } from "../../../shared/attachments/useUploads.ts";
import type { Failure, Problem } from "../../../shared/gql/problem.ts";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { higher } from "../../../shared/levels.ts";
import { LeakOffer } from "../../../shared/secrets/LeakOffer.tsx";
import { SealedDrafts } from "../../../shared/secrets/SealedDrafts.tsx";
import { useSealing } from "../../../shared/secrets/useSealing.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { lazySlot } from "../../../shared/ui/lazySlot.tsx";
import { ProofFields } from "../../proof/ProofFields.tsx";
import { ProofReason } from "../../proof/ProofReason.tsx";
import { useProof } from "../../proof/useProof.ts";
import { type OwnFactors, waysOf } from "../../proof/ways.ts";
import { useVisitor } from "../../visitor.ts";
import { type Department, DepartmentAndKind } from "./DepartmentAndKind.tsx";
import { clearDraft, openDraft, type Prefill, type RequestDraft, saveDraft } from "./draft.ts";
import { AccountField, GuestFields, PriorityField, WrittenFields } from "./fields.tsx";
import { OpenTicketDocument, type ProofClientPartsFragment } from "./newRequest.gen.ts";
import { PromiseLine } from "./PromiseLine.tsx";
import { fieldOf } from "./refusedField.ts";
import { SecretQuestions } from "./SecretQuestions.tsx";

/** Companies without projects never load it. */
const projectField = lazySlot(() => import("./ProjectField.tsx").then((module) => module.ProjectField));

/** Nobody waits for it: the form is there first. */
const placeSuggestion = lazySlot(() => import("./PlaceSuggestion.tsx").then((module) => module.PlaceSuggestion));

interface Props {
  prefill: Prefill;
  departments: readonly Department[];
  client: ProofClientPartsFragment | null | undefined;
  /** The reader's own ways; the second factors among them are offered where they work. */
  factors: OwnFactors;
}

export function RequestForm({ prefill, departments, client, factors }: Props) {
  const { t } = useLingui();
  const { company, viewer, refetch } = useVisitor();
  const navigate = useNavigate();
  const [{ draft, key, kept }] = useState(() => openDraft(prefill, departments));
  const form = useForm<RequestDraft>({ defaultValues: draft, shouldFocusError: true });
  const [, openTicket] = useMutation(OpenTicketDocument);
  const [refusal, setRefusal] = useState<Problem>();
  const [failure, setFailure] = useState<Failure>();
  const uploads = useUploads("countersign:draft:request");
  const [isWaitingForFiles, setWaitingForFiles] = useState(false);
  const [isSending, setSending] = useState(false);
  const inFlight = useRef(false);
  const banner = useRef<HTMLDivElement>(null);
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const sealing = useSealing(
    form.watch("body"),
    Object.values(answers).some((each) => each.trim() !== ""),
  );
  const [isHeld, setHeld] = useState(false);

  const [departmentId, kindId, priority] = form.watch(["departmentId", "kindId", "priority"]);
  const department = departments.find((each) => each.id === departmentId);
  const kinds = department?.kinds.filter((each) => !each.archivedAt) ?? [];
  const kind = kinds.find((each) => each.id === kindId);
  const required = higher(department?.proofLevel ?? "NONE", kind?.proofLevel ?? "NONE");
  const isAboutProject = (kind ?? department)?.category === "PROJECT_MESSAGE" && viewer !== null && !viewer?.isGuest;
  const isGuest = !viewer || viewer.isGuest;
  const proof = useProof(waysOf(isGuest ? "NONE" : required, client, company.proofMethods, factors));
  const questions = kind?.secretQuestions ?? [];
  const what = (kind ?? department)?.name ?? "";
  const proofProblem = refusal && fieldOf(refusal) === "proof" ? refusal.message : undefined;

  useEffect(() => {
    const subscription = form.watch((values) => saveDraft(values as RequestDraft));
    return () => subscription.unsubscribe();
  }, [form]);

  useEffect(() => {
    if (!refusal) return;
    const field = fieldOf(refusal);
    if (field === "proof" && proof.field.current) proof.field.current.focus();
    else if (field && field !== "proof") {
      form.setError(field, { type: "server", message: refusal.message });
      form.setFocus(field);
    } else banner.current?.focus();
  }, [refusal, form, proof.field]);

  const sendWith = async (values: RequestDraft, sendAnyway = false) => {
    if (inFlight.current || !department) return;
    setWaitingForFiles(uploads.isGoing || uploads.hasFailed);
    if (uploads.isGoing || uploads.hasFailed) return;
    inFlight.current = true;
    const given = await proof.take();
    inFlight.current = false;
    setRefusal(undefined);
    setFailure(undefined);
    if (proof.ways.length > 0 && !given) {
      setRefusal({ __typename: "Problem", code: "required", field: "proof", message: proof.missing });
      return;
    }
    inFlight.current = true;
    setSending(true);
    const result = await openTicket({
      input: {
        departmentId: department.id,
        kindId: kind?.id,
        projectId: (isAboutProject && values.projectId) || undefined,
        subject: values.subject.trim(),
        body: values.body,
        priority: company.priorityChoice ? values.priority : undefined,
        name: viewer ? undefined : values.name.trim(),
        email: viewer ? undefined : values.email.trim(),
        accountNamed: !isGuest ? undefined : values.account.trim() || undefined,
        proof: given,
        secrets: [...sealing.secrets],
        answers: questions.flatMap(({ id }) => (answers[id]?.trim() ? [{ questionId: id, value: answers[id] }] : [])),
        attachments: uploads.ids,
        sendAnyway,
        idempotencyKey: key,
      },
    });
    inFlight.current = false;
    setSending(false);
    const outcome = toOutcome(result, (data) => data.openTicket);
    if (outcome.kind === "refused" && outcome.problem.code === "leak_suspected" && outcome.problem.field === "body") {
      setHeld(true);
      await sealing.look();
    } else if (outcome.kind === "refused") {
      setRefusal(outcome.problem);
      // The page may be behind the times: a lock began, a department is gone, the session ended.
      refetch();
    } else if (outcome.kind === "failed") setFailure(outcome.failure);
    else {
      const { number, receiptTo } = outcome.value;
      clearDraft();
      sealing.clear();
      uploads.clear();
      await navigate({
        to: "/sent/$number",
        params: { number: String(number) },
        state: { receiptTo, hasNamedAccount: isGuest && values.account.trim() !== "" },
        replace: true,
      });
    }
  };
  const send = form.handleSubmit((values) => sendWith(values));

  if (departments.length === 0) {
    return <EmptyState title={t`No department takes requests from you here`} />;
  }
  return (
    <form className="form" data-takes-files noValidate onSubmit={(event) => void send(event)}>
      {kept && (
        <Banner>
          <Trans>What you wrote before is still here.</Trans>
          <Button
            look="plain"
            onClick={() => {
              clearDraft();
              location.reload();
            }}
          >
            <Trans>Start over</Trans>
          </Button>
        </Banner>
      )}
      {refusal && !fieldOf(refusal) && (
        <div ref={banner} tabIndex={-1}>
          <Banner tone="urgent" isAlert>
            {refusal.message}
          </Banner>
        </div>
      )}
      <DepartmentAndKind form={form} departments={departments} department={department} kinds={kinds} />
      {isAboutProject && <projectField.Slot form={form} />}
      <WrittenFields form={form} />
      <attachFiles.Slot uploads={uploads} />
      <placeSuggestion.Slot form={form} />
      <LeakOffer
        sealing={sealing}
        onText={(text) => {
          form.setValue("body", text, { shouldDirty: true });
          setHeld(false);
        }}
        onSendAnyway={isHeld ? () => void form.handleSubmit((values) => sendWith(values, true))() : undefined}
      />
      <SecretQuestions
        questions={questions}
        answers={answers}
        missing={refusal?.code === "secret_needed" ? refusal.message : undefined}
        onAnswer={(id, value) => setAnswers((before) => ({ ...before, [id]: value }))}
      />
      <SealedDrafts sealing={sealing} />
      {company.priorityChoice && <PriorityField form={form} />}
      {!viewer && <GuestFields form={form} />}
      {isGuest && <AccountField form={form} required={required} />}
      {viewer && (
        <ProofFields proof={proof} reason={<ProofReason what={what} ways={proof.ways} />} problem={proofProblem} />
      )}
      {failure && (
        <Banner tone="urgent" isAlert>
          <span>
            {failure.kind === "offline" ? (
              <Trans>No connection. What you wrote is kept here; send it when you are back online.</Trans>
            ) : (
              <Trans>
                Something went wrong on our side. What you wrote is kept; send it again, it arrives only once.
              </Trans>
            )}
          </span>
          {failure.kind === "surprise" && failure.errorId && <code>{failure.errorId}</code>}
        </Banner>
      )}
      {isWaitingForFiles && (uploads.isGoing || uploads.hasFailed) && (
        <Banner tone="urgent" isAlert>
          {uploads.isGoing ? (
            <Trans>Files are still on their way: send it when they are there.</Trans>
          ) : (
            <Trans>Remove the files that were not taken, or try them again.</Trans>
          )}
        </Banner>
      )}
      <PromiseLine department={department} priority={company.priorityChoice ? priority : "MEDIUM"} />
      <div className="actions">
        <Button type="submit" look="brand" isDisabled={isSending || proof.isOutOfReach}>
          {isSending ? <Trans>Sending</Trans> : <Trans>Send the request</Trans>}
        </Button>
      </div>
    </form>
  );
}
