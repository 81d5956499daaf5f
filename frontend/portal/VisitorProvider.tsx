import { type ReactNode, useEffect, useRef } from "react";
import { useClient, useSubscription } from "urql";
import { CompanyChangedDocument, VisitorDocument } from "./visitor.gen.ts";
import { type Visitor, VisitorContext } from "./visitor.ts";

interface Props {
  visitor: Visitor;
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
  return <VisitorContext value={{ ...visitor, company }}>{children}</VisitorContext>;
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
