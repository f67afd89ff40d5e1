/** The colours in force, for a canvas. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { useEffect, useState } from "preact/hooks";

/** What variables stood for, by theme: to ask means to have the whole page's styles worked out. */
const known = new Map<string, Map<string, string>>();

/** What a style sheet's variable stands for in the theme in force. */
export function coloursOf(host: HTMLElement): (name: string) => string {
  const theme = themeNow();
  const colours = known.get(theme) ?? new Map<string, string>();
  known.set(theme, colours);
  return (name) => {
    const colour = colours.get(name) ?? resolved(host, name);
    colours.set(name, colour);
    return colour;
  };
}

/** A canvas cannot resolve light-dark(): an element's computed colour can. */
function resolved(host: HTMLElement, name: string): string {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** A text that changes with the colours in force. */
export function useTheme(): string {
  const [theme, setTheme] = useState(themeNow);
  useEffect(() => {
    const update = (): void => setTheme(themeNow());
    const media = matchMedia("(prefers-color-scheme: dark)");
    const observer = new MutationObserver(update);
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    media.addEventListener("change", update);
    return () => {
      observer.disconnect();
      media.removeEventListener("change", update);
    };
  }, []);
  return theme;
}

function themeNow(): string {
  return document.documentElement.dataset["theme"] ??
    (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}
