/** All that the first configuration measured at the end, not its objective alone. */
import type { ConfigurationId } from "../../domain/ids.ts";
import type { Estimate } from "../../domain/statistics.ts";
import type { SweepLedger } from "../../domain/sweep_ledger.ts";
import { estimateMetric, leaderboard } from "../leaderboard.ts";

/** One metric over the completed replicates that have it. */
export interface FinalMetric {
  readonly metric: string;
  readonly estimate: Estimate;
  readonly least: number;
  readonly most: number;
}

/** The metrics of one configuration. */
export interface FinalMetrics {
  readonly configuration: ConfigurationId;
  /** Empty where none was measured. */
  readonly metrics: readonly FinalMetric[];
}

/** Those of the configuration that leads the ranking; null where none completed. */
export function finalMetricsOf(ledger: SweepLedger): FinalMetrics | null {
  const [first] = leaderboard(ledger);
  if (first === undefined) return null;
  const completed = first.trials.filter(({ state }) => state.status === "completed");
  const names = new Set(completed.flatMap(({ metrics }) => Object.keys(metrics)));
  return {
    configuration: first.configuration,
    metrics: [...names].flatMap((metric) => {
      const values = completed.flatMap(({ metrics }) => metrics[metric] ?? []);
      const estimate = estimateMetric(completed, metric);
      if (estimate === null) return [];
      return [{ metric, estimate, least: Math.min(...values), most: Math.max(...values) }];
    }),
  };
}
