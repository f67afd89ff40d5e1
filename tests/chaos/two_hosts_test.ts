/** Scenarios on two hosts: server and coordinator on one, workers on the other, and a real cable. */
import assert from "node:assert/strict";
import { natsServerBinaryOrSkip } from "../support/nats_server_binary.ts";
import { ROOT } from "../support/trawl_process.ts";
import { canMakeHosts, makeTwoHosts, onHost } from "../support/two_hosts.ts";
import { planScenario } from "./scenario.ts";
import { formatWorkersHost } from "./workers_host.ts";

const ignore = !(await natsServerBinaryOrSkip()) || !(await canMakeHosts());

/** The first scenarios that take the cable between the hosts away. */
const SEEDS = Array.from({ length: 100 }, (_, seed) => seed)
  .filter((seed) =>
    planScenario(seed).deeds.some(({ act }) => act.kind === "cut" && act.whose === "workers")
  )
  .slice(0, 4);

Deno.test({
  name: "sweep loses nothing and does nothing twice when the cable between two hosts is cut",
  ignore,
  fn: async () => {
    await using hosts = await makeTwoHosts();
    const deno = [Deno.execPath(), "run", "--quiet", "--allow-all", `${ROOT}tests/chaos/main.ts`];
    for (const seed of SEEDS) {
      const args = ["--seed", `${seed}`, "--workers-on", formatWorkersHost(hosts)];
      const { code, stdout, stderr } = await onHost(hosts.first, [...deno, ...args], {
        env: { NO_COLOR: "1" },
      }).output();
      const told = new TextDecoder().decode(stdout);
      assert.equal(code, 0, `${told}\n${new TextDecoder().decode(stderr)}`);
      assert.match(told, /cable between the hosts is mended|left out/);
    }
  },
});
