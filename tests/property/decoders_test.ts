/** Every decoder of what others wrote, given 100,000 hostile inputs: a value, or its own error. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { z } from "zod";
import { parseTarget } from "../../cli/find_sweep.ts";
import { UserError } from "../../cli/exit_code.ts";
import { parseSweepFile } from "../../cli/sweep_file/parse_sweep_file.ts";
import { SweepFileError } from "../../cli/sweep_file/problem.ts";
import { parseSweepId, parseWorkerId } from "../../core/domain/ids.ts";
import { parseAckSubject } from "../../core/nats/ack_subject.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import {
  apiErrorSchema,
  apiReplySchemas,
  apiRequestSchemas,
} from "../../core/protocol/api_schemas.ts";
import { decode, DecodeError, encode } from "../../core/protocol/codec.ts";
import { journalEntrySchema } from "../../core/protocol/journal_schema.ts";
import { API_VERBS } from "../../core/protocol/messages.ts";
import { packLeaseSchema } from "../../core/protocol/pack_lease_schema.ts";
import { presenceSchema } from "../../core/protocol/presence_schema.ts";
import { parseApiVerb, parseJournalSubject } from "../../core/protocol/subjects.ts";
import { parseEventId } from "../../dashboard/event_id.ts";
import { parseCifarRecords, RECORD_BYTES } from "../../worker/datasets/cifar100_records.ts";
import { parseCsvTable } from "../../worker/datasets/csv_table.ts";
import { DatasetError } from "../../worker/datasets/dataset.ts";
import { locateUserFile } from "../../worker/datasets/files.ts";
import { parseIdx } from "../../worker/datasets/idx.ts";
import { idxBytes } from "../../worker/datasets/testing.ts";
import {
  CheckpointError,
  decodeCheckpoint,
  encodeCheckpoint,
} from "../../worker/training/checkpoint.ts";
import { damaged, noise, PATH_TRICKS, twisted } from "./hostile_inputs.ts";

/** All inputs of this file together. */
const INPUTS = 100_000;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

type ErrorClass = abstract new (...args: never[]) => Error;

interface Decoder {
  readonly name: string;
  readonly read: (bytes: Uint8Array) => unknown;
  /** What it throws, and nothing else. */
  readonly throws: ErrorClass;
  readonly inputs: fc.Arbitrary<Uint8Array>;
  /** Its part of the inputs, relative to the others. */
  readonly weight: number;
}

const MESSAGES = new URL("../contract/messages/v1/", import.meta.url);
const goldens = [...Deno.readDirSync(MESSAGES)].map(({ name }) => ({
  name,
  text: Deno.readTextFileSync(new URL(name, MESSAGES)),
}));

/** A decoder of messages, fed with its own golden ones and some of everybody's. */
function messages(family: RegExp, schema: z.ZodType<unknown>): Decoder {
  const own = goldens.filter(({ name }) => family.test(name)).map(({ text }) => text);
  assert.ok(own.length > 0, `${family}`);
  const read = (bytes: Uint8Array): void => {
    const told = encode(decode(bytes, schema, { subject: "hostile" }));
    // What is let in can be told on, and means the same to the next reader.
    const again = encode(decode(told, schema, { subject: "told on" }));
    assert.equal(decoder.decode(again), decoder.decode(told));
  };
  return {
    name: `messages ${family.source}`,
    read,
    throws: DecodeError,
    inputs: mixOf(own),
    weight: 4,
  };
}

function mixOf(valid: readonly string[]): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    { weight: 1, arbitrary: noise },
    { weight: 1, arbitrary: fc.json({ maxDepth: 6 }).map((text) => encoder.encode(text)) },
    { weight: 3, arbitrary: damaged(valid.map((text) => encoder.encode(text))) },
    { weight: 4, arbitrary: twisted(valid) },
  );
}

/** A parser of short texts, such as names, addresses and subjects. */
function texts(
  name: string,
  { read, throws, valid }: {
    readonly read: (text: string) => unknown;
    readonly throws: ErrorClass;
    readonly valid: readonly string[];
  },
): Decoder {
  const bytes = valid.map((text) => encoder.encode(text));
  const inputs = fc.oneof(
    noise,
    damaged(bytes),
    fc.constantFrom(...PATH_TRICKS).map((text) => encoder.encode(text)),
    fc.string({ unit: "binary", maxLength: 80 }).map((text) => encoder.encode(text)),
  );
  return { name, read: (data) => read(decoder.decode(data)), throws, inputs, weight: 4 };
}

const SWEEP_FILE = `name: tried
seed: 3
task: { dataset: csv, path: t.csv, target: y, kind: binary, test: 0.2, validation: 0.1 }
method: random
run_cap: 8
metric: { name: val_loss, goal: minimize }
parameters:
  lr: { distribution: log_uniform_values, min: 0.001, max: 0.1 }
  batch_size: { values: [16, 32] }
  epochs: { value: 3 }
`;
const XOR_FILE = SWEEP_FILE.replace(/task: .*/, "task: { dataset: xor, examples: 400 }");

/** A file of a sweep: damaged, with hostile values, and YAML of its own kind of malice. */
function sweepFiles(): fc.Arbitrary<Uint8Array> {
  const files = [SWEEP_FILE, XOR_FILE];
  const malice = [
    "a: &a [x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n",
    "parameters: !!js/function 'x'\n",
    "<<: { name: x }\nname: y\n",
    "? [complex]\n: key\n",
    "---\nname: a\n---\nname: b\n",
    "name: \u0000\n",
    "[".repeat(400),
    "{ name: ".repeat(300),
  ];
  return fc.oneof(
    noise,
    damaged(files.map((text) => encoder.encode(text))),
    twisted(files),
    fc.constantFrom(...malice).map((text) => encoder.encode(text)),
    damaged(malice.map((text) => encoder.encode(text))),
  );
}

