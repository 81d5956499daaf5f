import { useCallback, useEffect } from "react";
import { useClient, useSubscription } from "urql";
import { applyBrand } from "../shared/brand.ts";
import { useNewLanguage } from "../shared/i18n/newLanguage.ts";
import { useDesk } from "./desk.ts";
import { DeskCompanyChangedDocument, type DeskCompanyPartsFragment, DeskStartDocument } from "./start.gen.ts";

/** The company as it is now: what an admin changes (looks, departments, language) shows at once. */
export function useLiveCompany(): DeskCompanyPartsFragment {
  const { company, refetch, speak } = useDesk();
  const client = useClient();
  const [change] = useSubscription({ query: DeskCompanyChangedDocument });
  const changed = change.data?.companyChanged;
  useEffect(() => {
    if (!changed) return;
    applyBrand(changed.brand.stylesheetUrl);
    refetch();
  }, [changed, refetch]);

  const ask = useCallback(async () => {
    const { data } = await client.query(DeskStartDocument, {}, { requestPolicy: "network-only" }).toPromise();
    return data?.viewer?.language ?? data?.company.language;
  }, [client]);
  const current = changed ?? company;
  useNewLanguage({ first: company.language, current: current.language, ask, speak });
  return current;
}
