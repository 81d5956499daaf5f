import { type ReactNode, useEffect, useRef } from "react";
import { useClient, useQuery, useSubscription } from "urql";
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
  useNewLanguage(visitor.company.language, company.language, speak);
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

/** A visitor who has chosen a language keeps it when the company's changes: the server knows whose counts. */
function useNewLanguage(first: string, current: string, speak: Props["speak"]): void {
  const client = useClient();
  const known = useRef(first);
  useEffect(() => {
    if (current === known.current) return;
    known.current = current;
    void client
      .query(VisitorDocument, {}, { requestPolicy: "network-only" })
      .toPromise()
      .then(({ data }) => data && speak(data.viewer?.language ?? data.company.language));
  }, [client, current, speak]);
}

/** Puts the company's new colours in place of the old ones; the old stay until the new have come. */
function applyBrand(stylesheetUrl: string): void {
  const links = [...document.head.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"][href^="/brand/"]')];
  if (links.some((link) => link.getAttribute("href") === stylesheetUrl)) return;
  const next = document.createElement("link");
  next.rel = "stylesheet";
  next.href = stylesheetUrl;
  next.addEventListener("load", () => {
    for (const link of links) link.remove();
  });
  document.head.append(next);
}
