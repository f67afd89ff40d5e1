import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import type { JournalEntry } from "../domain/sweep_event.ts";
import { bytes } from "../domain/units.ts";
import { apiReplySchemas, apiRequestSchemas } from "./api_schemas.ts";
import {
  decode,
  DecodeError,
  encode,
  HEADER_ROOM_BYTES,
  MAX_MESSAGE_BYTES,
  messageLimit,
  MessageTooLargeError,
} from "./codec.ts";
import { journalEntrySchema } from "./journal_schema.ts";
import { API_VERBS } from "./messages.ts";
import { packLeaseSchema } from "./pack_lease_schema.ts";
import { presenceSchema } from "./presence_schema.ts";
import { laneReportSchema, laneReportsSchema } from "./report_schema.ts";

const SUBJECT = { subject: "test" };
const schemas: readonly z.ZodType<unknown>[] = [
  journalEntrySchema,
  packLeaseSchema,
  presenceSchema,
  ...API_VERBS.flatMap((verb) => [apiRequestSchemas[verb], apiReplySchemas[verb]]),
];

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

const count = fc.nat();
const attempt = fc.integer({ min: 1, max: 1_000 });
// JSON has no negative zero; everything else that is finite must come back as it was.
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const metrics = fc.dictionary(fc.string({ minLength: 1 }), finite, {
  maxKeys: 4,
  noNullPrototype: true,
})
  .filter((names) => !Object.hasOwn(names, "__proto__"));
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const lane = fc.oneof(
  fc.record({ trial: count, kind: fc.constant("measured"), metrics }),
  fc.record({ trial: count, kind: fc.constant("diverged") }),
);
const held = { pack: count, attempt };
const event = fc.oneof(
  fc.record({
    type: fc.constant("epochReported"),
    ...held,
    epoch: count,
    lanes: fc.array(lane, { maxLength: 16 }),
    durationMs: finite.map(Math.abs),
  }),
  fc.record({
    type: fc.constant("packLeased"),
    ...held,
    worker: id,
    backend: fc.string({ unit: "binary" }),
    delivery: fc.record({ sequence: count, count: attempt }),
  }),
  fc.record({
    type: fc.constant("trialCompleted"),
    trial: count,
    ...held,
    epoch: count,
    objective: fc.oneof(
      fc.record({ kind: fc.constant("finite"), value: finite }),
      fc.constant({ kind: "diverged" }),
    ),
    metrics,
    result: fc.option(id),
    model: fc.option(id),
  }),
  fc.record({
    type: fc.constant("trialFailed"),
    trial: count,
    reason: fc.record({ kind: fc.constant("exception"), message: fc.string({ unit: "binary" }) }),
  }),
  fc.record({ type: fc.constant("trialCancelled"), trial: count }),
);
const entry = fc.record({
  v: fc.constant(1),
  at: finite,
  events: fc.array(event, { maxLength: 4 }),
});

// The generator's objects have no prototype; clones are as plain as what JSON gives.
const plainEntry = entry.map((value) => structuredClone(value));

Deno.test("decode() gives back what encode() was given, for random journal entries", () => {
  fc.assert(fc.property(plainEntry, (value) => {
    assert.deepEqual(decode(encode(value), journalEntrySchema, SUBJECT), value);
  }));
});

Deno.test("decode() of random bytes throws a DecodeError and nothing else", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
    for (const schema of schemas) {
      assert.throws(() => decode(noise, schema, SUBJECT), DecodeError);
    }
  }));
});

Deno.test("decode() of random JSON throws a DecodeError and nothing else", () => {
  fc.assert(fc.property(fc.json(), (json) => {
    for (const schema of schemas) {
      assert.throws(() => decode(text(json), schema, SUBJECT), DecodeError);
    }
  }));
});

Deno.test("decode() of a mutated entry gives an entry or throws a DecodeError", () => {
  const mutation = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) });
  let refused = 0;
  fc.assert(
    fc.property(entry, fc.array(mutation, { minLength: 1, maxLength: 4 }), (value, edits) => {
      const mutated = encode(value);
      for (const { at, byte } of edits) mutated[Math.floor(at * (mutated.length - 1))] = byte;
      let decoded: JournalEntry;
      try {
        decoded = decode(mutated, journalEntrySchema, SUBJECT);
      } catch (error) {
        assert.ok(error instanceof DecodeError, String(error));
        refused++;
        return;
      }
      assert.equal(decoded.v, 1);
      encode(decoded);
    }),
  );
  assert.ok(refused > 0);
});

