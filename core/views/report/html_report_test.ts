import assert from "node:assert/strict";
import {
  labFile,
  labMeasured,
  reportedSweep,
  sampleResult,
} from "../../../tests/support/reported_sweeps.ts";
import type { TrialResult } from "../../domain/trial_result.ts";
import { htmlReport } from "./html_report.ts";
import { markdownReport } from "./markdown_report.ts";
import { parsePublished } from "./published.ts";
import { makeReport, type Report, type ReportedSweep } from "./report.ts";

const HOSTILE = `</style></pre><script>alert("x")</script><img src=x onerror='alert(1)'>`;

function sweep(options: Parameters<typeof reportedSweep>[2] = {}): ReportedSweep {
  return reportedSweep(
    labFile({ hidden_width: [10, 32] }, { name: "width", replicates: 3 }),
    ({ hyperparameters: { hidden_width }, replicate }) =>
      labMeasured(
        0.8 + (hidden_width === 32 ? [0.008, 0.01, 0.014] : [0, 0.004, 0.011])[replicate]!,
      ),
    options,
  );
}

function reportOn(
  reported: ReportedSweep,
  { result = sampleResult(), source = "a report", command = "deno task trawl report latest" } = {},
): Promise<Report> {
  return makeReport([reported], {
    command,
    versions: { trawl: "0.1.0", deno: "2.9.6" },
    readResult: () => Promise.resolve(result),
    published: parsePublished(JSON.stringify({
      source,
      experiments: [{ name: source.slice(0, 150), hidden_width: 32, testAccuracy: 0.81 }],
    })),
  });
}

