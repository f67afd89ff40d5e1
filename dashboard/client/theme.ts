/**
 * The choice of light, dark or the system's: runs before the page is drawn, so that nothing flashes.
 * `?theme=` in an address holds for its tab (a shared link, a screen on a wall); a choice made on the
 * page holds for good. For the same reason the page's layout is looked for here.
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { keepView } from "./keep_view.ts";

const KEY = "trawl-theme";
const THEMES = ["light", "dark", "system"] as const;

type Theme = (typeof THEMES)[number];

function themeOf(value: unknown): Theme | null {
  return THEMES.find((theme) => theme === value) ?? null;
}

function read(storage: "localStorage" | "sessionStorage"): Theme | null {
  try {
    return themeOf(globalThis[storage].getItem(KEY));
  } catch {
    return null; // storage may be forbidden; the system's choice stands
  }
}

function write(storage: "localStorage" | "sessionStorage", theme: Theme | null): void {
  try {
    if (theme === null) globalThis[storage].removeItem(KEY);
    else globalThis[storage].setItem(KEY, theme);
  } catch {
    // The choice holds for this page only.
  }
}

let current: Theme = "system";

function show(theme: Theme): void {
  current = theme;
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset["theme"];
  else dataset["theme"] = theme;
  const button = document.getElementById("theme");
  button?.setAttribute("data-choice", theme);
  button?.setAttribute("aria-label", `Theme: ${theme}. Change`);
  button?.setAttribute("title", `Theme: ${theme}`);
}

function choose(theme: Theme): void {
  write("localStorage", theme);
  write("sessionStorage", null);
  const url = new URL(location.href);
  if (url.searchParams.has("theme")) {
    url.searchParams.delete("theme");
    history.replaceState(history.state, "", url);
  }
  show(theme);
}

function next(): Theme {
  return THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? "system";
}

keepView();
const linked = themeOf(new URLSearchParams(location.search).get("theme"));
if (linked !== null) write("sessionStorage", linked);
show(linked ?? read("sessionStorage") ?? read("localStorage") ?? "system");
document.documentElement.dataset["script"] = "yes";
document.addEventListener("trawl:theme", (event) => {
  choose(themeOf(event instanceof CustomEvent ? event.detail : null) ?? next());
});
document.addEventListener("DOMContentLoaded", () => {
  show(current);
  document.getElementById("theme")?.addEventListener("click", () => choose(next()));
});
