import { i18n, type Messages } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { type RenderResult, render } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { Provider } from "urql";
import { onTestFinished } from "vitest";
import { type CacheRules, createGraphqlClient } from "../gql/client.ts";

interface Options {
  rules?: CacheRules;
  /** English source texts are shown when no catalogue is given. */
  language?: { tag: string; messages: Messages };
}

/** Renders with texts, GraphQL client and a person at the keyboard; the server is `server` of ./server.ts. */
export function renderWithServer(ui: ReactNode, options: Options = {}): RenderResult & { user: UserEvent } {
  const { tag, messages } = options.language ?? { tag: "en", messages: {} };
  i18n.load(tag, messages);
  i18n.activate(tag, tag === "en" ? ["en-GB"] : [tag]);
  const { client, dispose } = createGraphqlClient(options.rules);
  onTestFinished(dispose);
  const user = userEvent.setup();
  const result = render(
    <I18nProvider i18n={i18n}>
      <Provider value={client}>{ui}</Provider>
    </I18nProvider>,
  );
  return { user, ...result };
}
