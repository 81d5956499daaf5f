import { type ReactNode, useEffect } from "react";
import { useSubscription } from "urql";
import { CompanyChangedDocument } from "./visitor.gen.ts";
import { type Visitor, VisitorContext } from "./visitor.ts";

/** Whose portal it is and who visits it; what the company changes (its looks, its departments) shows at once. */
export function VisitorProvider({ visitor, children }: { visitor: Visitor; children: ReactNode }) {
  const [change] = useSubscription({ query: CompanyChangedDocument });
  const company = change.data?.companyChanged ?? visitor.company;
  const { refetch } = visitor;
  const isChanged = company !== visitor.company;
  useEffect(() => {
    if (!isChanged) return;
    applyBrand(company.brand.stylesheetUrl);
    refetch();
  }, [isChanged, company, refetch]);
  return <VisitorContext value={{ ...visitor, company }}>{children}</VisitorContext>;
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
