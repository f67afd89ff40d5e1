/** Shows one trial wherever on the page it is, while a mark or a link of it is pointed at. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** No more marks than this are lit at once: one trial has a few, a mistake may have very many. */
const MOST_MARKS = 200;

/** Begins to listen. */
export function startSameTrial(): void {
  const island = document.getElementById("island");
  if (island === null) return;
  let shown: string | null = null;
  let lit: readonly Element[] = [];
  let asked: string | null = null;
  const light = (): void => {
    if (asked === shown) return;
    for (const mark of lit) mark.classList.remove("is-same-trial");
    shown = asked;
    // Charts that have no marks of their own, being pictures, listen to it.
    document.dispatchEvent(new CustomEvent("trawl:trial", { detail: shown }));
    lit = shown === null ? [] : marksOf(island, shown);
    // A single mark is under the pointer anyway.
    if (lit.length < 2) lit = [];
    for (const mark of lit) mark.classList.add("is-same-trial");
  };
  const ask = (target: EventTarget | null): void => {
    const trial = target instanceof Element ? trialOf(target) : null;
    if (trial === asked) return;
    asked = trial;
    requestAnimationFrame(light);
  };
  for (const type of ["pointerover", "focusin", "trawl:cursor"]) {
    island.addEventListener(type, ({ target }) => ask(target));
  }
  for (const type of ["pointerleave", "focusout"]) island.addEventListener(type, () => ask(null));
  document.addEventListener("trawl:clear", () => ask(null));
}

/** The trial that a mark, a row or a link is about; only numbers are. */
function trialOf(element: Element): string | null {
  const marked = element.closest("[data-trial]")?.getAttribute("data-trial");
  const linked = element.closest("a[href]")?.getAttribute("href");
  const row = element.closest("tr")?.querySelector('a[href*="/t/"]')?.getAttribute("href");
  const trial = marked ?? trialOfHref(linked) ?? trialOfHref(row);
  return trial !== null && /^\d+$/.test(trial) ? trial : null;
}

function trialOfHref(href: string | null | undefined): string | null {
  return /^\/s\/[^/]+\/t\/(\d+)(?:[?#]|$)/.exec(href ?? "")?.[1] ?? null;
}

function marksOf(island: Element, trial: string): readonly Element[] {
  const found = new Set<Element>();
  for (const mark of island.querySelectorAll(`[data-trial="${trial}"], a[href$="/t/${trial}"]`)) {
    found.add(mark.closest("tr") ?? mark);
    if (found.size >= MOST_MARKS) break;
  }
  return [...found];
}
