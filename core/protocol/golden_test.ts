import assert from "node:assert/strict";
import type { z } from "zod";
import { apiErrorSchema, apiReplySchemas, apiRequestSchemas } from "./api_schemas.ts";
import { decode, encode } from "./codec.ts";
import { journalEntrySchema, sweepEventTypes } from "./journal_schema.ts";
import { API_VERBS } from "./messages.ts";
import { packLeaseSchema } from "./pack_lease_schema.ts";
import { presenceSchema } from "./presence_schema.ts";

// One file per message of version 1. They are never changed: every later decoder must read them.
const FOLDER = new URL("../../tests/contract/messages/v1/", import.meta.url);
const files = [...Deno.readDirSync(FOLDER)].map((file) => file.name).sort();

function schemaOf(file: string): z.ZodType<unknown> {
  const [family, rest = ""] = file.replace(/\.json$/, "").split(".");
  const verb = API_VERBS.find((known) => known === rest.split("-")[0]);
  if (family === "journal") return journalEntrySchema;
  if (family === "packLease") return packLeaseSchema;
  if (family === "presence") return presenceSchema;
  if (family === "reply" && rest === "error") return apiErrorSchema;
  if (verb !== undefined && family === "request") return apiRequestSchemas[verb];
  if (verb !== undefined && family === "reply") return apiReplySchemas[verb];
  throw new RangeError(`Cannot find a schema for golden file "${file}"`);
}

/** What decoders fill in for messages that are older than the field. */
const NULL_BY_DEFAULT: readonly string[] = ["result", "model"];

function withoutDefaults(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value),
    (key, part) => part === null && NULL_BY_DEFAULT.includes(key) ? undefined : part,
  );
}

for (const file of files) {
  Deno.test(`decode() reads the golden message ${file} and encode() writes it back`, () => {
    const bytes = Deno.readFileSync(new URL(file, FOLDER));
    const value = decode(bytes, schemaOf(file), { subject: file });
    const golden: unknown = JSON.parse(new TextDecoder().decode(bytes));
    assert.deepEqual(withoutDefaults(value), golden);
    assert.deepEqual(
      withoutDefaults(decode(encode(value), schemaOf(file), { subject: file })),
      golden,
    );
  });

  Deno.test(`decode() ignores fields that it does not know in ${file}`, () => {
    const golden = JSON.parse(Deno.readTextFileSync(new URL(file, FOLDER))) as object;
    const newer = encode({ ...golden, someday: { deep: [1] } });
    assert.deepEqual(withoutDefaults(decode(newer, schemaOf(file), { subject: file })), golden);
  });
}

Deno.test("golden messages exist for every event, request and reply", () => {
  for (const type of sweepEventTypes) assert.ok(files.includes(`journal.${type}.json`), type);
  for (const verb of API_VERBS) {
    assert.ok(files.includes(`request.${verb}.json`), verb);
    assert.ok(files.some((file) => file.startsWith(`reply.${verb}-`)), verb);
  }
});
