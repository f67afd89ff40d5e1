import assert from "node:assert/strict";
import { resolve } from "node:path";
import { type ListenFlags, listenOptions } from "./listen_options.ts";

const none = (): undefined => undefined;

Deno.test("listenOptions() gives loopback alone unless asked, and reads names and both kinds of address", () => {
  assert.equal(listenOptions({}, none), undefined);
  assert.deepEqual(listenOptions({ listen: "0.0.0.0:4222" }, none), {
    host: "0.0.0.0",
    port: 4222,
  });
  assert.deepEqual(listenOptions({ listen: "[::]:1" }, none), { host: "::", port: 1 });
  assert.deepEqual(listenOptions({ listen: "queue.example:4222" }, none), {
    host: "queue.example",
    port: 4222,
  });
});

Deno.test("listenOptions() refuses what is no address with a host and a port", () => {
  for (const listen of ["", ":4222", "4222", "host", "host:0", "host:65536", "a b:1", "::1:4222"]) {
    assert.throws(() => listenOptions({ listen }, none), /must be HOST:PORT/, listen);
  }
});

Deno.test("listenOptions() refuses a password that is no protection, and flags that lack each other", () => {
  const listen = "0.0.0.0:4222";
  for (const password of ["", "short"]) {
    assert.throws(() => listenOptions({ listen }, () => password), /at least 12/);
  }
  assert.equal(listenOptions({ listen }, () => "long enough!")?.password, "long enough!");
  const wrong: readonly ListenFlags[] = [
    { tlsCert: "a", tlsKey: "b" },
    { tlsCa: "a" },
    { listen, tlsCert: "a" },
    { listen, tlsKey: "b" },
  ];
  for (const flags of wrong) {
    assert.throws(() => listenOptions(flags, none), { name: "UserError" });
  }
});

Deno.test("listenOptions() trusts a certificate without an authority as its own", () => {
  const flags = { listen: "a:1", tlsCert: "cert.pem", tlsKey: "key.pem" };
  assert.equal(listenOptions(flags, none)?.tls?.caFile, resolve("cert.pem"));
  assert.equal(listenOptions({ ...flags, tlsCa: "ca.pem" }, none)?.tls?.caFile, resolve("ca.pem"));
});
