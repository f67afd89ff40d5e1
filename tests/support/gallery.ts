/** The pages of a sweep as a person would see them one after the other, in every dress. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { BrowserContextOptions, Page } from "playwright-core";

/** A page with something to look at. */
export interface GalleryPage {
  readonly name: string;
  /** From the dashboard's root. */
  readonly path: string;
}

/** A width and a theme. */
export interface Dress {
  readonly name: string;
  readonly options: BrowserContextOptions;
}

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 375, height: 812 };

/** Light and dark, wide and phone. */
export const DRESSES: readonly Dress[] = [
  { name: "light", options: { viewport: WIDE, colorScheme: "light" } },
  { name: "dark-phone", options: { viewport: PHONE, colorScheme: "dark" } },
  { name: "dark", options: { viewport: WIDE, colorScheme: "dark" } },
  { name: "light-phone", options: { viewport: PHONE, colorScheme: "light" } },
];

/** The pages of one sweep; `best` is a trial that has a result. */
export function galleryPages(sweep: string, best: number): readonly GalleryPage[] {
  const at = (name: string, rest: string): GalleryPage => ({ name, path: `s/${sweep}${rest}` });
  return [
    at("overview", ""),
    at("trials", "/trials"),
    at("curves", "/curves"),
    at("parameters", "/params"),
    at("compare", `/compare?t=${best},${best === 0 ? 1 : 0}`),
    at("trial", `/t/${best}`),
    at("timeline", "/timeline"),
    at("events", "/events"),
  ];
}

/** The pages that belong to no sweep. */
export const COMMON_PAGES: readonly GalleryPage[] = [
  { name: "sweeps", path: "" },
  { name: "fleet", path: "fleet" },
];

/** Waits until a page's script has taken over, and its pictures are there. */
export async function settle(page: Page): Promise<void> {
  await page.locator("[data-connection]").first().waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  // Those far below would wait for a reader who scrolls there.
  await page.evaluate(() => [...document.images].forEach((image) => image.loading = "eager"));
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  // Two frames: the second begins when whatever the first has drawn is on the screen.
  await page.evaluate(() =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  );
}
