import { useEffect } from "react";
import { useDesk } from "./desk.ts";

/** The page's title: what is open first, then whose desk it is. */
export function useTitle(title: string): void {
  const { company } = useDesk();
  useEffect(() => {
    document.title = `${title} · ${company.brand.name}`;
  }, [title, company.brand.name]);
}
