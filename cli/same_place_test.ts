import assert from "node:assert/strict";
import { resolve } from "node:path";
import { samePlace } from "./same_place.ts";

Deno.test("samePlace() repeats nothing where a command finds the same by itself", () => {
  assert.equal(samePlace({ home: ".trawl" }), "");
  assert.equal(samePlace({ home: resolve(".trawl") }), "");
});

Deno.test("samePlace() repeats a home as a shell takes it", () => {
  assert.equal(samePlace({ home: "/data/runs" }), " --home /data/runs");
  assert.equal(samePlace({ home: "/data/my runs" }), " --home '/data/my runs'");
});

Deno.test("samePlace() repeats a server, and never who signs in there", () => {
  const home = ".trawl";
  assert.equal(
    samePlace({ home, nats: "nats://ann:secret@lab:4222,nats://bob:secret@den:4222" }),
    " --nats nats://lab:4222,nats://den:4222",
  );
  assert.equal(samePlace({ home, nats: "token@lab" }), " --nats lab");
  assert.equal(samePlace({ home, nats: "x" }, "nats://lab:4222"), " --nats nats://lab:4222");
  assert.equal(samePlace({ home: "/h", nats: "nats://lab" }), " --nats nats://lab --home /h");
});
