/**
 * Counts passed, failed and skipped tests in the JUnit reports that `deno test` writes, and tells
 * again what failed: of a long run often only the end is kept.
 */

/** How many tests ended which way. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A test that failed: where, what, and what it said, as the runner wrote it. */
export interface FailedTest {
  readonly file: string;
  readonly name: string;
  readonly message: string;
}

interface TestCase {
  readonly attributes: string;
  readonly name: string;
  readonly body: string;
  /** A step belongs to its test, which fails if the step failed, and is no test by itself. */
  readonly isStep: boolean;
}

const CASE_REGEXP = /<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;
const SUITE_REGEXP = /<testsuite\b[^>]*?(?:\/>|>([\s\S]*?)<\/testsuite>)/g;
const FAILURE_REGEXP = /<(?:failure|error)\b/;
/** Characters of one failure that are told again. */
const MESSAGE_LENGTH = 3_000;

function listCases(report: string): readonly TestCase[] {
  return [...report.matchAll(SUITE_REGEXP)].flatMap(([, suite = ""]) => {
    const cases = [...suite.matchAll(CASE_REGEXP)].map(([, attributes = "", body = ""]) => ({
      attributes,
      name: readAttribute(attributes, "name"),
      body,
    }));
    const names = new Set(cases.map(({ name }) => name));
    return cases.map((found) => ({ ...found, isStep: isStep(found.name, names) }));
  });
}

function readAttribute(attributes: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(` ${attributes.trim()}`)?.[1] ?? "";
}

/** Counts the tests of one report, as the runner's own summary does. */
export function countTests(report: string): TestCounts {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { body, isStep } of listCases(report)) {
    if (isStep) continue;
    if (FAILURE_REGEXP.test(body)) counts.failed++;
    else if (/<skipped\b/.test(body)) counts.skipped++;
    else counts.passed++;
  }
  return counts;
}

/** What failed in one report, steps too: they say why. A long message ends early. */
export function listFailedTests(report: string): readonly FailedTest[] {
  return listCases(report).filter(({ body }) => FAILURE_REGEXP.test(body)).map((test) => ({
    file: unescapeXml(readAttribute(test.attributes, "classname")),
    name: unescapeXml(test.name),
    message: unescapeXml(test.body.replaceAll(/<[^>]*>/g, "")).trim().slice(0, MESSAGE_LENGTH),
  }));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

function unescapeXml(text: string): string {
  return text.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
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

async function readReport(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    // The command ended before its tests; the caller counts it among the failed ones.
    if (error instanceof Deno.errors.NotFound) return "";
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
  for (const { file, name, message } of reports.flatMap(listFailedTests)) {
    console.log(`failed: ${file} => ${name}\n${message}\n`);
  }
  console.log(formatCounts(sumCounts(reports.map(countTests), Number(failedCommands))));
}
