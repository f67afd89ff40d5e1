import assert from "node:assert/strict";
import { natsServerBinary, natsServerBinaryOrSkip } from "../support/nats_server_binary.ts";
import { eventually, ROOT, temporaryHome } from "../support/trawl_process.ts";
import { canMakeHosts, type Host, makeTwoHosts, onHost } from "../support/two_hosts.ts";

const ignore = !(await natsServerBinaryOrSkip()) || !(await canMakeHosts());
const decoder = new TextDecoder();

/** A process of Trawl on a host. */
function trawlOn(host: Host, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return onHost(
    host,
    [Deno.execPath(), "run", "--quiet", "--allow-all", `${ROOT}main.ts`, ...args],
    {
      env: { NO_COLOR: "1", ...env },
      stdout: "piped",
      stderr: "piped",
    },
  );
}

Deno.test({
  name: "worker on another host trains a sweep, with nothing but the address of its server",
  ignore,
  fn: async () => {
    await using hosts = await makeTwoHosts();
    await using home = await temporaryHome();
    await using elsewhere = await temporaryHome();
    const { first, second } = hosts;
    const { path: binary } = await natsServerBinary();
    const config = `${home.path}/server.conf`;
    await Deno.writeTextFile(
      config,
      `listen: "${first.address}:4222"
authorization { user: trawl, password: secret }
jetstream { store_dir: "${home.path}/jetstream" }
`,
    );
    const server = onHost(first, [binary, "--config", config], { stdout: "null", stderr: "null" })
      .spawn();
    try {
      const url = `nats://trawl:secret@${first.address}:4222`;
      const sweep = trawlOn(first, [
        ...["sweep", "quickstart", "--set", "batch_size=64", "--set", "depth=1"],
        ...["--nats", url, "--workers", "0", "--json", "--no-dashboard", "--home", home.path],
      ]);
      // The server is up within milliseconds; a sweep that comes too early is refused at once.
      let started = sweep.spawn();
      await eventually("a server that answers", async () => {
        const early = await Promise.race([
          started.status.then(() => true),
          new Promise<false>((resolve) => setTimeout(() => resolve(false), 1_500)),
        ]);
        if (early) started = sweep.spawn();
        return !early;
      });
      const output = started.output();
      const worker = await trawlOn(
        second,
        ["worker", "--max-idle", "3", "--home", elsewhere.path],
        { NATS_URL: url },
      ).output();
      assert.equal(worker.code, 0, decoder.decode(worker.stderr));
      const { code, stdout, stderr } = await output;
      assert.equal(code, 0, decoder.decode(stderr));
      const summary = JSON.parse(decoder.decode(stdout).trimEnd().split("\n").at(-1) ?? "");
      assert.equal(summary.trials.asked, 6);
      assert.equal(summary.trials.completed, 6);
    } finally {
      server.kill("SIGTERM");
      await server.status;
    }
  },
});
