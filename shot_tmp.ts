import { chromium } from "playwright-core";
const [url, sweep] = Deno.args;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [theme, width] of [["light", 1280], ["dark", 375]] as const) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  page.on("console", (m) => m.type() === "error" && console.log("console", m.text()));
  page.on("pageerror", (e) => console.log("error", e.message));
  for (const [name, path] of [["overview", ""], ["compare", "/compare?t=3,17,42,5"], ["trial", "/t/3"], ["curves", "/curves?x=samples"]]) {
    await page.goto(`${url}/s/${sweep}${path}${path.includes("?") ? "&" : "?"}theme=${theme}`);
    await page.locator(".plot-host canvas").first().waitFor({ timeout: 15000 });
    await page.waitForTimeout(400);
    await page.screenshot({ path: `/tmp/cards_${name}_${theme}.png`, fullPage: name !== "overview" });
    const card = page.locator("#curves");
    if (theme === "light") {
      await page.locator("#curves .plot-host").focus();
      await page.keyboard.press("ArrowRight"); await page.keyboard.press("ArrowRight");
      await page.waitForTimeout(500);
      console.log(name, await page.locator("[data-readout]").textContent(), "|", await page.locator(".live-plot [aria-live]").textContent());
      for (const f of ["png", "svg", "csv"]) {
        await card.locator(".chart-menu summary").click();
        const [d] = await Promise.all([page.waitForEvent("download"), card.locator(`[data-export=${f}]`).click()]);
        await d.saveAs(`/tmp/cards_exp_${name}.${f}`);
      }
    }
  }
  await page.close();
}
await browser.close();
