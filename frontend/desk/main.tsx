import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { RouterProvider } from "@tanstack/react-router";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "urql";
import { createGraphqlClient } from "../shared/gql/client.ts";
import { toFailure } from "../shared/gql/problem.ts";
import { activate, type Catalogues, chooseLanguage } from "../shared/i18n/activate.ts";
import { withWords } from "../shared/security/withWords.ts";
import { ErrorState } from "../shared/ui/ErrorState.tsx";
import { deskRules } from "./cacheRules.ts";
import { DeskContext } from "./desk.ts";
import { NotStaffPage } from "./features/session/NotStaffPage.tsx";
import { SignInPage } from "./features/session/SignInPage.tsx";
import { createDeskRouter } from "./router.tsx";
import { DeskStartDocument } from "./start.gen.ts";
import { applyTheme } from "./theme.ts";
import "./desk.css";

const catalogues: Catalogues = {
  en: () => import("../shared/i18n/en/desk.po"),
  nl: () => import("../shared/i18n/nl/desk.po"),
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
  applyTheme();
  const element = document.getElementById("root");
  if (!element) throw new Error("The page has no #root.");
  const root = createRoot(element);
  const show = (page: ReactNode) =>
    root.render(
      <StrictMode>
        <I18nProvider i18n={i18n}>{page}</I18nProvider>
      </StrictMode>,
    );

  const { client, refetch } = createGraphqlClient(deskRules());
  const [{ data, error }] = await Promise.all([
    client.query(DeskStartDocument, {}).toPromise(),
    activate(catalogues, document.documentElement.lang),
  ]);
  if (!data) {
    show(
      <main className="lone-page">
        <ErrorState failure={toFailure(error)} onRetry={() => location.reload()} />
      </main>,
    );
    return;
  }

  const { company, viewer } = data;
  const language = viewer?.language ?? company.language;
  const speak = (tag: string) => activate(catalogues, tag);
  if (chooseLanguage(language) !== i18n.locale) await speak(language);
  if (data.security?.mustSetUp) {
    const { SetUpPage } = await withWords(import("./features/session/SetUpPage.tsx"));
    show(
      <Provider value={client}>
        <SetUpPage company={company} />
      </Provider>,
    );
  } else if (!viewer) show(<SignInPage company={company} />);
  else if (!viewer.abilities.useDesk) show(<NotStaffPage company={company} name={viewer.name} />);
  else {
    show(
      <Provider value={client}>
        <DeskContext value={{ company, viewer, refetch, speak }}>
          <RouterProvider router={createDeskRouter()} />
        </DeskContext>
      </Provider>,
    );
  }
}

void start();
