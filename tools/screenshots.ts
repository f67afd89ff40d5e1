/**
 * Pictures of every page for `docs/images/`, from a dashboard that runs:
 * `deno run -A tools/screenshots.ts http://127.0.0.1:4747/ SWEEP TRIAL [PREFIX]`.
 */
import { join } from "node:path";
import { chromiumOrSkip, openPage, startBrowser } from "../tests/support/browser.ts";
import { COMMON_PAGES, DRESSES, galleryPages, settle } from "../tests/support/gallery.ts";
import { REPOSITORY_ROOT } from "./repository.ts";

const [address, sweep, trial, prefix = ""] = Deno.args;
const chromium = await chromiumOrSkip();
if (address === undefined || sweep === undefined || trial === undefined || !chromium) {
  console.error("Usage: screenshots.ts ADDRESS SWEEP TRIAL [PREFIX]; it needs Chromium");
  Deno.exit(2);
}
const browser = await startBrowser(chromium);
try {
  for (const { name: dress, options } of DRESSES) {
    for (const { name, path } of [...COMMON_PAGES, ...galleryPages(sweep, Number(trial))]) {
      const page = await openPage(browser, options);
      await page.goto(new URL(path, address).href);
      await settle(page);
      const file = join(REPOSITORY_ROOT, "docs/images", `${prefix}${name}-${dress}.png`);
      await page.screenshot({ path: file, fullPage: true });
      await page.close();
      console.log(file);
    }
  }
} finally {
  await browser.close();
}
