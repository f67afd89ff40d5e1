/** The choice of light or dark: runs before the page is drawn, so that nothing flashes. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

const KEY = "trawl-theme";

type Theme = "light" | "dark";

function stored(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    return null; // storage may be forbidden; the system's choice stands
  }
}

function current(): Theme {
  return stored() ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function apply(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice holds for this page only.
  }
}

const chosen = stored();
if (chosen !== null) document.documentElement.dataset["theme"] = chosen;
document.documentElement.dataset["script"] = "yes";
document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("theme")?.addEventListener("click", () => {
    apply(current() === "dark" ? "light" : "dark");
  });
});
