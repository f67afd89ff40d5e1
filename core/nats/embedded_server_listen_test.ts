import assert from "node:assert/strict";
import { makeCertificates } from "../../tests/support/certificates.ts";
import {
  natsServerBinary,
  natsServerBinaryOrSkip,
} from "../../tests/support/nats_server_binary.ts";
import { connectNats } from "./connect.ts";
import { EmbeddedServer } from "./embedded_server.ts";
import { formatServerConfig } from "./embedded_server_config.ts";
import { parseNatsTarget } from "./nats_target.ts";

const ignore = await natsServerBinaryOrSkip() === undefined;

async function withHome(body: (home: string) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir({ prefix: "trawl-home-" });
  try {
    await body(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test("formatServerConfig() refuses to listen beyond loopback without a login", () => {
  const paths = { storeDir: "/s", logFile: "/l", portsDir: "/p", pidFile: "/i" };
  const listen = { host: "0.0.0.0", port: 4222 };
  assert.throws(() => formatServerConfig({ port: 4222, listen, ...paths }), /must be a login/);
});

Deno.test({
  name: "EmbeddedServer that listens keeps its address and password from one start to the next",
  ignore,
  fn: () =>
    withHome(async (home) => {
      const listen = { host: "0.0.0.0", port: freePort() };
      const urls: string[] = [];
      for (let start = 0; start < 2; start++) {
        await using server = await EmbeddedServer.open({ home, listen, binary: natsServerBinary });
        urls.push(server.url);
        assert.equal(server.address, `nats://127.0.0.1:${listen.port}`);
        await using _link = await connectNats(server.url, { name: "test" });
        await assert.rejects(connectNats(server.address, { name: "test" }), /refused/);
      }
      assert.equal(urls[0], urls[1]);
    }),
});

Deno.test({
  name: "EmbeddedServer that runs on loopback cannot be told to listen as well",
  ignore,
  fn: () =>
    withHome(async (home) => {
      await using _server = await EmbeddedServer.open({ home, binary: natsServerBinary });
      const listen = { host: "0.0.0.0", port: freePort() };
      await assert.rejects(EmbeddedServer.open({ home, listen, binary: natsServerBinary }), {
        name: "EmbeddedServerError",
        message: /^Cannot listen on 0.0.0.0:\d+: this home's NATS server already runs/,
      });
    }),
});

Deno.test({
  name:
    "EmbeddedServer with a certificate lets in who checks it by the right authority, and no other",
  ignore,
  fn: () =>
    withHome(async (home) => {
      if (!await makeCertificates(home)) {
        console.log("skipped: TLS needs the openssl program for its certificates");
        return;
      }
      const tls = {
        certFile: `${home}/server.pem`,
        keyFile: `${home}/server.key`,
        caFile: `${home}/ca.pem`,
      };
      const listen = { host: "127.0.0.1", port: freePort(), tls };
      await using server = await EmbeddedServer.open({ home, listen, binary: natsServerBinary });
      assert.match(server.url, /^tls:/);
      const { caFile } = server;
      await using _link = await connectNats(parseNatsTarget(server.url, { caFile }), {
        name: "test",
      });
      const other = parseNatsTarget(server.url, { caFile: `${home}/other.pem` });
      await assert.rejects(connectNats(other, { name: "test" }), {
        name: "NatsConnectError",
        message: /TLS|certificate/i,
      });
    }),
});
