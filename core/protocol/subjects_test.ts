import assert from "node:assert/strict";
import fc from "fast-check";
import { parsePackId, parseSweepId, parseTrialId } from "../domain/ids.ts";
import { epoch } from "../domain/units.ts";
import { API_VERBS } from "./messages.ts";
import {
  apiSubject,
  checkpointArtifact,
  detachedArtifact,
  journalSubject,
  packsSubject,
  parseApiVerb,
  parseJournalSubject,
  parsePacksSubject,
} from "./subjects.ts";

const sweepId = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/).map(parseSweepId);

Deno.test("parseJournalSubject() reads what journalSubject() builds", () => {
  fc.assert(fc.property(sweepId, (sweep) => {
    assert.equal(parseJournalSubject(journalSubject(sweep)), sweep);
  }));
});

Deno.test("parseApiVerb() reads what apiSubject() builds", () => {
  fc.assert(fc.property(sweepId, fc.constantFrom(...API_VERBS), (sweep, verb) => {
    assert.equal(parseApiVerb(apiSubject(sweep, verb)), verb);
  }));
});

Deno.test("parsePacksSubject() reads what packsSubject() builds", () => {
  const sweep = parseSweepId("digits-7f3a");
  assert.equal(parsePacksSubject(packsSubject(sweep)), sweep);
  assert.throws(() => parsePacksSubject("trawl.v1.journal.s1"), SyntaxError);
});

Deno.test("parse functions of subjects refuse what is not theirs", () => {
  for (const subject of ["", "trawl.v1.packs.s1", "trawl.v1.journal.", "trawl.v1.journal.a.b"]) {
    assert.throws(() => parseJournalSubject(subject), SyntaxError, subject);
  }
  for (const subject of ["", "trawl.v1.api.s1.explode", "trawl.v2.api.s1.renew", "trawl.v1.api"]) {
    assert.throws(() => parseApiVerb(subject), SyntaxError, subject);
  }
});

Deno.test("artifact names differ for everything that they name", () => {
  const sweep = parseSweepId("s1");
  const at = { pack: parsePackId(1), attempt: 2, epoch: epoch(3) };
  const names = [
    checkpointArtifact(sweep, at),
    checkpointArtifact(sweep, { ...at, attempt: 3 }),
    checkpointArtifact(sweep, { ...at, epoch: epoch(4) }),
    checkpointArtifact(parseSweepId("s2"), at),
    detachedArtifact(sweep, { ...at, first: parseTrialId(3) }),
    detachedArtifact(sweep, { ...at, first: parseTrialId(4) }),
  ];
  assert.equal(new Set(names).size, names.length);
});
