/** What the table of trials and its parts are given. */
import type { TrialsSnapshot } from "./trials_model.ts";
import type { TrialsQuery } from "./trials_query.ts";

/** What the table needs. */
export interface TrialTableProps {
  readonly snapshot: TrialsSnapshot;
  readonly hrefOf: (query: TrialsQuery) => string;
  readonly onQuery?: ((query: TrialsQuery) => void) | undefined;
  readonly onMark?: ((trial: number) => void) | undefined;
  /** Begins a comparison with what a column is called. */
  readonly onFilterBy?: ((name: string) => void) | undefined;
}
