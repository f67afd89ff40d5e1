/** What a form without a script must send along, so that it stays. */
import type { VNode } from "preact";
import { formatTrialsQuery, type TrialsQuery } from "./trials_query.ts";

/** A hidden field for everything in a query that is not as usual; the page is not kept. */
export function KeptFields({ query }: { readonly query: TrialsQuery }): VNode {
  const kept = new URLSearchParams(formatTrialsQuery({ ...query, page: 1 }));
  return (
    <>
      {[...kept].map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
