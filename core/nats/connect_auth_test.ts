import assert from "node:assert/strict";
import { join } from "node:path";
import { nkeys } from "nats";
import {
  natsServerBinary,
  natsServerBinaryOrSkip,
} from "../../tests/support/nats_server_binary.ts";
import { NatsOperator } from "../../tests/support/nats_operator.ts";
import { milliseconds } from "../domain/units.ts";
import { connectNats } from "./connect.ts";
import { parseNatsTarget } from "./nats_target.ts";
import { openTransport } from "./transport.ts";

const ignore = await natsServerBinaryOrSkip() === undefined;

/** A server with a configuration that Trawl itself would never write. */
async function withServer(
  configure: (dir: string) => string | Promise<string>,
  body: (port: number, dir: string) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "trawl-auth-" });
  const { path } = await natsServerBinary();
  const config = join(dir, "server.conf");
  const base = `host: "127.0.0.1"\nport: -1\nports_file_dir: ${JSON.stringify(dir)}\n`;
  await Deno.writeTextFile(config, base + await configure(dir));
  const child = new Deno.Command(path, { args: ["-c", config], stderr: "null" }).spawn();
  try {
    await body(await portOf(child.pid, dir), dir);
  } finally {
    child.kill("SIGKILL");
    await child.status;
    await Deno.remove(dir, { recursive: true });
  }
}

async function portOf(pid: number, dir: string): Promise<number> {
  for (let waited = 0; waited < 30_000; waited += 5) {
    const text = await Deno.readTextFile(join(dir, `nats-server_${pid}.ports`)).catch(() => "");
    const port = /:(\d+)"/.exec(text)?.[1];
    if (port !== undefined) return Number(port);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return assert.fail("the server wrote no ports file");
}

Deno.test({
  name: "connectNats() logs in with a token, in the address or beside it",
  ignore,
  fn: () =>
    withServer(() => `authorization { token: "t0k3n" }`, async (port) => {
      await using _one = await connectNats(`nats://t0k3n@127.0.0.1:${port}`, { name: "test" });
      const target = parseNatsTarget(`127.0.0.1:${port}`, { token: "t0k3n" });
      await using _two = await connectNats(target, { name: "test" });
      await assert.rejects(
        connectNats(`nats://wr0ng@127.0.0.1:${port}`, { name: "test" }),
        /the server refused the credentials/,
      );
    }),
});

Deno.test({
  name: "connectNats() that is refused again and again raises nothing behind its caller's back",
  ignore,
  fn: () =>
    withServer(() => `authorization { token: "t0k3n" }`, async (port) => {
      // The reset that follows a refusal comes in about every fifth attempt; uncaught, it would fail
      // this test file as a whole.
      for (let attempt = 0; attempt < 40; attempt++) {
        await assert.rejects(connectNats(`nats://wr0ng@127.0.0.1:${port}`, { name: "test" }), {
          name: "NatsConnectError",
        });
      }
    }),
});

Deno.test({
  name: "openTransport() works with a .creds file of an operator's account, and with no other's",
  ignore,
  fn: () => {
    const operator = new NatsOperator();
    return withServer(
      (dir) => `${operator.config}\njetstream { store_dir: ${JSON.stringify(join(dir, "js"))} }`,
      async (port, dir) => {
        const credentialsFile = join(dir, "worker.creds");
        const target = parseNatsTarget(`127.0.0.1:${port}`, { credentialsFile });
        await Deno.writeTextFile(credentialsFile, operator.credentials());
        {
          const leaseMs = milliseconds(10_000);
          await using transport = await openTransport(target, { name: "test", leaseMs });
          assert.deepEqual(await transport.journal.sweeps(), []);
        }
        await Deno.writeTextFile(credentialsFile, new NatsOperator().credentials());
        await assert.rejects(connectNats(target, { name: "test" }), /refused the credentials/);
      },
    );
  },
});

Deno.test({
  name: "connectNats() logs in with an nkey seed from a file",
  ignore,
  fn: () => {
    const pair = nkeys.createUser();
    return withServer(
      () => `authorization { users: [ { nkey: ${pair.getPublicKey()} } ] }`,
      async (port, dir) => {
        const nkeyFile = join(dir, "user.nk");
        await Deno.writeTextFile(nkeyFile, new TextDecoder().decode(pair.getSeed()) + "\n");
        const target = parseNatsTarget(`127.0.0.1:${port}`, { nkeyFile });
        await using link = await connectNats(target, { name: "test" });
        await link.connection.flush();
        await Deno.writeTextFile(nkeyFile, "nothing");
        await assert.rejects(connectNats(target, { name: "test" }), /it must hold one/);
      },
    );
  },
});

async function openssl(dir: string, ...args: readonly string[]): Promise<void> {
  const { success } = await new Deno.Command("openssl", {
    args: [...args],
    cwd: dir,
    stdout: "null",
    stderr: "null",
  }).output();
  assert.ok(success, `openssl ${args.join(" ")}`);
}

async function hasOpenssl(): Promise<boolean> {
  try {
    return (await new Deno.Command("openssl", { args: ["version"], stdout: "null" }).output())
      .success;
  } catch {
    // deno-lint-ignore no-console -- the reason for a skip belongs in the test's output
    console.error("skipped: TLS needs the openssl program for its certificates");
    return false;
  }
}

/** A certificate authority, and certificates of the server and of a client by it. */
async function makeCertificates(dir: string): Promise<void> {
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  await openssl(
    dir,
    "req",
    "-x509",
    ...ec,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-days",
    "2",
    "-subj",
    "/CN=ca",
  );
  for (const name of ["server", "client"]) {
    await Deno.writeTextFile(join(dir, "ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    await openssl(
      dir,
      "req",
      ...ec,
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
      "-subj",
      `/CN=${name}`,
    );
    await openssl(
      dir,
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-out",
      `${name}.pem`,
      "-days",
      "2",
      "-extfile",
      "ext",
    );
  }
}

Deno.test({
  name: "connectNats() speaks TLS with its own authority and client certificate, and only so",
  ignore: ignore || !await hasOpenssl(),
  fn: () =>
    withServer(async (dir) => {
      await makeCertificates(dir);
      const file = (name: string): string => JSON.stringify(join(dir, name));
      return `tls { cert_file: ${file("server.pem")}, key_file: ${file("server.key")}, ` +
        `ca_file: ${file("ca.pem")}, verify: true }`;
    }, async (port, dir) => {
      const files = {
        caFile: join(dir, "ca.pem"),
        certFile: join(dir, "client.pem"),
        keyFile: join(dir, "client.key"),
      };
      await using link = await connectNats(parseNatsTarget(`tls://localhost:${port}`, files), {
        name: "test",
      });
      await link.connection.flush();
      await assert.rejects(connectNats(`tls://localhost:${port}`, { name: "test" }), {
        name: "NatsConnectError",
      });
    }),
});

Deno.test({
  name: "connectNats() refuses to send a login in the clear when TLS was asked for",
  ignore,
  fn: () =>
    withServer(() => "", async (port) => {
      await assert.rejects(
        connectNats(`tls://ada:secret@127.0.0.1:${port}`, { name: "test" }),
        { name: "NatsConnectError", message: /TLS/ },
      );
    }),
});
