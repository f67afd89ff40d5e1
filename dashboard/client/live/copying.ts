/** Buttons that copy: they say for a moment that it is done. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

const COPIED_MS = 2_000;

/** Begins to listen. */
export function startCopying(root: Element): void {
  root.addEventListener("click", ({ target }) => {
    const button = target instanceof Element
      ? target.closest<HTMLElement>("button[data-copy]")
      : null;
    // Over plain HTTP from another machine a browser has none.
    if (button !== null) copy(button).catch(() => say(button, "No clipboard here"));
  });
}

async function copy(button: HTMLElement): Promise<void> {
  const from = button.closest(button.dataset["copy"] === "one" ? "details" : "section");
  const texts = [...from?.querySelectorAll("details code") ?? []].map((one) => one.textContent);
  const own = from?.querySelector("pre code")?.textContent ?? "";
  await navigator.clipboard.writeText(
    button.dataset["copy"] === "one" ? own : texts.join("\n"),
  );
  say(button, "Copied");
  // What is drawn meanwhile may have another number in it.
  setTimeout(() => say(button, button.dataset["label"] ?? ""), COPIED_MS);
}

/** Another text where one is: the server's next drawing knows the node. */
export function say(button: HTMLElement, text: string): void {
  if (button.firstChild !== null) button.firstChild.nodeValue = text;
}
