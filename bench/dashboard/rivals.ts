/** What others say, or were seen, to come to, with the conditions: for comparison, not measured here. */

/** Beside single lines of the tables: figures of the same kind. */
export const RIVAL_FIGURES = {
  answer: "optuna-dashboard with 10,000 trials: 0.85 s of server time",
  load: "optuna-dashboard with 10,000 trials: 18,500 KB of JSON",
  script: "Plotly alone 1,443 KB, ECharts 375 KB",
  live: "50 curves × 1,000 points anew: uPlot 17 ms, Plotly 26 ms, ECharts 186 ms",
  axes: "5,000 trials × 6 axes: Plot 229 ms, ECharts 382 ms",
} as const;

/** A line each. */
export const RIVALS: readonly string[] = [
  "optuna-dashboard, GET /api/studies/<id>, Optuna master of August 2026, SQLite, 2 vCPU:",
  "  10,000 trials: 18.5 MB of JSON, 0.85 s of server time; × 30 reports: 31.4 MB, 2.6 s;",
  "  it polls every 10 s, and after one early zombie resends everything behind it;",
  '  its maintainers on 46,000 trials (#385): "does not support over 10,000 trials".',
  "TensorBoard: about 250 runs stall its page (#1013); HParams reads the first 1,000 sets.",
  "Katib: its details page takes minutes beyond a few hundred trials (#2159, open).",
  "NNI: slow at 2,000 trials × 30 points (#1024) and at 1,000 × 5,000 (#2062).",
  "W&B: keep below 10,000 metrics and 100,000 points of each (docs.wandb.ai/models/track/limits).",
  "Script, minified and gzipped (esbuild 0.28): Plotly 1,443 KB (optuna-dashboard, MLflow),",
  "  ECharts 375 KB, React with its DOM 67 KB, uPlot 23 KB, Preact with signals 10 KB.",
  "Live update of 50 curves × 1,000 points, headless Chromium 156, 2 vCPU, one run:",
  "  uPlot 17 ms, Plotly 26 ms, Chart.js 40 ms, ECharts 186 ms.",
  "Parallel coordinates of 5,000 trials × 6 axes there: canvas 85 ms, Plot 229 ms, ECharts 382 ms.",
];
