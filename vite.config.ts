/// <reference types="vitest/config" />
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { lingui } from "@lingui/vite-plugin";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const root = resolve(import.meta.dirname, "frontend");
const backend = `http://127.0.0.1:${process.env["COUNTERSIGN_PORT"] ?? "8080"}`;

/** Brotli at build time: compressing a large chunk at the first request costs the visitor a second. */
function precompress(): Plugin {
  return {
    name: "countersign:precompress",
    apply: "build",
    writeBundle(options, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!/\.(js|css|svg|map)$/.test(name)) continue;
        const file = resolve(options.dir ?? "dist", name);
        const content = readFileSync(file);
        const parameters = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params: parameters }));
      }
    },
  };
}

/** The development server answers deep links with the entry page of their area, as the product's own server does. */
function entryPages(): Plugin {
  return {
    name: "countersign:entry-pages",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? "/").split("?")[0] ?? "/";
        const isPage = request.method === "GET" && request.headers.accept?.includes("text/html") && !path.includes(".");
        if (isPage) request.url = /^\/desk(\/|$)/.test(path) ? "/desk/index.html" : "/index.html";
        next();
      });
    },
  };
}

export default defineConfig({
  root,
  appType: "mpa",
  publicDir: false,
  cacheDir: resolve(import.meta.dirname, "node_modules/.vite"),
  plugins: [
    entryPages(),
    { ...optimizeLocales.vite({ locales: ["en-US", "nl-NL"] }), enforce: "pre" },
    react(),
    lingui({ macroTransform: true, cwd: import.meta.dirname }),
    tailwindcss(),
    precompress(),
  ],
  build: {
    outDir: resolve(import.meta.dirname, "dist"),
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    // light-dark() in the tokens sets the floor; older browsers get the light values from the fallback rule.
    target: ["chrome123", "firefox120", "safari17.5"],
    rolldownOptions: {
      input: { portal: resolve(root, "index.html"), desk: resolve(root, "desk/index.html") },
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            {
              name: "core",
              test: /node_modules[\\/](@tanstack[\\/](react-router|router-core|history|store|react-store)|urql|@urql|wonka|graphql-ws|@0no-co|@lingui)[\\/]/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/graphql": { target: backend, ws: true },
      "^/(session|brand|logo|health)(/|$)": { target: backend },
    },
  },
});
