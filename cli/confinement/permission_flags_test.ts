import assert from "node:assert/strict";
import { delimiter } from "node:path";
import { fakeNvidiaSmi } from "../../tests/support/fake_nvidia_smi.ts";
import type { TaskSpec } from "../../core/domain/sweep_spec.ts";
import { findNvidiaSmi } from "../nvidia_smi.ts";
import { confineWorker } from "./worker_confinement.ts";
import { dataFolders } from "./data_folders.ts";
import { confineDashboard } from "./dashboard_confinement.ts";
import { permissionFlags } from "./permission_flags.ts";
import { serverAddresses } from "./server_place.ts";

Deno.test("permissionFlags() keeps names with commas in one piece and never says all", () => {
  const flags = permissionFlags({
    set: "worker",
    read: ["/data/a,b", "/home", "/home"],
    write: ["/home"],
    net: ["127.0.0.1:4222"],
    ffi: [],
  });
  assert.deepEqual(flags, [
    "--permission-set=worker",
    "--no-prompt",
    "--allow-read=/data/a,,b,/home",
    "--allow-write=/home",
    "--allow-net=127.0.0.1:4222",
  ]);
});

Deno.test("permissionFlags() leaves the network to the set where addresses cannot be known", () => {
  const flags = permissionFlags({ set: "worker", read: [], write: [], net: "any", ffi: ["/f"] });
  assert.ok(!flags.some((flag) => flag.startsWith("--allow-net")));
  assert.ok(flags.includes("--allow-ffi=/f"));
});

Deno.test("permissionFlags() lets a worker run nvidia-smi alone, and only where it was found", async () => {
  const places = {
    home: "/h",
    dataDir: undefined,
    server: { isEmbedded: true, url: "nats://127.0.0.1:1", files: [] },
    addonsDir: "/a",
    addon: null,
  };
  const runs = (nvidiaSmi: string | null) =>
    permissionFlags(confineWorker({ ...places, nvidiaSmi })).filter((flag) => flag.includes("run"));
  assert.deepEqual(runs("/usr/bin/nvidia-smi"), ["--allow-run=/usr/bin/nvidia-smi"]);
  assert.deepEqual(runs(null), []);
  await using smi = await fakeNvidiaSmi("");
  const found = (env: Readonly<Record<string, string>>) => findNvidiaSmi((name) => env[name]);
  const PATH = ["/nonexistent", "relative", smi.folder].join(delimiter);
  if (Deno.build.os !== "windows") assert.equal(await found({ PATH }), smi.path);
  assert.equal(await found({ PATH: "/nonexistent" }), null);
  assert.equal(await found({ PATH, TRAWL_NVIDIA_SMI: "/nonexistent/nvidia-smi" }), null);
  assert.equal(await found({ TRAWL_NVIDIA_SMI: smi.path }), smi.path);
});

Deno.test("serverAddresses() is one port of loopback for the home's own server", () => {
  const url = "nats://trawl:secret@127.0.0.1:43210";
  assert.deepEqual(serverAddresses({ isEmbedded: true, url, files: [] }), ["127.0.0.1:43210"]);
  assert.equal(serverAddresses({ isEmbedded: false, url, files: [] }), "any");
});

Deno.test("confineDashboard() writes an IPv6 address as Deno reads it", () => {
  const server = { isEmbedded: true, url: "nats://127.0.0.1:1", files: [] };
  assert.deepEqual(confineDashboard({ home: "/h", server, host: "::1" }).net, [
    "127.0.0.1:1",
    "[::1]",
  ]);
});

Deno.test("dataFolders() are those of the user's own files", () => {
  const division = { validation: { kind: "test" }, trainExamples: null } as const;
  const csv: TaskSpec = {
    dataset: "csv",
    folder: "/sweeps",
    path: "../data/t.csv",
    target: "y",
    kind: "regression",
    features: null,
    categorical: [],
    test: 0.2,
    ...division,
  };
  const idx: TaskSpec = {
    dataset: "idx",
    folder: "/sweeps",
    images: "i.idx",
    labels: "/labels/l.idx",
    test: { kind: "files", images: "t/i.idx", labels: "t/l.idx" },
    ...division,
  };
  assert.deepEqual(dataFolders(csv), ["/data"]);
  assert.deepEqual(dataFolders(idx), ["/sweeps", "/labels", "/sweeps/t", "/sweeps/t"]);
  assert.deepEqual(dataFolders({ dataset: "mnist", ...division }), []);
});
