/** Scenarios for every change: many light ones, some of the whole program. The soak plays any number. */
import assert from "node:assert/strict";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { planScenario, type ScenarioKind } from "./scenario.ts";
import { describeFailure, soak } from "./soak.ts";
import { describeTally } from "./tally.ts";

const ignore = Deno.build.os === "windows" || !(await natsServerBinaryOrSkip());

/** How long all this may take; in CI what is left of its time. */
const SECONDS = Number(Deno.env.get("TRAWL_CHAOS_SECONDS") ?? 600);

interface Run {
  readonly scenarios: number;
  readonly jobs: number;
  /** A slow machine begins no further scenario after that, and says how many it has played. */
  readonly withinMs: number;
  /** Fewer prove too little. */
  readonly floor: number;
}

/** Plays seeds from 1 on; a failure comes with its time line and the command that plays it again. */
async function playAll(
  kind: ScenarioKind,
  { scenarios, jobs, withinMs, floor }: Run,
): Promise<void> {
  const planned = Array.from({ length: scenarios }, (_, n) => planScenario(n + 1, kind));
  const { played, failures, tally, durationMs } = await soak(planned, { jobs, withinMs });
  console.log(`${describeTally(tally)}; in ${Math.round(durationMs / 1000)} s`);
  if (played < scenarios) console.log(`This machine is slow: ${played} of ${scenarios} scenarios`);
  assert.equal(failures.length, 0, failures.map(describeFailure).join("\n\n"));
  assert.ok(played >= floor, `${played} scenarios were played; it must be ${floor}`);
}

Deno.test({
  name: "sweep loses nothing and does nothing twice in 200 light scenarios",
  ignore,
  fn: () => playAll("light", { scenarios: 200, jobs: 8, withinMs: 600 * SECONDS, floor: 40 }),
});

Deno.test({
  name: "sweep of the whole program loses nothing and does nothing twice in 10 scenarios",
  ignore,
  fn: () => playAll("full", { scenarios: 10, jobs: 2, withinMs: 200 * SECONDS, floor: 3 }),
});
