/** A sweep's trials as a Parquet file, a row group at a time: the columns of the CSV, with types. */
import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { SweepLedger, Trial } from "../domain/sweep_ledger.ts";
import type { CsvValue } from "./csv.ts";
import { type ExportColumn, exportColumns } from "./trial_export.ts";
import { trialRecord } from "./trial_record.ts";

/** Rows that are held at once. */
const GROUP = 10_000;

type ColumnType = "INT64" | "DOUBLE" | "BOOLEAN" | "STRING";

interface TypedColumn extends ExportColumn {
  readonly type: ColumnType;
}

const TEXTS = /^(?:sweep|state|failure|failureMessage|worker|backend)$/;

/**
 * The bytes of `trawl export --format parquet`, piece by piece. What a trial does not have is null;
 * a hyperparameter whose values are of several types is a text.
 */
export function* exportParquet(
  ledger: SweepLedger,
  chosen: readonly Trial[] = ledger.trials,
): Generator<Uint8Array<ArrayBuffer>> {
  // The sweep may go on while somebody takes the file: the types of its columns are those of now.
  const trials = [...chosen];
  const columns = exportColumns(trials).map((column): TypedColumn => ({
    ...column,
    type: typeOf(column.name, ledger),
  }));
  const bytes = new ByteWriter();
  const schema = schemaFromColumnData({ columnData: columnData(columns, []) });
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: "trawl" });
  for (let from = 0; from < trials.length; from += GROUP) {
    const records = trials.slice(from, from + GROUP).map((trial) => trialRecord(ledger, trial));
    const cells = columns.map(({ valueOf, type }) =>
      records.map((record) => cellOf(valueOf(record), type))
    );
    writer.write({ columnData: columnData(columns, cells), rowGroupSize: GROUP });
    yield taken(bytes);
  }
  writer.finish();
  yield taken(bytes);
}

type Cell = bigint | number | boolean | string | null;

function columnData(
  columns: readonly TypedColumn[],
  cells: readonly Cell[][],
): { name: string; type: ColumnType; nullable: boolean; data: Cell[] }[] {
  return columns.map(({ name, type }, index) => ({
    name,
    type,
    nullable: true,
    data: cells[index] ?? [],
  }));
}

/** What was written since it was last asked; places in the file go on counting. */
function taken(writer: ByteWriter): Uint8Array<ArrayBuffer> {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

/** The type of a column, whatever trials are chosen. */
function typeOf(name: string, { spec, trials }: SweepLedger): ColumnType {
  if (name.startsWith("metrics.")) return "DOUBLE";
  if (!name.startsWith("hyperparameters.")) {
    return TEXTS.test(name) ? "STRING" : name === "diverged" ? "BOOLEAN" : "INT64";
  }
  const own = name.slice("hyperparameters.".length);
  const kind = spec.parameters.find((parameter) => parameter.name === own)?.domain.kind;
  const types = new Set<ColumnType>();
  for (const { hyperparameters } of trials) {
    const value = hyperparameters[own];
    if (value === undefined) continue;
    if (typeof value === "number") {
      const isWhole = Number.isSafeInteger(value) && kind !== "float" && kind !== "normal";
      types.add(isWhole ? "INT64" : "DOUBLE");
    } else types.add(typeof value === "boolean" ? "BOOLEAN" : "STRING");
  }
  const [first = "STRING"] = types;
  if (types.size <= 1) return first;
  return types.size === 2 && types.has("INT64") && types.has("DOUBLE") ? "DOUBLE" : "STRING";
}

function cellOf(value: CsvValue, type: ColumnType): Cell {
  if (value === null || value === undefined) return null;
  if (type === "STRING") return String(value);
  return type === "INT64" ? BigInt(Number(value)) : value;
}
