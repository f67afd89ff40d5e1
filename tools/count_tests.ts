/** Counts passed, failed and skipped tests in the JUnit reports that `deno test` writes. */

/** How many tests ended which way. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const CASE_REGEXP = /<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;
const SUITE_REGEXP = /<testsuite\b[^>]*?(?:\/>|>([\s\S]*?)<\/testsuite>)/g;

/**
 * Counts the tests of one report, as the runner's own summary does: a step belongs to its test,
 * which fails if the step failed, and is no test by itself.
 */
export function countTests(report: string): TestCounts {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [, suite = ""] of report.matchAll(SUITE_REGEXP)) {
    const cases = [...suite.matchAll(CASE_REGEXP)].map(([, attributes = "", body = ""]) => ({
      name: / name="([^"]*)"/.exec(` ${attributes.trim()}`)?.[1] ?? "",
      body,
    }));
    const names = new Set(cases.map(({ name }) => name));
    for (const { name, body } of cases) {
      if (isStep(name, names)) continue;
      if (/<(?:failure|error)\b/.test(body)) counts.failed++;
      else if (/<skipped\b/.test(body)) counts.skipped++;
      else counts.passed++;
    }
  }
  return counts;
}

/** The runner names a step "test &gt; step": it is one if what stands before is a test beside it. */
function isStep(name: string, names: ReadonlySet<string>): boolean {
  const separator = / (?:&gt;|>) /g;
  return [...name.matchAll(separator)].some(({ index }) => names.has(name.slice(0, index)));
}

/**
 * The sum of reports. A command that failed without a failed test in its report (a module that does
 * not load, a check before the tests) counts as one failure, so that no failure is shown as zero.
 */
export function sumCounts(
  reports: readonly TestCounts[],
  failedCommands: number,
): TestCounts {
  const sum = (of: (counts: TestCounts) => number): number =>
    reports.reduce((total, counts) => total + of(counts), 0);
  const failed = sum((counts) => counts.failed);
  return {
    passed: sum((counts) => counts.passed),
    failed: Math.max(failed, failedCommands),
    skipped: sum((counts) => counts.skipped),
  };
}

/** The one line that a run ends with. */
export function formatCounts({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

async function readReport(path: string): Promise<TestCounts> {
  try {
    return countTests(await Deno.readTextFile(path));
  } catch (error) {
    // The command ended before its tests; the caller counts it among the failed ones.
    if (error instanceof Deno.errors.NotFound) return { passed: 0, failed: 0, skipped: 0 };
    throw error;
  }
}

if (import.meta.main) {
  const [failedCommands = "", ...paths] = Deno.args;
  if (!/^\d+$/.test(failedCommands)) {
    console.error("usage: count_tests.ts FAILED_COMMANDS REPORT...");
    Deno.exit(2);
  }
  const reports = await Promise.all(paths.map(readReport));
  console.log(formatCounts(sumCounts(reports, Number(failedCommands))));
}
