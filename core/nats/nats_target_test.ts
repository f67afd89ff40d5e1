import assert from "node:assert/strict";
import fc from "fast-check";
import { describeNatsTarget, parseNatsTarget } from "./nats_target.ts";

Deno.test("parseNatsTarget() fills in the scheme and the port", () => {
  for (const text of ["host", "host:4222", "nats://host", "nats://host/"]) {
    assert.deepEqual(parseNatsTarget(text), {
      servers: ["nats://host:4222"],
      auth: { kind: "none" },
    }, text);
  }
  assert.deepEqual(parseNatsTarget("nats://[::1]:5222").servers, ["nats://[::1]:5222"]);
});

Deno.test("parseNatsTarget() takes a lone user as a token", () => {
  assert.deepEqual(parseNatsTarget("nats://t0k3n@host").auth, { kind: "token", token: "t0k3n" });
});

Deno.test("parseNatsTarget() requires TLS for tls:// and for TLS files", () => {
  assert.deepEqual(parseNatsTarget("tls://host").tls, {});
  assert.deepEqual(parseNatsTarget("host", { caFile: "ca.pem" }).tls, { caFile: "ca.pem" });
  assert.equal(parseNatsTarget("host").tls, undefined);
  assert.throws(() => parseNatsTarget("host", { certFile: "c.pem" }), /must be given together/);
});

Deno.test("parseNatsTarget() prefers an address's login, then a credentials file, then a token", () => {
  const options = { user: "u", password: "p", token: "t", credentialsFile: "c" };
  assert.equal(parseNatsTarget("nats://a:b@host", options).auth.kind, "password");
  assert.equal(parseNatsTarget("host", options).auth.kind, "credentialsFile");
  assert.equal(
    parseNatsTarget("host", { ...options, credentialsFile: undefined }).auth.kind,
    "token",
  );
  assert.deepEqual(parseNatsTarget("host", { user: "u" }).auth, { kind: "token", token: "u" });
});

Deno.test("parseNatsTarget() reads back any user and password, and never shows them", () => {
  const secret = fc.string({ minLength: 1, unit: "grapheme" });
  fc.assert(fc.property(secret, secret, (user, password) => {
    const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
    const target = parseNatsTarget(`nats://${login}@a:1,nats://${login}@b:2`);
    assert.deepEqual(target.auth, { kind: "password", user, password });
    assert.equal(describeNatsTarget(target), "nats://a:1,nats://b:2");
  }));
});

Deno.test("parseNatsTarget() says what is wrong with an address, without its password", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["", /an address is empty/],
    ["host,", /an address is empty/],
    ["http://host", /unknown scheme "http"; it must be nats or tls/],
    ["nats://host:99999", /it must be like nats:\/\/host:4222/],
    ["nats://", /it must be like nats:\/\/host:4222/],
    ["nats://host/path", /must end after its port/],
    ["nats://u:secret@a,nats://u:other@b", /must carry the same credentials/],
    ["nats://u:secret%zz@a", /must be percent-encoded/],
    ["u:secret@a:port", /it must be like/],
  ];
  for (const [text, message] of cases) {
    assert.throws(() => parseNatsTarget(text), (error) => {
      assert.ok(error instanceof SyntaxError);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /secret|other/);
      return true;
    }, text);
  }
});