Deno.test("decode() refuses unknown versions and unknown types", () => {
  for (
    const json of [
      '{"v":2,"at":0,"events":[]}',
      '{"at":0,"events":[]}',
      '{"v":1,"at":0,"events":[{"type":"somethingNew"}]}',
      '{"v":1,"at":0,"events":[{"type":"trialCancelled","trial":-1}]}',
      '{"v":1,"at":0,"events":[{"type":"trialCancelled","trial":1.5}]}',
      '{"v":1,"at":1e999,"events":[]}',
    ]
  ) {
    assert.throws(() => decode(text(json), journalEntrySchema, SUBJECT), DecodeError, json);
  }
});

Deno.test("decode() refuses metrics that are not finite numbers by name", () => {
  const report = (metrics: string): string =>
    `{"v":1,"at":0,"events":[{"type":"epochReported","pack":0,"attempt":1,"epoch":1,` +
    `"durationMs":1,"lanes":[{"trial":0,"kind":"measured","metrics":${metrics}}]}]}`;
  decode(text(report('{"loss":0.5}')), journalEntrySchema, SUBJECT);
  for (const metrics of ['{"loss":1e999}', '{"loss":null}', '{"loss":"1"}', "[1]", "null", "1"]) {
    assert.throws(
      () => decode(text(report(metrics)), journalEntrySchema, SUBJECT),
      DecodeError,
      metrics,
    );
  }
});

Deno.test("decode() survives JSON that nests half a million deep", () => {
  const deep = "[".repeat(500_000) + "]".repeat(500_000);
  assert.throws(() => decode(text(deep), journalEntrySchema, SUBJECT), DecodeError);
  const hidden = text(`{"v":1,"at":0,"events":[],"later":${deep.slice(1_000, -1_000)}}`);
  assert.deepEqual(decode(hidden, journalEntrySchema, SUBJECT), { v: 1, at: 0, events: [] });
});

Deno.test("decode() refuses bytes that are too many, no UTF-8, or begin with a byte order mark", () => {
  const cases: readonly (readonly [Uint8Array, RegExp])[] = [
    [new Uint8Array(MAX_MESSAGE_BYTES + 1).fill(0x20), /exceeds/],
    [Uint8Array.of(0x22, 0xff, 0x22), /not UTF-8/],
    [Uint8Array.of(0xef, 0xbb, 0xbf, 0x31), /not JSON/],
    [new Uint8Array(), /not JSON/],
  ];
  for (const [data, reason] of cases) {
    assert.throws(() => decode(data, z.unknown(), SUBJECT), (error) => {
      assert.ok(error instanceof DecodeError);
      assert.match(error.reason, reason);
      assert.equal(error.bytes, data);
      assert.equal(error.subject, "test");
      return true;
    });
  }
});

Deno.test("encode() refuses numbers that JSON would turn into null", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    assert.throws(() => encode({ metrics: { loss: value } }), RangeError);
    assert.throws(() => encode([[value]]), RangeError);
  }
});

Deno.test("encode() refuses what nests without end", () => {
  const loop: unknown[] = [];
  loop.push(loop);
  assert.throws(() => encode(loop), RangeError);
});

Deno.test("encode() counts bytes, not characters, against the limit", () => {
  assert.equal(encode("éé", { limit: bytes(6) }).length, 6);
  assert.throws(() => encode("éé", { limit: bytes(5) }), MessageTooLargeError);
});

Deno.test("messageLimit() leaves room for headers and never exceeds our own limit", () => {
  assert.equal(messageLimit(65_536), 65_536 - HEADER_ROOM_BYTES);
  assert.equal(messageLimit(2 ** 26), MAX_MESSAGE_BYTES);
  assert.equal(messageLimit(10), 0);
});

Deno.test("laneReportsSchema reads what laneReportSchema reads lane by lane, and nothing else", () => {
  const reference = z.array(laneReportSchema);
  const oddly = fc.oneof(
    fc.record({
      trial: fc.oneof(count, fc.constantFrom(-1, 1.5, 2 ** 53, "1", null)),
      kind: fc.constantFrom("measured", "diverged", "other"),
      metrics: fc.oneof(metrics, fc.constantFrom(null, 1, [], { loss: "1" }, { loss: null })),
      later: fc.anything(),
    }, { requiredKeys: [] }),
    fc.jsonValue(),
  );
  const values = fc.oneof(
    fc.array(lane.map((one) => structuredClone(one)), { maxLength: 16 }),
    fc.array(fc.oneof(lane, oddly), { maxLength: 4 }),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(values, (value) => {
      const expected = reference.safeParse(value);
      const found = laneReportsSchema.safeParse(value);
      assert.equal(found.success, expected.success);
      assert.deepEqual(found.data, expected.data);
      assert.deepEqual(
        found.error?.issues.map(({ path, message }) => ({ path, message })),
        expected.error?.issues.map(({ path, message }) => ({ path, message })),
      );
    }),
    { numRuns: 1_000 },
  );
});
