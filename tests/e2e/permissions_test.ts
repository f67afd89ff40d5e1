import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { confineDashboard } from "../../cli/confinement/dashboard_confinement.ts";
import { type Confinement, permissionFlags } from "../../cli/confinement/permission_flags.ts";
import { confineWorker } from "../../cli/confinement/worker_confinement.ts";
import { natsServerBinaryOrSkip, TestNatsServer } from "../support/nats_server.ts";
import {
  eventually,
  ROOT,
  runTrawl,
  temporaryHome,
  TrawlProcess,
} from "../support/trawl_process.ts";

const ignore = !(await natsServerBinaryOrSkip());
const ACTS = fileURLToPath(new URL("../support/forbidden_acts.ts", import.meta.url));
/** As `deno task worker` and `deno task dashboard` start them. */
const LAUNCHED = ["--permission-set=launcher", "--no-prompt", `${ROOT}cli/confined.ts`];
/** Two small trials. */
const SMALL = [
  "quickstart",
  "--set",
  "batch_size=64",
  "--set",
  "depth=1",
  "--set",
  "hidden_width=16",
];
/** Far above what anything here takes: machines may be busy with other tests. */
const PATIENCE = 240_000;
const SERVER = { isEmbedded: true, url: "nats://trawl:secret@127.0.0.1:4222", files: [] };

/** A home, and a folder beside it that nobody was told of. */
async function makePlaces() {
  const root = await Deno.makeTempDir({ prefix: "trawl-confined-" });
  const [home, outside] = [`${root}/home`, `${root}/outside`];
  await Deno.mkdir(home);
  await Deno.mkdir(outside);
  await Deno.writeTextFile(`${home}/mine.txt`, "mine");
  await Deno.writeTextFile(`${outside}/id_ed25519`, "secret");
  return {
    home,
    outside,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/** What came of each attempt, in the process and in a thread of it. */
async function tryActs(
  confinement: Confinement,
  plan: Readonly<Record<string, string>>,
): Promise<readonly Readonly<Record<string, string>>[]> {
  const { code, stdout, stderr } = await runTrawl([JSON.stringify(plan)], {
    timeoutMs: PATIENCE,
    start: ["--config", `${ROOT}deno.json`, ...permissionFlags(confinement), ACTS],
    env: { AWS_SECRET_ACCESS_KEY: "hidden" },
  });
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

const ALLOWED = new Set(["readHome", "writeHome"]);

Deno.test("confineWorker() and confineDashboard() leave a process and its threads their home and server, nothing else", async () => {
  await using places = await makePlaces();
  const { home, outside } = places;
  const plan = { home, outside, program: `${ROOT}main.ts` };
  const worker = confineWorker({
    home,
    dataDir: undefined,
    server: SERVER,
    addonsDir: `${home}/addons`,
    addon: null,
  });
  const dashboard = confineDashboard({ home, server: SERVER, host: "::1" });
  for (const confinement of [worker, dashboard]) {
    for (const outcomes of await tryActs(confinement, plan)) {
      assert.equal(Object.keys(outcomes).length, 17);
      for (const [act, outcome] of Object.entries(outcomes)) {
        const expected = ALLOWED.has(act) ? "done" : "NotCapable";
        assert.equal(outcome, expected, `${confinement.set}: ${act}`);
      }
    }
  }
  assert.equal(await Deno.readTextFile(`${outside}/id_ed25519`), "secret");
  assert.deepEqual((await Array.fromAsync(Deno.readDir(outside))).length, 1);
});

Deno.test("confineWorker() gives data and an addon to read only where they were named", async () => {
  await using places = await makePlaces();
  const { home, outside } = places;
  const plan = { home, outside, program: `${ROOT}main.ts` };
  const confinement = confineWorker({
    home,
    dataDir: outside,
    server: { ...SERVER, isEmbedded: false },
    addonsDir: `${home}/addons`,
    addon: "tensorflow",
  });
  const opened = new Set(["readOutside", "listOutside"]);
  // A cluster's members are known to nobody before, so any address may be tried.
  const netOpen = new Set(["connectElsewhere", "fetchElsewhere"]);
  assert.deepEqual(confinement.ffi, [`${home}/addons/tensorflow`]);
  const [inProcess = {}] = await tryActs({ ...confinement, net: ["127.0.0.1:4222"] }, plan);
  for (const [act, outcome] of Object.entries(inProcess)) {
    if (netOpen.has(act)) continue;
    assert.equal(outcome, ALLOWED.has(act) || opened.has(act) ? "done" : "NotCapable", act);
  }
});

Deno.test({
  name: "worker and dashboard, as their tasks start them, carry a sweep without --allow-all",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using home = await temporaryHome();
    await using elsewhere = await temporaryHome();
    const place = ["--nats", server.url, "--home", home.path];
    await using sweep = new TrawlProcess([
      ...["sweep", ...SMALL, "--workers", "0", "--json", "--no-dashboard", ...place],
    ], { timeoutMs: PATIENCE });
    await eventually(
      "a sweep that waits for workers",
      () => sweep.stderr.includes("No local"),
      PATIENCE,
    );
    await using worker = new TrawlProcess(
      ["worker", "--home", elsewhere.path, "--backend", "wasm", "--nats", server.url],
      { start: LAUNCHED, timeoutMs: PATIENCE },
    );
    await using dashboard = new TrawlProcess(["dashboard", "--port", "0", ...place], {
      start: LAUNCHED,
      timeoutMs: PATIENCE,
    });
    const finished = await sweep.finished;
    assert.equal(finished.code, 0, finished.stderr + worker.stderr);
    const summary = JSON.parse(finished.stdout.trimEnd().split("\n").at(-1) ?? "");
    assert.equal(summary.trials.completed, summary.trials.asked);
    await eventually(
      "a dashboard that serves",
      () => dashboard.stderr.includes("Dashboard: "),
      PATIENCE,
    );
    const url = /Dashboard: (\S+)/.exec(dashboard.stderr)?.[1] ?? "";
    const page = await (await fetch(`${url}s/${summary.sweep}`)).text();
    assert.match(page, /<h1>quickstart<\/h1>/);
    // The bundler worked as well: the page is a live one.
    assert.match(page, /\/assets\/main-[0-9a-f]+\.js/);
    for (const process of [worker, dashboard]) {
      process.signal("SIGTERM");
      assert.equal((await process.finished).code, 0, process.stderr);
    }
  },
});

Deno.test({
  name: "worker ends when the process that started it confined is killed with -9",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using home = await temporaryHome();
    await using worker = new TrawlProcess(
      ["worker", "--home", home.path, "--backend", "cpu", "--nats", server.url],
      { start: LAUNCHED, timeoutMs: PATIENCE },
    );
    await eventually(
      "a worker that waits",
      () => worker.stderr.includes("waits for packs"),
      PATIENCE,
    );
    worker.signal("SIGKILL");
    // Its streams end when nobody holds them any more: neither the killed process nor the worker.
    await worker.finished;
    assert.match(worker.stderr, /ended: drained/);
  },
});

Deno.test({
  name: "the permission set of a worker stands on its own, narrowed by hand",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using home = await temporaryHome();
    const args = ["worker", "--home", home.path, "--max-idle", "1", "--backend", "wasm"];
    const start = [
      ...["--no-prompt", "--permission-set=worker", `--allow-write=${home.path}`],
      ...[`--allow-net=${new URL(server.url).host}`, `${ROOT}main.ts`],
    ];
    const env = { NATS_URL: server.url };
    const { code, stderr } = await runTrawl(args, { start, env, timeoutMs: PATIENCE });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /computes on wasm/);
    const elsewhere = await runTrawl(["worker", "--home", `${home.path}-other`], {
      start,
      env,
      timeoutMs: PATIENCE,
    });
    assert.equal(elsewhere.code, 2);
    assert.match(elsewhere.stderr, /Cannot write the home directory/);
  },
});

