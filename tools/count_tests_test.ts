import assert from "node:assert/strict";
import { join } from "node:path";
import { runDeno } from "./command.ts";
import { countTests, formatCounts, listFailedTests, sumCounts } from "./count_tests.ts";
import { writeTree } from "./tree_test_support.ts";

const SAMPLE = `
Deno.test("passes", () => {});
Deno.test("passes with steps", async (t) => {
  await t.step("one", () => {});
  await t.step({ name: "two", ignore: true, fn() {} });
});
Deno.test("a > b is a name, not a step", () => {});
Deno.test.ignore("skips <&> \\"this\\"", () => {});
Deno.test("fails with a <failure> and a <testcase> in its message", () => {
  throw new Error("<skipped/></testcase>");
});
Deno.test("fails by its step", async (t) => {
  await t.step("outer", async (t) => {
    await t.step("inner", () => { throw new Error("no"); });
  });
});
`;

Deno.test("countTests() agrees with the runner on a report that it wrote", async () => {
  await using tree = await writeTree({
    "sample_test.ts": SAMPLE,
    "other_test.ts": `Deno.test("passes", () => {});`,
  });
  const report = join(tree.root, "report.xml");
  const result = await runDeno(["test", "--no-config", `--junit-path=${report}`], {
    folder: tree.root,
  });
  assert.match(result.stdout, /4 passed.*2 failed.*1 ignored/s);
  const counts = countTests(await Deno.readTextFile(report));
  assert.deepEqual(counts, { passed: 4, failed: 2, skipped: 1 });

  const failures = listFailedTests(await Deno.readTextFile(report));
  assert.deepEqual(failures.map(({ name }) => name).sort(), [
    "fails by its step",
    "fails by its step > outer",
    "fails by its step > outer > inner",
    "fails with a <failure> and a <testcase> in its message",
  ]);
  const thrown = failures.find(({ name }) => name.startsWith("fails with"));
  assert.match(thrown?.file ?? "", /sample_test\.ts$/);
  assert.match(thrown?.message ?? "", /^Error: <skipped\/><\/testcase>/);
});

Deno.test("listFailedTests() ends a long message early, and finds nothing where all passed", () => {
  const report = `<testsuite name="a"><testcase name="x" classname="a">
    <failure message="e">${"0123456789".repeat(1_000)}</failure></testcase></testsuite>`;
  assert.equal(listFailedTests(report)[0]?.message.length, 3_000);
  assert.deepEqual(listFailedTests(`<testsuite><testcase name="x"/></testsuite>`), []);
});

Deno.test("countTests() reads cases without a body and errors, and finds nothing in nothing", () => {
  const report = `<testsuites><testsuite name="a">
    <testcase name="x" classname="a"/><testcase name="y"><error message="e"/></testcase>
  </testsuite><testsuite name="empty"/></testsuites>`;
  assert.deepEqual(countTests(report), { passed: 1, failed: 1, skipped: 0 });
  assert.deepEqual(countTests(""), { passed: 0, failed: 0, skipped: 0 });
});

Deno.test("countTests() takes names of tests in another file for no steps", () => {
  const report = `<testsuite name="a"><testcase name="x"></testcase></testsuite>
    <testsuite name="b"><testcase name="x &gt; y"></testcase></testsuite>`;
  assert.equal(countTests(report).passed, 2);
});

Deno.test("sumCounts() adds reports and never shows a failed command as zero failures", () => {
  const one = { passed: 3, failed: 0, skipped: 1 };
  const two = { passed: 2, failed: 2, skipped: 0 };
  assert.deepEqual(sumCounts([one, two], 1), { passed: 5, failed: 2, skipped: 1 });
  assert.deepEqual(sumCounts([one], 1), { passed: 3, failed: 1, skipped: 1 });
  assert.deepEqual(sumCounts([], 0), { passed: 0, failed: 0, skipped: 0 });
});

Deno.test("formatCounts() is the line that ends a run", () => {
  assert.equal(
    formatCounts({ passed: 12, failed: 0, skipped: 3 }),
    "12 passed, 0 failed, 3 skipped",
  );
});
