import assert from "node:assert/strict";

/** Runs a module in a thread of its own and resolves with the first message it posts. */
async function firstMessage(specifier: URL): Promise<unknown> {
  const worker = new Worker(specifier, { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
    });
  } finally {
    worker.terminate();
  }
}

Deno.test("wasmBackend loads and passes its self-test in a Worker", async () => {
  const message = await firstMessage(new URL("./testing_thread.ts", import.meta.url));
  assert.deepEqual(message, { name: "wasm" });
});

Deno.test("chooseBackend() prints nothing on stdout or stderr", async () => {
  const module = new URL("./choose_backend.ts", import.meta.url).href;
  const code = `const { chooseBackend } = await import("${module}");` +
    `for (const name of ["auto", "cpu", "wasm", "webgpu"]) await chooseBackend(name).catch(() => {});`;
  const { code: status, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", code],
  }).output();
  const text = new TextDecoder();
  assert.deepEqual([status, text.decode(stdout), text.decode(stderr)], [0, "", ""]);
});