Deno.test({
  name: "dashboard leaves loopback only with a token, and then serves nobody without it",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using home = await temporaryHome();
    const args = ["dashboard", "--host", "0.0.0.0", "--port", "0", "--home", home.path];
    const env = { NATS_URL: server.url };
    for (const token of [[], ["--token", "short"], ["--token", "no spaces or; semicolons"]]) {
      const refused = await runTrawl([...args, ...token], {
        start: LAUNCHED,
        timeoutMs: PATIENCE,
        env,
      });
      assert.equal(refused.code, 2, refused.stderr);
      assert.match(refused.stderr, /Cannot (?:serve the dashboard on|take the token)/);
    }
    await using dashboard = new TrawlProcess([...args, "--token"], {
      start: LAUNCHED,
      timeoutMs: PATIENCE,
      env,
    });
    await eventually(
      "a dashboard that serves",
      () => dashboard.stderr.includes("plain HTTP"),
      PATIENCE,
    );
    const link = new URL(/Dashboard: (\S+)/.exec(dashboard.stderr)?.[1] ?? "");
    const token = /programs: Authorization: Bearer (\S+)/.exec(dashboard.stderr)?.[1] ?? "";
    assert.match(token, /^[0-9a-f]{48}$/);
    assert.equal(link.href.includes(token), false);
    const sweeps = new URL("/api/v1/sweeps", link);
    const status = async (headers: Record<string, string>) => {
      const response = await fetch(sweeps, { headers });
      await response.body?.cancel();
      return response.status;
    };
    assert.equal(await status({}), 401);
    assert.equal(await status({ authorization: `Bearer ${token}` }), 200);
    const followed = await fetch(link, { redirect: "manual" });
    await followed.body?.cancel();
    const cookie = followed.headers.get("set-cookie")?.split(";")[0] ?? "";
    assert.equal(await status({ cookie }), 200);
  },
});
