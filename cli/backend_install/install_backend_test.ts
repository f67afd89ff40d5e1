import assert from "node:assert/strict";
import { InfrastructureError } from "../exit_code.ts";
import { installBackend } from "./install_backend.ts";
import { runStep } from "./run_step.ts";

Deno.test("installBackend() lists what stood in the way, and leaves no half installation", async () => {
  const addonsDir = await Deno.makeTempDir();
  try {
    const install = installBackend({
      backend: "tensorflow",
      addonsDir,
      libtensorflow: `${addonsDir}/nowhere`,
      note: () => {},
    });
    await assert.rejects(install, (error: unknown) => {
      assert(error instanceof InfrastructureError);
      assert.match(error.message, /build from source: .*(?:c_api\.h|no C\+\+ compiler)/);
      return true;
    });
    await assert.rejects(Deno.stat(`${addonsDir}/tensorflow`), Deno.errors.NotFound);
  } finally {
    await Deno.remove(addonsDir, { recursive: true });
  }
});

Deno.test("installBackend() stops with the signal's reason", async () => {
  const addonsDir = await Deno.makeTempDir();
  const reason = new Error("enough");
  try {
    const install = installBackend({
      backend: "tensorflow",
      addonsDir,
      note: () => {},
      signal: AbortSignal.abort(reason),
    });
    await assert.rejects(install, (error: unknown) => error === reason);
  } finally {
    await Deno.remove(addonsDir, { recursive: true });
  }
});

Deno.test("runStep() shows lines as they come and gives back stdout", async () => {
  const notes: string[] = [];
  const code = `console.log("one\\n\\ntwo"); console.error("aside")`;
  const note = (text: string): void => void notes.push(text);
  assert.equal(await runStep(Deno.execPath(), { args: ["eval", code], note }), "one\ntwo");
  assert.deepEqual(notes.toSorted(), ["aside", "one", "two"]);
});

Deno.test("runStep() fails with the program's last words", async () => {
  const code = `console.error("first"); console.error("the reason"); Deno.exit(7)`;
  await assert.rejects(
    runStep(Deno.execPath(), { args: ["eval", code] }),
    /deno eval" ended with code 7: first \/ the reason/,
  );
  await assert.rejects(runStep("no-such-program", { args: [] }), Deno.errors.NotFound);
});
