import assert from "node:assert/strict";
import { isUnshared, shareFile } from "./embedded_server_lock.ts";

/** Starts one program after the other; each has, until it runs, copies of our open files. */
const SPAWNER = `
  while (true) await new Deno.Command("true", { detached: true }).spawn().status;
`;
const ROUNDS = 200;

Deno.test({
  name: "shareFile() lets go at once, even while this process starts other programs",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const path = await Deno.makeTempFile({ prefix: "trawl-lock-" });
    const spawner = new Worker(`data:text/javascript,${encodeURIComponent(SPAWNER)}`, {
      type: "module",
    });
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const share = await shareFile(path);
        share[Symbol.dispose]();
        assert.equal(await isUnshared(path), true, `round ${round}`);
      }
    } finally {
      spawner.terminate();
      await Deno.remove(path);
    }
  },
});
