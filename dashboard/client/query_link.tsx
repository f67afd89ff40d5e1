/** A link to another view of the Trials page. */
import type { ComponentChildren, VNode } from "preact";
import type { TrialsQuery } from "./trials_query.ts";

/** What a link to another query needs. */
export interface QueryLinkProps {
  readonly query: TrialsQuery;
  readonly href: string;
  readonly onQuery?: ((query: TrialsQuery) => void) | undefined;
  readonly current?: boolean | undefined;
  readonly label?: string | undefined;
  readonly children: ComponentChildren;
}

/** A link that stays on the page where there is a script. */
export function QueryLink(props: QueryLinkProps): VNode {
  const { query, href, onQuery, current = false, label, children } = props;
  return (
    <a
      href={href}
      aria-current={current ? "true" : undefined}
      aria-label={label}
      onClick={onQuery && ((event: MouseEvent) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onQuery(query);
      })}
    >
      {children}
    </a>
  );
}
