/** What axe-core finds wrong with a page. */
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

/**
 * The faults, each with the elements that have it; all `details` are opened first. The page's context
 * must be opened with `bypassCSP`: axe is put into the page, which its own policy rightly forbids.
 */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)");
  await page.addScriptTag({ path: fileURLToPath(import.meta.resolve("axe-core")) });
  return await page.evaluate(
    "axe.run().then((found) => found.violations" +
      ".map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))",
  );
}
