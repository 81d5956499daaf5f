import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "urql";
import { createGraphqlClient } from "../shared/gql/client.ts";
import { activate, type Catalogues, chooseLanguage } from "../shared/i18n/activate.ts";
import { FirstLoadFailed } from "./FirstLoadFailed.tsx";
import { createPortalRouter } from "./router.tsx";
import { VisitorProvider } from "./VisitorProvider.tsx";
import { VisitorDocument } from "./visitor.gen.ts";
import { toVisitor } from "./visitor.ts";
import "./portal.css";

const catalogues: Catalogues = {
  en: () => import("../shared/i18n/en/portal.po"),
  nl: () => import("../shared/i18n/nl/portal.po"),
};

// A page opened before a release asks for chunks that are gone; one reload brings the new ones.
addEventListener("vite:preloadError", (event) => {
  const key = "countersign:reloaded";
  if (sessionStorage.getItem(key) === location.href) return;
  sessionStorage.setItem(key, location.href);
  event.preventDefault();
  location.reload();
});

async function start(): Promise<void> {
  const element = document.getElementById("root");
  if (!element) throw new Error("The page has no #root.");
  const { client, refetch } = createGraphqlClient();
  const router = createPortalRouter();

  const [result] = await Promise.all([
    client.query(VisitorDocument, {}).toPromise(),
    activate(catalogues, document.documentElement.lang),
    router.load(),
  ]);
  const root = createRoot(element);
  const speak = (tag: string) => activate(catalogues, tag);
  if (!result.data) {
    root.render(
      <I18nProvider i18n={i18n}>
        <FirstLoadFailed error={result.error} />
      </I18nProvider>,
    );
    return;
  }
  const visitor = toVisitor(result.data);
  const language = visitor.viewer?.language ?? visitor.company.language;
  if (chooseLanguage(language) !== i18n.locale) await speak(language);

  root.render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <Provider value={client}>
          <VisitorProvider visitor={{ ...visitor, refetch }} speak={speak}>
            <RouterProvider router={router} />
          </VisitorProvider>
        </Provider>
      </I18nProvider>
    </StrictMode>,
  );
}

void start();
