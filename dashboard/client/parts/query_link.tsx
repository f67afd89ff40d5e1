/** A link to another view of the Trials page. */
import type { VNode } from "preact";
import { ChoiceLink, type ChoiceLinkProps } from "./choice_link.tsx";
import type { TrialsQuery } from "../trials/trials_query.ts";

/** What a link to another query needs. */
export interface QueryLinkProps extends Omit<ChoiceLinkProps, "onChoose"> {
  readonly query: TrialsQuery;
  readonly onQuery?: ((query: TrialsQuery) => void) | undefined;
}

/** The link. */
export function QueryLink({ query, onQuery, ...rest }: QueryLinkProps): VNode {
  return <ChoiceLink {...rest} onChoose={onQuery && (() => onQuery(query))} />;
}
