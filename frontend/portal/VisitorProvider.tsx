import { type ReactNode, useCallback, useEffect } from "react";
import { useClient, useQuery, useSubscription } from "urql";
import { applyBrand } from "../shared/brand.ts";
import { useNewLanguage } from "../shared/i18n/newLanguage.ts";
import { CompanyChangedDocument, VisitorDocument, WhoVisitsDocument } from "./visitor.gen.ts";
import { type Visitor, VisitorContext } from "./visitor.ts";

interface Props {
  visitor: Omit<Visitor, "hasSessionEnded">;
  /** Switches the texts to the language of a tag. */
  speak: (tag: string) => Promise<void>;
  children: ReactNode;
}

/** Whose portal it is and who visits it; what the company changes (its looks, its departments) shows at once. */
export function VisitorProvider({ visitor, speak, children }: Props) {
  const [change] = useSubscription({ query: CompanyChangedDocument });
  const company = change.data?.companyChanged ?? visitor.company;
  const { refetch } = visitor;
  const isChanged = company !== visitor.company;
  useEffect(() => {
    if (!isChanged) return;
    applyBrand(company.brand.stylesheetUrl);
    refetch();
  }, [isChanged, company, refetch]);
  useNewLanguage({ first: visitor.company.language, current: company.language, ask: useLanguage(), speak });
  const hasSessionEnded = useSessionEnd(visitor.viewer?.id);
  const viewer = hasSessionEnded ? null : visitor.viewer;
  return <VisitorContext value={{ ...visitor, company, viewer, hasSessionEnded }}>{children}</VisitorContext>;
}

/**
 * Every page asks who visits along with what it shows, so the cache is the first to know that the session has ended.
 * Where another person has signed in meanwhile, nothing of the first may stay on screen.
 */
function useSessionEnd(startedAs: string | undefined): boolean {
  const [{ data }] = useQuery({ query: WhoVisitsDocument, requestPolicy: "cache-only", pause: !startedAs });
  const isSomebodyElse = startedAs !== undefined && data?.viewer != null && data.viewer.id !== startedAs;
  useEffect(() => {
    if (isSomebodyElse) location.reload();
  }, [isSomebodyElse]);
  return data !== undefined && data !== null && data.viewer === null;
}

/** Asks for the language in which the visitor is spoken to. */
function useLanguage(): () => Promise<string | undefined> {
  const client = useClient();
  return useCallback(async () => {
    const { data } = await client.query(VisitorDocument, {}, { requestPolicy: "network-only" }).toPromise();
    return data?.viewer?.language ?? data?.company.language;
  }, [client]);
}