const layer = {
  inputs: 2,
  outputs: 1,
  weights: Float32Array.of(1, 2),
  bias: Float32Array.of(3),
};
const checkpoint = encodeCheckpoint(
  [
    { trial: 1, epoch: 2, step: 3, layers: [layer], slots: {} },
  ] as unknown as Parameters<typeof encodeCheckpoint>[0],
);
const CSV = 'a,b,y\n1,x,0\n2,"q ""r""",1\n';

const decoders: readonly Decoder[] = [
  messages(/^journal\./, journalEntrySchema),
  messages(/^packLease/, packLeaseSchema),
  messages(/^presence/, presenceSchema),
  messages(/^reply\.error/, apiErrorSchema),
  ...API_VERBS.flatMap((verb) => [
    messages(new RegExp(`^request\\.${verb}`), apiRequestSchemas[verb]),
    messages(new RegExp(`^reply\\.${verb}-`), apiReplySchemas[verb]),
  ]),
  texts("sweep ids", { read: parseSweepId, throws: SyntaxError, valid: ["digits-1123-0950-x7k2"] }),
  texts("worker ids", { read: parseWorkerId, throws: SyntaxError, valid: ["host-4711-x7k2"] }),
  texts("journal subjects", {
    read: parseJournalSubject,
    throws: SyntaxError,
    valid: ["trawl.v1.journal.digits-1"],
  }),
  texts("API subjects", {
    read: parseApiVerb,
    throws: SyntaxError,
    valid: ["trawl.v1.api.digits-1.claim"],
  }),
  texts("acknowledgement subjects", {
    read: parseAckSubject,
    throws: SyntaxError,
    valid: ["$JS.ACK.TRAWL_PACKS.workers.1.2.3.4.5", "$JS.ACK.hub.acc.S.c.1.2.3.4.5.x"],
  }),
  texts("NATS addresses", {
    read: (text) => parseNatsTarget(text),
    throws: SyntaxError,
    valid: ["nats://user:p%40ss@host:4222,tls://[::1]:4223", "host"],
  }),
  texts("targets", { read: parseTarget, throws: UserError, valid: ["digits/17", "latest"] }),
  texts("event ids", { read: parseEventId, throws: SyntaxError, valid: ["k3x.12"] }),
  {
    name: "sweep files",
    read: (bytes) => parseSweepFile(decoder.decode(bytes), { path: "hostile.yaml" }),
    throws: SweepFileError,
    inputs: sweepFiles(),
    weight: 2,
  },
  {
    name: "CSV tables",
    read: (bytes) => parseCsvTable(bytes, { file: "hostile.csv" }),
    throws: DatasetError,
    inputs: fc.oneof(noise, damaged([encoder.encode(CSV)])),
    weight: 4,
  },
  {
    name: "IDX files",
    read: (bytes) => parseIdx(bytes, { file: "hostile.idx", dimensions: 3 }),
    throws: DatasetError,
    inputs: fc.oneof(noise, damaged([idxBytes([2, 2, 2], new Uint8Array(8))])),
    weight: 4,
  },
  {
    name: "CIFAR-100 records",
    read: (bytes) => parseCifarRecords(bytes, { file: "hostile.bin" }),
    throws: DatasetError,
    inputs: fc.oneof(noise, damaged([new Uint8Array(2 * RECORD_BYTES)])),
    weight: 1,
  },
  {
    name: "checkpoints",
    read: decodeCheckpoint,
    throws: CheckpointError,
    inputs: fc.oneof(noise, damaged([checkpoint])),
    weight: 4,
  },
];

const share = INPUTS / decoders.reduce((sum, { weight }) => sum + weight, 0);

Deno.test("decoders given 100,000 hostile inputs give a value or throw their own error", async (test) => {
  let told = 0;
  for (const { name, read, throws, inputs, weight } of decoders) {
    const property = fc.property(inputs, (bytes) => {
      told++;
      try {
        read(bytes);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        assert.ok(error instanceof throws, Deno.inspect(error));
      }
    });
    await test.step(name, () => fc.assert(property, { numRuns: Math.ceil(share * weight) }));
  }
  console.log(`${told.toLocaleString("en")} hostile inputs to ${decoders.length} decoders`);
  assert.ok(told >= INPUTS);
});

Deno.test("locateUserFile() finds nothing outside the data folder, whatever the path", async () => {
  const dataDir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dataDir}/inside.csv`, "");
    const path = fc.oneof(
      fc.constantFrom(...PATH_TRICKS),
      fc.array(fc.constantFrom("..", ".", "", "inside.csv", "\\", "~", "\u0000"), { maxLength: 5 })
        .map((parts) => parts.join("/")),
      fc.string({ unit: "binary", maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(path, async (tried) => {
        try {
          const found = await locateUserFile(tried, { folder: "/", dataDir });
          assert.ok((await Deno.realPath(found)).startsWith(await Deno.realPath(dataDir)));
        } catch (error) {
          assert.ok(error instanceof DatasetError, Deno.inspect(error));
        }
      }),
      { numRuns: 1_000 },
    );
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
