import assert from "node:assert/strict";
import { natsServerBinaryOrSkip } from "../support/nats_server_binary.ts";
import { eventually, ROOT, temporaryHome } from "../support/trawl_process.ts";
import { canMakeHosts, type Host, makeTwoHosts, onHost } from "../support/two_hosts.ts";

const ignore = !(await natsServerBinaryOrSkip()) || !(await canMakeHosts());
const decoder = new TextDecoder();
const PORT = 4222;

function trawlOn(host: Host, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return onHost(
    host,
    [Deno.execPath(), "run", "--quiet", "--allow-all", `${ROOT}main.ts`, ...args],
    { env: { NO_COLOR: "1", NATS_URL: "", ...env }, stdout: "piped", stderr: "piped" },
  );
}

Deno.test({
  name:
    "sweep --listen lets a worker of another host join with the command that it wrote down, and " +
    "nobody without its password",
  ignore,
  fn: async () => {
    await using hosts = await makeTwoHosts();
    await using home = await temporaryHome();
    await using elsewhere = await temporaryHome();
    const { first, second } = hosts;
    const sweep = trawlOn(first, [
      ...["sweep", "quickstart", "--set", "batch_size=64", "--set", "depth=1", "--set", "epochs=2"],
      ...["--listen", `${first.address}:${PORT}`, "--workers", "0", "--json", "--no-dashboard"],
      ...["--home", home.path],
    ]).spawn();
    const output = sweep.output();
    const join = `${home.path}/nats/join`;
    const isThere = (): Promise<boolean> => Deno.stat(join).then(() => true, () => false);
    await eventually("the command to join", isThere);
    const command = await Deno.readTextFile(join);
    const [, url = ""] = /^NATS_URL=(\S+) deno task worker\n$/.exec(command) ?? [];
    const password = /^nats:\/\/trawl:([0-9a-f]{48})@10\.77\.0\.1:4222$/.exec(url)?.[1];
    assert.ok(password !== undefined, "the command has an address and a password");
    assert.equal((await Deno.stat(join)).mode! & 0o777, 0o600);
    for (const address of [url.replace(password, "wrong"), url.replace(/trawl:.*@/, "")]) {
      const args = ["worker", "--max-idle", "1", "--home", elsewhere.path];
      const refused = await trawlOn(second, args, { NATS_URL: address }).output();
      assert.notEqual(refused.code, 0);
      assert.match(decoder.decode(refused.stderr), /refused the credentials/);
    }
    const worker = await trawlOn(
      second,
      ["worker", "--max-idle", "3", "--home", elsewhere.path],
      { NATS_URL: url },
    ).output();
    assert.equal(worker.code, 0, decoder.decode(worker.stderr));
    const { code, stdout, stderr } = await output;
    const said = decoder.decode(stderr);
    assert.equal(code, 0, said);
    assert.match(said, /is not encrypted, the password included; --tls-cert and --tls-key/);
    assert.ok(!said.includes(password), "no password in what may be a log");
    const summary = JSON.parse(decoder.decode(stdout).trimEnd().split("\n").at(-1) ?? "");
    assert.equal(summary.trials.completed, 6);
  },
});
