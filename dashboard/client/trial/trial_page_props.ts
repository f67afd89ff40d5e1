/** What a trial's page and its parts are given. */
import type { TrialSnapshot } from "./trial_model.ts";
import type { TrialQuery } from "./trial_query.ts";

/** What the page shows. */
export interface TrialPageProps {
  readonly snapshot: TrialSnapshot;
}

/** A part of the page that has choices. */
export interface TrialPartProps extends TrialPageProps {
  readonly hrefOf: (query: TrialQuery) => string;
}

/** Where the numbers of the chosen picture are, as CSV. */
export function pictureCsv({ snapshot: { facts, row, query } }: TrialPageProps): string {
  const choice = query.epoch === null ? "" : `?epoch=${query.epoch}`;
  return `/s/${facts.sweep}/t/${row.trial}/picture.csv${choice}`;
}
