import assert from "node:assert/strict";
import axe from "axe-core";
import { chromiumOrSkip, startBrowser } from "../support/browser.ts";
import { runTrawl, temporaryHome } from "../support/trawl_process.ts";

const chromium = await chromiumOrSkip();

const SWEEP_FILE = `name: small-xor
task: { dataset: xor, examples: 120, noise: 0.15, validation: 0.2 }
method: grid
metric: { name: val_loss, goal: minimize }
replicates: 3
parameters:
  batch_size: { value: 16 }
  lr: { values: [0.01, 0.1] }
  hidden_width: { value: 8 }
  epochs: { value: 12 }
  activation: { value: sigmoid }
  optimizer: { value: adam }
`;

/** What the page does that nobody should see, in each look: colours and widths. */
async function lookAt(path: string, executable: string): Promise<void> {
  const browser = await startBrowser(executable);
  try {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1200, 390]) {
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
        const strangers: string[] = [];
        page.on("request", (request) => {
          if (!/^(?:file|data):/.test(request.url())) strangers.push(request.url());
        });
        await page.goto(`file://${path}`);
        assert.equal(
          await page.evaluate("document.documentElement.scrollWidth"),
          width,
          `${colorScheme}, ${width} wide: the page itself must not scroll sideways`,
        );
        assert.deepEqual(strangers, []);
        await page.evaluate(axe.source);
        const problems = await page.evaluate(
          "axe.run().then((found) => found.violations" +
            ".map(({ id, nodes }) => id + ': ' + nodes[0].html))",
        );
        assert.deepEqual(problems, [], `${colorScheme}, ${width} wide`);
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
}

Deno.test("report writes what a real sweep came to: HTML, Markdown, JSON and the log", async () => {
  await using home = await temporaryHome();
  const place = ["--home", `${home.path}/h`];
  const file = `${home.path}/xor.yaml`;
  await Deno.writeTextFile(file, SWEEP_FILE);
  const run = ["--workers", "1", "--backend", "cpu", "--no-dashboard", "--json"];
  const sweep = await runTrawl(["sweep", file, ...run, ...place], { timeoutMs: 300_000 });
  assert.equal(sweep.code, 0, sweep.stderr);

  const json = await runTrawl(["report", "small-xor", "--format", "json", ...place]);
  assert.equal(json.code, 0, json.stderr);
  const [only] = JSON.parse(json.stdout).sweeps;
  assert.deepEqual(only.ranking.rows.map((row: { completed: number }) => row.completed), [3, 3]);
  assert.deepEqual(only.effects.map((each: { parameter: string }) => each.parameter), ["lr"]);
  assert.equal(only.effects[0].comparisons[0].comparison.n, 3);
  assert.equal(only.trial.picture.kind, "surface");
  assert.equal(only.trial.splits.length, 3);
  assert.deepEqual(only.samples, []);
  const centres = only.finals.metrics.find((each: { metric: string }) =>
    each.metric === "centre_accuracy"
  );
  assert.equal(centres.estimate.n, 3);
  assert.match(only.heading.reproduction.command, /^deno task sweep small-xor\.yaml --new$/);

  const log = await runTrawl(["report", "small-xor/0", "--log", ...place]);
  assert.match(log.stdout, /^\[1, {5}6\] loss: \d\.\d{3}\n\[1, {5}2\] val loss: \d\.\d{3}\n/);
  assert.match(log.stdout, /\[12, {5}2\] val loss: \d\.\d{3}\n$/);

  const markdown = await runTrawl(["report", "small-xor", "--out", `${home.path}/r.md`, ...place]);
  assert.equal(markdown.code, 0, markdown.stderr);
  assert.match(await Deno.readTextFile(`${home.path}/r.md`), /^# small-xor\n/);

  const published = `${home.path}/published.json`;
  const experiments = [{ name: "baseline", lr: 0.1, trainAccuracy: 0.9, testAccuracy: 0.9 }];
  await Deno.writeTextFile(published, JSON.stringify({ source: "s", experiments }));
  const held = await runTrawl([
    ...["report", "small-xor", "--against", published, "--format", "json"],
    ...place,
  ]);
  assert.equal(held.code, 0, held.stderr);
  const [baseline] = JSON.parse(held.stdout).against.experiments;
  assert.deepEqual(
    baseline.numbers.map((each: { quantity: string; ours: { n: number } }) => [
      each.quantity,
      each.ours.n,
    ]),
    [["train accuracy", 3], ["test accuracy", 3]],
  );
  const page = `${home.path}/r.html`;
  const html = await runTrawl([
    ...["report", "small-xor", "--against", published, "--out", page],
    ...place,
  ]);
  assert.equal(html.code, 0, html.stderr);
  assert.match(await Deno.readTextFile(page), /The decision surface/);
  if (chromium !== undefined) await lookAt(page, chromium);

  // The sweep file that the report holds makes the same trials, number by number.
  const again = `${home.path}/again.yaml`;
  await Deno.writeTextFile(again, only.heading.reproduction.file);
  const second = await runTrawl([
    ...["sweep", again, "--new", ...run],
    ...place,
  ], { timeoutMs: 300_000 });
  assert.equal(second.code, 0, second.stderr);
  const other = await runTrawl(["report", "latest", "--format", "json", ...place]);
  const [repeated] = JSON.parse(other.stdout).sweeps;
  assert.notEqual(repeated.heading.sweep, only.heading.sweep);
  assert.deepEqual(repeated.ranking, only.ranking);

  await refusals({ home: home.path, place });
});

async function refusals(
  { home, place }: { readonly home: string; readonly place: readonly string[] },
): Promise<void> {
  await Deno.writeTextFile(
    `${home}/bad.json`,
    `{"source":"s","experiments":[{"name":"a","widht":3}]}`,
  );
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ["small-xor", "--against", `${home}/none.json`],
      /none\.json": there is no such file.*must be/,
    ],
    [
      ["small-xor", "--against", `${home}/bad.json`],
      /bad\.json": experiment "a" has "widht".*must be/,
    ],
    [
      ["small-xor", "--out", `${home}/no/r.html`],
      /no\/r\.html": there is no such .*must be a file/,
    ],
    [["small-xor/99"], /trial 99 of sweep "small-xor-[^"]+": it has trials 0 to 5/],
    [["nothing"], /Cannot find sweep "nothing"/],
    [["small-xor", "--format", "pdf"], /must be one of html, md, json/],
  ];
  for (const [args, message] of cases) {
    const refused = await runTrawl(["report", ...args, ...place]);
    assert.equal(refused.code, 2, refused.stderr);
    assert.match(refused.stderr, message);
    assert.equal(refused.stdout, "");
  }
}
