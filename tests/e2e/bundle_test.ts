import assert from "node:assert/strict";
import { runTrawl, temporaryHome } from "../support/trawl_process.ts";
import { canMakeHosts, makeTwoHosts, onHost } from "../support/two_hosts.ts";

const ignore = !(await canMakeHosts());
const decoder = new TextDecoder();

Deno.test({
  name: "bundle runs a sweep on a host without internet, Deno or packages",
  ignore,
  fn: async () => {
    await using home = await temporaryHome();
    const archive = `${home.path}/trawl.tar.gz`;
    const made = await runTrawl(["bundle", "--out", archive, "--home", `${home.path}/h`], {
      timeoutMs: 300_000,
    });
    assert.equal(made.code, 0, made.stderr);
    const unpacked = await new Deno.Command("tar", { args: ["-xzf", archive, "-C", home.path] })
      .output();
    assert.ok(unpacked.success, decoder.decode(unpacked.stderr));
    const entries = await Array.fromAsync(Deno.readDir(home.path));
    const folder = entries.find(({ isDirectory, name }) => isDirectory && /^trawl-/.test(name));
    assert.ok(folder !== undefined);
    await using hosts = await makeTwoHosts();
    const { code, stdout, stderr } = await onHost(hosts.first, [
      `${home.path}/${folder.name}/trawl`,
      ...["sweep", "quickstart", "--set", "batch_size=64", "--set", "depth=1"],
      ...["--set", "hidden_width=16", "--json", "--home", `${home.path}/air`],
    ], {
      clearEnv: true,
      env: { HOME: home.path, PATH: "/usr/bin:/bin:/usr/sbin:/sbin", NO_COLOR: "1" },
      stdout: "piped",
      stderr: "piped",
    }).output();
    assert.equal(code, 0, decoder.decode(stderr));
    const summary = JSON.parse(decoder.decode(stdout).trimEnd().split("\n").at(-1) ?? "");
    assert.equal(summary.trials.completed, 2);
  },
});
