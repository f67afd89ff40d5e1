import assert from "node:assert/strict";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import type { SweepLedger } from "../domain/sweep_ledger.ts";
import { sampleSweep } from "../../tests/support/sample_sweep.ts";
import { exportColumns } from "./trial_export.ts";
import { exportParquet } from "./trial_parquet.ts";
import { trialRecord } from "./trial_record.ts";

async function joined(chunks: Iterable<Uint8Array<ArrayBuffer>>): Promise<ArrayBuffer> {
  return await new Blob([...chunks]).arrayBuffer();
}

Deno.test("exportParquet() writes the CSV's columns with their types", async () => {
  const { ledger } = sampleSweep().view;
  const file = await joined(exportParquet(ledger));
  const { children } = parquetSchema(parquetMetadata(file));
  assert.deepEqual(
    children.map(({ element }) => element.name),
    exportColumns(ledger.trials).map(({ name }) => name),
  );
  const types = new Map(children.map(({ element }) => [element.name, element.type]));
  assert.equal(types.get("trial"), "INT64");
  assert.equal(types.get("diverged"), "BOOLEAN");
  assert.equal(types.get("state"), "BYTE_ARRAY");
  for (const [name, type] of types) if (name.startsWith("metrics.")) assert.equal(type, "DOUBLE");
  const rows = await parquetReadObjects({ file });
  assert.equal(rows.length, ledger.trials.length);
  for (const [index, row] of rows.entries()) {
    const trial = ledger.trials[index];
    assert.ok(trial !== undefined);
    const record = trialRecord(ledger, trial);
    for (const { name, valueOf } of exportColumns(ledger.trials)) {
      const cell: unknown = row[name];
      const value = typeof cell === "bigint" ? Number(cell) : cell;
      assert.deepEqual(value, valueOf(record) ?? null, `${name} of trial ${index}`);
    }
  }
});

Deno.test("exportParquet() keeps what is no number, in row groups of bounded size", async () => {
  const { ledger } = sampleSweep().view;
  const odd = [NaN, Infinity, -Infinity, -0, 5e-324];
  const trials = Array.from({ length: 25_000 }, (_, index) => {
    const trial = ledger.trials[index % ledger.trials.length];
    assert.ok(trial !== undefined);
    const value = odd[index % odd.length] ?? 0;
    return { ...trial, metrics: { odd: value }, hyperparameters: { mixed: index % 2 ? "a" : 1 } };
  });
  const chunks = [...exportParquet(ledger, trials)];
  assert.equal(chunks.length, 4);
  const file = await joined(chunks);
  const { row_groups } = parquetMetadata(file);
  assert.deepEqual(row_groups.map((group) => Number(group.num_rows)), [10_000, 10_000, 5_000]);
  const rows = await parquetReadObjects({ file, columns: ["metrics.odd"] });
  assert.equal(rows.length, 25_000);
  for (const [index, row] of rows.entries()) {
    assert.ok(Object.is(row["metrics.odd"], odd[index % odd.length]), `row ${index}`);
  }
});

Deno.test("exportParquet() of no trials is a file with its columns and no rows", async () => {
  const { ledger } = sampleSweep().view;
  const file = await joined(exportParquet(ledger, []));
  assert.equal(Number(parquetMetadata(file).num_rows), 0);
});

Deno.test("exportParquet() tells of the moment when it began, while the sweep goes on", async () => {
  const { ledger } = sampleSweep().view;
  const trials = Array.from({ length: 10_001 }, (_, index) => {
    const trial = ledger.trials[index % ledger.trials.length];
    assert.ok(trial !== undefined);
    return { ...trial, hyperparameters: { lr: 1 } };
  });
  const { id, spec } = ledger;
  const pack: SweepLedger["pack"] = (number) => ledger.pack(number);
  const live = { id, spec, trials, pack } as unknown as SweepLedger;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (const chunk of exportParquet(live)) {
    chunks.push(chunk);
    const [first] = trials;
    // A PBT trial takes over other values, and one is asked for that has values of its own.
    if (first !== undefined) trials.push({ ...first, hyperparameters: { lr: 0.5 } });
  }
  assert.equal((await parquetReadObjects({ file: await joined(chunks) })).length, 10_001);
});
