import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "urql";
import { createGraphqlClient } from "../shared/gql/client.ts";
import { activate, type Catalogues } from "../shared/i18n/activate.ts";
import { Skeleton } from "../shared/ui/Skeleton.tsx";
import "./desk.css";

const catalogues: Catalogues = {
  en: () => import("../shared/i18n/en/desk.po"),
  nl: () => import("../shared/i18n/nl/desk.po"),
};

async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no #root.");
  await activate(catalogues, document.documentElement.lang);
  const { client } = createGraphqlClient();
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <Provider value={client}>
          <Skeleton />
        </Provider>
      </I18nProvider>
    </StrictMode>,
  );
}

void start();
