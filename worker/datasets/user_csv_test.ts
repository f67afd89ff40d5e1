import assert from "node:assert/strict";
import type { CsvTask } from "../../core/domain/sweep_spec.ts";
import { type Dataset, DatasetError, type Split } from "./dataset.ts";
import { floatsOf, labelsOf, valuesOf } from "./testing.ts";
import { openUserCsv, type UserCsvOptions } from "./user_csv.ts";

/** A folder with `t.csv`, removed with the scope. */
async function folderOf(text: string): Promise<AsyncDisposable & { folder: string }> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/t.csv`, text);
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

const TASK: Omit<CsvTask, "folder"> = {
  path: "t.csv",
  target: "y",
  kind: "regression",
  features: null,
  categorical: [],
  test: 0.25,
};

async function open(
  text: string,
  task: Partial<CsvTask> = {},
  options: Partial<UserCsvOptions> = {},
): Promise<Dataset> {
  await using files = await folderOf(text);
  const division = { seed: 3, validation: 0.2, dataDir: undefined, ...options };
  return await openUserCsv({ ...TASK, folder: files.folder, ...task }, division);
}

async function refusal(text: string, task: Partial<CsvTask> = {}): Promise<string> {
  try {
    await open(text, task);
  } catch (error) {
    assert(error instanceof DatasetError, String(error));
    return error.message.replace(/"[^"]*\/t\.csv"/, '"t.csv"');
  }
  return "(no problem)";
}

/** 40 rows: a number that tells the row, a colour, a code, and a target that follows from the first. */
const ROWS = Array.from({ length: 40 }, (_, i) => ({
  x: 1e9 + i,
  colour: ["red", "green", "blue"][i % 3] ?? "",
  code: i % 2,
  y: 2 * i - 7,
}));
const TEXT = ["x,colour,code,y", ...ROWS.map((r) => `${r.x},${r.colour},${r.code},${r.y}`)]
  .join("\n");

function rowsOf(split: Split): number[][] {
  const values = [...floatsOf(split)];
  return Array.from(
    { length: split.count },
    (_, i) => values.slice(i * split.features, (i + 1) * split.features),
  );
}

Deno.test("openUserCsv() standardises numbers by the training rows and gives each text an input", async () => {
  const dataset = await open(TEXT);
  const { train, validation, test, features, outputs, classes, kind } = dataset;
  assert.deepEqual([kind, outputs, classes, features], ["regression", 1, [], 5]);
  // A quarter of 40 tests; a fifth of the remaining 30 validates.
  assert.deepEqual([train.count, validation.count, test.count], [24, 6, 10]);
  const x = rowsOf(train).map((row) => row[0]!);
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const square = x.reduce((sum, value) => sum + value ** 2, 0) / x.length;
  // Numbers near 10⁹ that differ by 1 would be equal as float32 before they are standardised.
  assert.ok(Math.abs(mean) < 1e-5 && Math.abs(square - 1) < 1e-5, `${mean} ${square}`);
  assert.equal(new Set(x).size, 24);
  for (const row of [...rowsOf(train), ...rowsOf(validation), ...rowsOf(test)]) {
    assert.deepEqual([...row.slice(1, 4)].sort(), [0, 0, 1]);
  }
});

Deno.test("openUserCsv() keeps rows together and gives every row to one part", async () => {
  const { train, validation, test, targetScale } = await open(TEXT);
  assert(targetScale !== undefined);
  const found = [train, validation, test].flatMap((split) =>
    rowsOf(split).map(([, blue, green], i) => {
      const y = Math.round(valuesOf(split)[i]! * targetScale.std + targetScale.mean);
      const row = (y + 7) / 2;
      assert.equal(blue === 1 ? "blue" : green === 1 ? "green" : "red", ROWS[row]?.colour);
      return row;
    })
  );
  assert.deepEqual(found.sort((a, b) => a - b), ROWS.map((_, i) => i));
});

Deno.test("openUserCsv() takes as features what the task names, in its order", async () => {
  const { train, features } = await open(TEXT, { features: ["code", "x"], categorical: ["code"] });
  assert.equal(features, 3);
  for (const [zero, one] of rowsOf(train)) assert.equal(zero! + one!, 1);
});

Deno.test("openUserCsv() makes classes of texts in their order, of numbers in theirs", async () => {
  const colours = await open(TEXT, { target: "colour", kind: "classification" });
  assert.deepEqual([colours.classes, colours.outputs], [["blue", "green", "red"], 3]);
  assert.equal(colours.targetScale, undefined);
  assert.ok(labelsOf(colours.train).every((label) => label < 3));
  const codes = await open(TEXT, { target: "code", kind: "binary" });
  assert.deepEqual([codes.classes, codes.outputs], [["0", "1"], 1]);
  const numbers = `x,y\n${[10, 9, 100, 9, 10, 100, 9, 10].map((y, i) => `${i},${y}`).join("\n")}`;
  const ordered = await open(numbers, { kind: "classification" });
  assert.deepEqual(ordered.classes, ["9", "10", "100"]);
});

Deno.test("openUserCsv() is a function of the file, the task and the seed", async () => {
  const [one, same, other] = [
    await open(TEXT),
    await open(TEXT),
    await open(TEXT, {}, { seed: 4 }),
  ];
  assert.deepEqual(one, same);
  assert.notEqual(one.digest, other.digest);
  const changed = await open(TEXT.replace("1000000004,", "1000000005,"));
  assert.notEqual(one.digest, changed.digest);
});

Deno.test("openUserCsv() validates on the test rows and limits training rows when told so", async () => {
  const dataset = await open(TEXT, {}, { validation: "test", trainExamples: 12 });
  assert.equal(dataset.validation, dataset.test);
  assert.deepEqual([dataset.train.count, dataset.test.count], [12, 10]);
  await assert.rejects(open(TEXT, {}, { trainExamples: 31 }), /\[1, 30\], as ".*t\.csv" has 30$/);
});

Deno.test("openUserCsv() names the column and the line of what cannot be used", async () => {
  const bad = (row: number, line: string) => TEXT.split("\n").with(row - 1, line).join("\n");
  const cases: readonly (readonly [string, string, Partial<CsvTask>?])[] = [
    [
      bad(5, "1,red,,0"),
      'Cannot use column "code" of "t.csv": it has no value ("") in line 5; fill it in, leave ' +
      "the rows out, or leave the column out of features",
    ],
    [bad(7, "1,N/A,1,0"), 'column "colour" of "t.csv": it has no value ("N/A") in line 7;'],
    [bad(7, "1,red,1,nan"), 'column "y" of "t.csv": it has no value ("nan") in line 7;'],
    [bad(9, "old,red,1,0"), 'line 2 has "1000000000" and line 9 has "old"; it must have numbers'],
    [bad(3, "1,7,1,0"), 'column "colour" of "t.csv": line 3 has "7" and line 2 has "red"'],
    [bad(6, "1,red,1,high"), 'column "y" of "t.csv": line 6 has "high"; it must be a number'],
    [TEXT, 'Cannot find column "yy" in "t.csv"; did you mean "y"?', { target: "yy" }],
    [TEXT, 'column "colours" in "t.csv"; did you mean "colour"?', { features: ["colours"] }],
    [TEXT, 'Cannot find column "price" in "t.csv": it has x, colour, code, y', {
      target: "price",
    }],
    [TEXT, "it has 3 classes; it must have exactly 2", { target: "colour", kind: "binary" }],
    ["y\n1\n2\n", 'it has no column but "y"'],
  ];
  for (const [text, message, task] of cases) {
    const said = await refusal(text, task);
    assert.ok(said.includes(message), said);
  }
});

Deno.test("openUserCsv() uses a table whose other columns have gaps", async () => {
  const text = TEXT.replaceAll("red", "");
  assert.equal((await open(text, { features: ["x"] })).features, 1);
});

Deno.test("openUserCsv() refuses columns from which nothing can be learned", async () => {
  const constant = (cells: string) =>
    `x,c,y\n${Array.from({ length: 20 }, (_, i) => `${i},${cells},${i}`).join("\n")}`;
  const message = 'column "c" of "t.csv": it is the same in all 12 training rows; leave it out';
  for (const cells of ["5", "same"]) {
    assert.ok((await refusal(constant(cells))).includes(message));
  }
  assert.match(await refusal(constant("1").replace(/,\d+$/gm, ",4")), /same in all 12/);
  assert.match(
    await refusal(constant("1"), { target: "c", kind: "classification" }),
    /has 1 class/,
  );
});

Deno.test("openUserCsv() refuses more different texts than can be inputs", async () => {
  const many = Array.from({ length: 150 }, (_, i) => `a${i},${i}`).join("\n");
  assert.match(await refusal(`x,y\n${many}`), /150 different texts .* at most 100$/);
  const commas = Array.from({ length: 150 }, (_, i) => `${i},5;${i}`).join("\n");
  assert.match(await refusal(`x;y\n${commas}`), /at most 100, or numbers with a decimal point$/);
});

Deno.test("openUserCsv() refuses numbers that cannot be standardised", async () => {
  const huge = Array.from({ length: 20 }, (_, i) => `${i % 2 ? "-" : ""}1e300,${i}`).join("\n");
  assert.match(await refusal(`x,y\n${huge}`), /too large or too small/);
});
