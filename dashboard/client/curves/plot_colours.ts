/** The colours in force, for a canvas. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { useEffect, useState } from "preact/hooks";

/** What a style sheet's variable stands for now. */
export function coloursOf(host: HTMLElement): (name: string) => string {
  // A canvas cannot resolve light-dark(): an element's computed colour can.
  return (name) => {
    const probe = document.createElement("i");
    probe.style.color = `var(${name})`;
    host.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}

/** A text that changes with the colours in force. */
export function useTheme(): string {
  const read = (): string =>
    document.documentElement.dataset["theme"] ??
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const [theme, setTheme] = useState(read);
  useEffect(() => {
    const update = (): void => setTheme(read());
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
