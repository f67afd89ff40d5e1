import assert from "node:assert/strict";
import { join } from "node:path";
import { milliseconds } from "../../domain/units.ts";
import { findNatsServer, type FindNatsServerOptions } from "./find_nats_server.ts";
import { installAdvice } from "./install_advice.ts";
import { PINNED_RELEASE } from "./server_release.ts";

const ignore = Deno.build.os === "windows";

function script(version: string): string {
  return `#!/bin/sh\necho 'nats-server: v${version}'\n`;
}

/** Folders that stand for a machine: two of PATH, one of the system, a cache, and no network. */
class Machine implements AsyncDisposable {
  readonly root: string = Deno.makeTempDirSync({ prefix: "trawl-machine-" });

  options(over: Partial<FindNatsServerOptions> = {}): FindNatsServerOptions {
    return {
      cacheDir: this.at("cache"),
      searchPath: `${this.at("bin")}:${this.at("bin2")}`,
      systemDirectories: [this.at("sbin")],
      // Port 1 refuses at once.
      release: { ...PINNED_RELEASE, baseUrl: "http://127.0.0.1:1" },
      connectWithin: milliseconds(1_000),
      ...over,
    };
  }

  at(...parts: readonly string[]): string {
    return join(this.root, ...parts);
  }

  /** Puts a program there; returns its path. */
  async put(folder: string, text: string, name = "nats-server"): Promise<string> {
    await Deno.mkdir(this.at(folder), { recursive: true });
    await Deno.writeTextFile(this.at(folder, name), text, { mode: 0o755 });
    return this.at(folder, name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.root, { recursive: true });
  }
}

Deno.test({
  name: "findNatsServer() climbs from the named program over PATH and the system to the cache",
  ignore,
  fn: async () => {
    await using machine = new Machine();
    const cached = await machine.put("cache", script("2.10.1"));
    assert.deepEqual(await findNatsServer(machine.options()), {
      path: cached,
      version: "2.10.1",
      how: "fetched by an earlier run",
    });
    const system = await machine.put("sbin", script("2.9.10"));
    assert.equal((await findNatsServer(machine.options())).path, system);
    const inPath = await machine.put("bin2", script("2.11.0"));
    assert.equal((await findNatsServer(machine.options())).path, inPath);
    const explicitPath = await machine.put("own", script("2.12.0-RC.1"));
    assert.deepEqual(await findNatsServer(machine.options({ explicitPath })), {
      path: explicitPath,
      version: "2.12.0-RC.1",
      how: "named by NATS_SERVER_BIN",
    });
  },
});

Deno.test({
  name: "findNatsServer() passes by programs that are too old, broken or something else",
  ignore,
  fn: async () => {
    await using machine = new Machine();
    await machine.put("bin", script("2.8.4"));
    await machine.put("bin2", "#!/bin/sh\nexit 3\n");
    await machine.put("cache", "no program at all");
    const system = await machine.put("sbin", script("2.9.0"));
    const explicitPath = machine.at("missing");
    const seen: string[] = [];
    const found = await findNatsServer(machine.options({
      explicitPath,
      onProgress: (progress) =>
        progress.kind === "unavailable" && seen.push(`${progress.route}: ${progress.reason}`),
    }));
    assert.equal(found.path, system);
    assert.equal(seen.length, 1);
    assert.match(seen[0] ?? "", /^NATS_SERVER_BIN: ".*missing" cannot be run: /);
  },
});

Deno.test({
  name: "findNatsServer() lists each attempt, what it said, and the command for this system",
  ignore,
  fn: async () => {
    await using machine = new Machine();
    await machine.put("bin", script("2.8.4"));
    await machine.put("bin2", "#!/bin/sh\n", "brew");
    await assert.rejects(findNatsServer(machine.options()), (error) => {
      assert.ok(error instanceof Error && error.name === "NatsServerBinaryError");
      const lines = error.message.split("\n");
      assert.equal(lines[0], "Cannot find a nats-server: no way to it worked");
      const said = [
        /^ {2}NATS_SERVER_BIN: NATS_SERVER_BIN is not set$/,
        /^ {2}PATH: ".*" is version 2\.8\.4; it must be >= 2\.9\.0$/,
        /^ {2}cache: nothing in .*cache yet$/,
        /^ {2}release archive: Cannot download http:\/\/127\.0\.0\.1:1\/v2\.12\.15\/.*: /,
        /^ {2}apt-get download: this system has no apt-get and dpkg$/,
        /^ {2}go install: this system has no Go toolchain$/,
        /^ {2}to get one: brew install nats-server$/,
      ];
      for (const [index, pattern] of said.entries()) assert.match(lines[index + 1] ?? "", pattern);
      return true;
    });
  },
});

Deno.test({
  name: "findNatsServer() touches neither network nor disk when it may not fetch",
  ignore,
  fn: async () => {
    await using machine = new Machine();
    await assert.rejects(findNatsServer(machine.options({ fetch: false })), {
      name: "NatsServerBinaryError",
    });
    assert.deepEqual(await Array.fromAsync(Deno.readDir(machine.root)), []);
  },
});

Deno.test({
  name: "findNatsServer() fetches once when many look at the same time",
  ignore,
  fn: async () => {
    await using machine = new Machine();
    // A toolchain that counts its runs: it stands where go would be.
    await machine.put(
      "bin",
      `#!/bin/sh\necho run >> '${machine.at("runs")}'\n` +
        `printf '%s' "${script("2.12.15")}" > "$GOBIN/nats-server"\n` +
        `chmod 755 "$GOBIN/nats-server"\n`,
      "go",
    );
    const found = await Promise.all(
      Array.from({ length: 5 }, () =>
        findNatsServer(machine.options({
          searchPath: machine.at("bin"),
        }))),
    );
    assert.deepEqual(
      new Set(found.map(({ path }) => path)),
      new Set([machine.at("cache", "nats-server")]),
    );
    assert.equal(await Deno.readTextFile(machine.at("runs")), "run\n");
  },
});

Deno.test({
  name: "findNatsServer() says when the cache cannot be written",
  ignore,
  fn: async () => {
    await using machine = new Machine();
    await Deno.writeTextFile(machine.at("cache"), "a file");
    await assert.rejects(findNatsServer(machine.options()), /cache .*: cannot write it: /);
  },
});

Deno.test("findNatsServer() rejects with the signal's reason", async () => {
  await using machine = new Machine();
  const stopped = new Error("stopped by the test");
  await assert.rejects(
    findNatsServer(machine.options({ signal: AbortSignal.abort(stopped) })),
    (error) => error === stopped,
  );
});

Deno.test("installAdvice() names the first package manager, then docker, then the page", () => {
  assert.match(installAdvice(new Set(["docker", "apt-get"])), /^sudo apt-get install nats-server$/);
  assert.match(installAdvice(new Set(["docker"])), /^docker run /);
  assert.match(installAdvice(new Set()), /releases and set NATS_SERVER_BIN/);
});
