/** A choice made while the answer to the one before is still on its way. Pure. */

/** Three queries of the page. */
export interface Choice {
  /** What the page shows, and its links and forms start from. */
  readonly shown: URLSearchParams;
  /** What was asked for last. */
  readonly asked: URLSearchParams;
  /** What a link or form of the page leads to. */
  readonly chosen: URLSearchParams;
}

/** What was asked for last, with what the choice changes of what is shown. */
export function onTop({ shown, asked, chosen }: Choice): URLSearchParams {
  const both = new URLSearchParams(asked);
  for (const name of new Set([...shown.keys(), ...chosen.keys()])) {
    const values = chosen.getAll(name);
    if (JSON.stringify(values) === JSON.stringify(shown.getAll(name))) continue;
    both.delete(name);
    for (const value of values) both.append(name, value);
  }
  return both;
}
