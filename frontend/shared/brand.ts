/** Puts the company's new colours in place of the old ones; the old stay until the new have come. */
export function applyBrand(stylesheetUrl: string): void {
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