Deno.test("htmlReport() escapes whatever names, classes, commands and publications say", async () => {
  const classes = [HOSTILE, `" onload="alert(2)`, "'"];
  const report = await reportOn(
    sweep({ classes, description: HOSTILE }),
    { result: sampleResult(classes), source: HOSTILE, command: HOSTILE },
  );
  const page = htmlReport(report);
  assert.doesNotMatch(page, /<script|<img src=x/);
  assert.equal(page.match(/<\/style>/g)?.length, 1);
  for (const [tag] of page.matchAll(/<[a-z][^>]*>/g)) {
    // Outside of quoted values no attribute may begin with "on".
    assert.doesNotMatch(tag.replaceAll(/"[^"]*"/g, '""'), /\son\w+\s*=/, tag);
  }
  assert.doesNotMatch(markdownReport(report).replaceAll(/^(`{3,}).*?^\1$/gms, ""), /(?<!\\)<\w/);
});

Deno.test("htmlReport() is one file: no scripts, nothing from elsewhere, a policy that holds it to that", async () => {
  const page = htmlReport(await reportOn(sweep()));
  assert.doesNotMatch(page, /https?:|<link|<iframe|<object|@import|url\(|<script/);
  for (const [, target] of page.matchAll(/(?:src|href)="([^"]*)"/g)) {
    assert.match(target ?? "", /^(?:#[\w-]+|data:image\/png;base64,[A-Za-z0-9+/=]+)$/);
  }
  assert.match(page, /default-src &#39;none&#39;/);
  assert.doesNotMatch(page, /NaN|undefined|\[object/);
});

Deno.test("htmlReport() shows curves, effects, confusions, mistakes with pictures, the log and the command", async () => {
  const page = htmlReport(await reportOn(sweep()));
  for (
    const wanted of [
      /<h3>Ranking by val_accuracy<\/h3>/,
      /mean over replicates with a band of one standard deviation/,
      /<polygon class="band c1"/,
      /What each parameter does to val_accuracy/,
      /Confusion matrix of the test examples/,
      /mouse, taken for apple with 99\.0 %/,
      /\[250, {4}12\] loss: 0\.048/,
      /\[250, {5}3\] val loss: 0\.\d{3}/,
      /deno task sweep width\.yaml --new --data-dir DIR/,
      /weighted avg/,
    ]
  ) assert.match(page, wanted);
  assert.equal(page.match(/class="mistakes">.*?<\/ul>/s)?.[0].match(/<img /g)?.length, 3);
});

Deno.test("htmlReport() shows training images by class where they were kept, asking few results for them", async () => {
  const asked: number[] = [];
  const made = (withSamples: number) =>
    makeReport([sweep()], {
      command: "c",
      versions: { trawl: "0.1.0", deno: "2.9.6" },
      published: null,
      readResult: (_, trial) => {
        asked.push(trial.id);
        return Promise.resolve({
          ...sampleResult(["a<b", "forest", "mouse"]),
          mistakes: [],
          ...(trial.id === withSamples ? {} : { samples: [] }),
        });
      },
    });
  const report = await made(1);
  const [shown = -1] = asked;
  assert.deepEqual(asked, [shown, 0, 1]);
  assert.deepEqual(report.sweeps[0]?.samples.map(({ name, images }) => [name, images.length]), [
    ["a<b", 2],
    ["forest", 1],
    ["mouse", 1],
  ]);
  const page = htmlReport(report);
  assert.equal(page.match(/<img /g)?.length, 4);
  assert.match(page, /<h3>Sample images<\/h3>/);
  assert.match(page, /alt="Training example 101, of class a&lt;b"/);
  asked.length = 0;
  assert.doesNotMatch(htmlReport(await made(-1)), /<h3>Sample images<\/h3>|<img /);
  assert.deepEqual(asked, [shown, 0, 1, 2, 3]);
});

Deno.test("htmlReport() labels the rows of its ranking by values where names would not fit", async () => {
  const file = labFile({ hidden_width: [10, 32], lr: [0.005, 0.001], depth: [1, 2] });
  const page = htmlReport(
    await reportOn(reportedSweep(file, ({ replicate }) => labMeasured(0.8 + replicate / 100))),
  );
  assert.match(page, />1\. 0\.005 · 10 · 1<\/text>/);
  assert.match(page, /Rows: lr · hidden_width · depth\. Dots: means/);
  assert.match(htmlReport(await reportOn(sweep())), />1\. hidden_width\u00a032<\/text>/);
});

Deno.test("htmlReport() tells apart what one published experiment is held against", async () => {
  const report = await makeReport([
    reportedSweep(
      labFile({ depth: [1, 2, 3] }, { replicates: 3 }),
      ({ replicate }) => labMeasured(0.8 + replicate / 100),
    ),
  ], {
    command: "c",
    versions: { trawl: "0.1.0", deno: "2.9.6" },
    readResult: () => Promise.resolve(null),
    published: parsePublished(JSON.stringify({
      source: "s",
      experiments: [
        { name: "baseline", depth: 1, testAccuracy: 0.8 },
        { name: "deeper", depth: null, testAccuracy: 0.8 },
      ],
    })),
  });
  const labels = htmlReport(report).match(/(?<=<title>)(?:baseline|deeper).*?(?=<\/title>)/g);
  assert.deepEqual(labels, ["baseline", "deeper, depth 2", "deeper, depth 3"]);
});

Deno.test("htmlReport() says that there is no result, and draws surfaces and fits where there is one", async () => {
  const reported = sweep();
  const options = {
    command: "c",
    versions: { trawl: "0.1.0", deno: "2.9.6" },
    published: null,
  };
  const page = async (result: TrialResult | null): Promise<string> =>
    htmlReport(
      await makeReport([reported], { ...options, readResult: () => Promise.resolve(result) }),
    );
  assert.match(await page(null), /has left no result file/);
  const axis = { min: 0, max: 1, count: 2 };
  const bare: TrialResult = { ...sampleResult(), mistakes: [], confusions: null };
  const surface = await page({
    ...bare,
    picture: {
      kind: "surface",
      x: axis,
      y: axis,
      values: [0, 1, 1, 0],
      points: [],
      epoch: null,
      snapshots: [],
    },
  });
  assert.match(surface, /The decision surface/);
  const curve = await page({
    ...bare,
    picture: {
      kind: "curve",
      x: [0, 1],
      truth: [0, 1],
      points: [{ x: 0, y: 0 }],
      snapshots: [{ epoch: 10, y: [0, 0.5] }, { epoch: 20, y: [0, 0.9] }],
    },
  });
  assert.match(curve, /after epoch 20 \(the result\)/);
  assert.match(curve, /class="line c7 dashed"/);
});

Deno.test("makeReport() is a JSON value, and reports the trial that was asked for", async () => {
  const reported = sweep();
  const asked = reported.view.ledger.trials[1]!.id;
  const report = await reportOn({ ...reported, trial: asked });
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  assert.deepEqual([report.sweeps[0]?.trial?.trial, report.sweeps[0]?.trial?.choice], [1, "asked"]);
});

Deno.test("markdownReport() of a small sweep is the file that was read and found right", async () => {
  const golden = new URL("testdata/report_markdown.txt", import.meta.url);
  const text = markdownReport(await reportOn(sweep()));
  assert.equal(text, await Deno.readTextFile(golden));
});
