import assert from "node:assert/strict";
import { writeInstallation } from "./addon_installation.ts";
import { createBackendLoaders } from "./backend_loaders.ts";
import { judgeTrial, tryBackend } from "./backend_trial.ts";
import { chooseBackend } from "./choose_backend.ts";

const WELL = { code: 0, signal: null, stdout: '{"device":"x"}\n', stderr: "" };

Deno.test("judgeTrial() takes the report of a process that lived to the end", () => {
  assert.deepEqual(judgeTrial(WELL), { device: "x" });
  assert.deepEqual(judgeTrial({ ...WELL, stdout: 'noise\n{"reason":"no GPU"}\n' }), {
    reason: "no GPU",
  });
});

Deno.test("judgeTrial() names the signal that ended the process, and its last complaint", () => {
  const stderr =
    "2026-01-01 10:00:00.1: W external/local_xla/cuda.cc:51] Could not find CUDA\nbye\n";
  assert.deepEqual(judgeTrial({ code: 139, signal: "SIGSEGV", stdout: "", stderr }), {
    reason: "its native library ended a test process with SIGSEGV (Could not find CUDA)",
  });
  assert.deepEqual(judgeTrial({ code: 1, signal: null, stdout: "", stderr: "no such file" }), {
    reason: "a test process ended with code 1 (no such file)",
  });
  assert.match(JSON.stringify(judgeTrial({ ...WELL, stdout: "?" })), /ended with code 0/);
});

Deno.test("tryBackend() loads and tests a backend in another process", async () => {
  assert.deepEqual(await tryBackend({ name: "cpu", addonsDir: null, asAuto: false }), {
    device: "JavaScript",
  });
});

/** An addon that ends whatever process loads it; null where there is no compiler to make it. */
async function makeCrashingAddon(folder: string): Promise<boolean> {
  const source = `${folder}/crash.c`;
  await Deno.writeTextFile(
    source,
    "#include <stdlib.h>\n__attribute__((constructor)) static void crash(void) { abort(); }\n",
  );
  try {
    const { success } = await new Deno.Command("cc", {
      args: ["-shared", "-fPIC", "-o", `${folder}/crash.node`, source],
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test("chooseBackend() survives a native library that ends its process, and goes on", async () => {
  const addonsDir = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${addonsDir}/tensorflow`);
    if (!await makeCrashingAddon(`${addonsDir}/tensorflow`)) {
      return console.log("skipped: no C compiler here");
    }
    await writeInstallation(addonsDir, "tensorflow", {
      v: 1,
      package: "@tensorflow/tfjs-node",
      modules: ".",
      addon: "crash.node",
      tensorflow: "0",
      how: "made to crash",
    });
    const { backend, refused } = await chooseBackend("auto", createBackendLoaders({ addonsDir }));
    assert.notEqual(backend.name, "tensorflow");
    const reason = refused.find(({ name }) => name === "tensorflow")?.reason;
    // A machine with a GPU does not come to it.
    if (backend.name === "wasm") assert.match(reason ?? "", /ended a test process with SIGABRT/);
  } finally {
    await Deno.remove(addonsDir, { recursive: true });
  }
});
