/** The bar at the top of a page that holds its filter: one line on a phone, until it is opened. */
import type { ComponentChildren, VNode } from "preact";

/** The bar. It is open where something is filtered, and wherever there is room for it. */
export function FilterFrame({ isOpen, count, children }: {
  readonly isOpen: boolean;
  /** How many of how many, while it is closed. */
  readonly count: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <details class="card filter-bar" aria-label="Filter" open={isOpen}>
      <summary>
        Filter <span class="note">{count}</span>
      </summary>
      {children}
    </details>
  );
}

/** What is wrong with the filter, or what it can say. */
export function FilterHelp({ problem, children }: {
  readonly problem: string | null;
  readonly children?: ComponentChildren;
}): VNode {
  return problem !== null
    ? <p id="filter-help" class="trouble" role="alert">{problem}</p>
    : (
      <p id="filter-help" class="note">
        Comparisons with = != &lt; &lt;= &gt; &gt;=, a blank between them; all must hold.{" "}
        <code>best%&lt;=10</code> is the best tenth. {children}
      </p>
    );
}
