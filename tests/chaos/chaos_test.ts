/** A short run of scenarios, one for each kind of deed and some more; the soak runs as many as wanted. */
import assert from "node:assert/strict";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { playScenario } from "./play.ts";
import { describeScenario, planScenario } from "./scenario.ts";

const ignore = Deno.build.os === "windows" || !(await natsServerBinaryOrSkip());
const SCENARIOS = 12;

for (let seed = 1; seed <= SCENARIOS; seed++) {
  const scenario = planScenario(seed);
  const acts = scenario.deeds.map(({ act }) => act.kind).join(", ");
  Deno.test({
    name: `sweep loses nothing and does nothing twice in scenario ${seed}: ${acts}`,
    ignore,
    fn: async () => {
      const { problems, timeLine } = await playScenario(scenario);
      const told = [
        describeScenario(scenario),
        ...timeLine,
        `Again, as far as the machine repeats itself: deno task chaos --seed ${seed}`,
      ];
      assert.deepEqual(problems, [], `${problems.join("\n")}\n${told.join("\n")}`);
    },
  });
}
