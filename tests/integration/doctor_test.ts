import assert from "node:assert/strict";
import { runTrawl, temporaryHome } from "../support/trawl_process.ts";
import { natsServerBinaryOrSkip, TestNatsServer } from "../support/nats_server.ts";

Deno.test("doctor tells of a real server, every backend and the clock, and ends with 0", async () => {
  if (await natsServerBinaryOrSkip() === undefined) return;
  await using server = await TestNatsServer.start();
  await using home = await temporaryHome();
  const { code, stdout, stderr } = await runTrawl([
    ...["doctor", "--json", "--home", home.path, "--nats", server.url],
  ]);
  assert.equal(code, 0, stderr);
  const lines = stdout.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.at(-1), { type: "summary", ok: true, checks: lines.length - 1 });
  const statusOf = (name: string) => lines.find((line) => line.name === name)?.status;
  for (const name of ["deno", "home", "nats", "jetstream", "clock", "backend wasm"]) {
    assert.equal(statusOf(name), "ok", name);
  }
  assert.notEqual(statusOf("backend webgpu"), undefined);
});

Deno.test("doctor ends with 3 where the named server does not answer", async () => {
  await using home = await temporaryHome();
  const { code, stdout } = await runTrawl([
    ...["doctor", "--home", home.path, "--nats", "nats://127.0.0.1:1"],
  ]);
  assert.equal(code, 3);
  assert.match(stdout, /PROBLEM +nats/);
  assert.match(stdout, /to mend it: start it \(nats-server -js\)/);
  assert.match(stdout, /1 of \d+ checks fail/);
});
