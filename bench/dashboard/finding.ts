/** What the benchmark of the dashboard found, beside what it holds itself to, as a table. */

/** One line of the table. */
export interface Finding {
  readonly what: string;
  readonly seen: number;
  readonly unit: "ms" | "KB" | "MB" | "nodes" | "entries";
  /** The most that is good; null: it is only told. */
  readonly most: number | null;
  readonly note?: string | undefined;
  /** What others come to, where they were measured or say so: for comparison. */
  readonly rival?: string | undefined;
}

/** Whether it is as good as it must be. */
export function isGood({ seen, most }: Finding): boolean {
  return most === null || seen <= most;
}

/** A heading and a line for each. */
export function tableOf(title: string, findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length), title.length);
  const lines = findings.map((finding) => {
    const { what, seen, unit, most, note, rival } = finding;
    const target = most === null ? "" : `≤ ${figure(most)} ${unit}`;
    const verdict = most === null ? "" : isGood(finding) ? "holds" : "MISSES";
    const told = `${figure(seen)} ${unit}`;
    const beside = [note, rival === undefined ? undefined : `[${rival}]`].filter(Boolean).join(
      "; ",
    );
    return `${what.padEnd(width)}  ${told.padStart(13)}  ${target.padStart(10)}  ${
      verdict.padEnd(6)
    }  ${beside}`.trimEnd();
  });
  const head = `${title.padEnd(width)}  ${"seen".padStart(13)}  ${"target".padStart(10)}`;
  return [head, ...lines, ""].join("\n");
}

/** How many targets hold, and a line for each that does not. */
export function verdictOf(findings: readonly Finding[]): string {
  const missed = findings.filter((finding) => !isGood(finding));
  const held = findings.filter(({ most }) => most !== null).length - missed.length;
  const lines = missed.map(({ what, seen, unit, most }) =>
    `  MISSES ${what}: ${figure(seen)} ${unit}, at most ${figure(most ?? NaN)} ${unit}`
  );
  const count = missed.length === 1 ? "1 is missed" : `${missed.length} are missed`;
  return [`${held} targets hold, ${count}`, ...lines].join("\n");
}

function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(value < 1 ? 2 : 3)));
}
