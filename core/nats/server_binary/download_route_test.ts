import assert from "node:assert/strict";
import { join } from "node:path";
import { zipSync } from "fflate";
import { packTar } from "modern-tar";
import { type Milliseconds, milliseconds } from "../../domain/units.ts";
import { downloadRoute } from "./download_route.ts";
import type { RouteContext, RouteOutcome, RouteProgress } from "./route.ts";
import { unpackProgram } from "./unpack_program.ts";

const PROGRAM = "#!/bin/sh\necho 'nats-server: v2.12.15'\n";
const FOLDER = "nats-server-v2.12.15-linux-amd64";
const ARCHIVE = `/v2.12.15/${FOLDER}.tar.gz`;
const ignore = Deno.build.os === "windows";

type Handler = (request: Request) => Response | Promise<Response>;

/** An HTTP server, a cache folder and the route between them. */
class Workbench implements AsyncDisposable {
  readonly cacheDir: string = Deno.makeTempDirSync({ prefix: "trawl-cache-" });
  readonly progress: RouteProgress[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(handler: Handler) {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
  }

  download(
    sha256: string | undefined,
    over: { readonly within?: Milliseconds; readonly os?: string; readonly signal?: AbortSignal } =
      {},
  ): Promise<RouteOutcome> {
    const { within = milliseconds(5_000), os = "linux", signal } = over;
    const context: RouteContext = {
      explicitPath: undefined,
      searchPath: "",
      systemDirectories: [],
      cacheDir: this.cacheDir,
      platform: { os, arch: "x86_64" },
      release: {
        version: "2.12.15",
        baseUrl: `http://127.0.0.1:${this.#server.addr.port}`,
        sha256: sha256 === undefined ? {} : { "linux-amd64": sha256 },
      },
      connectWithin: within,
      silenceWithin: within,
      signal,
      onProgress: (progress) => this.progress.push(progress),
    };
    return downloadRoute(context);
  }

  /** What the cache folder holds. */
  async cached(): Promise<readonly string[]> {
    return (await Array.fromAsync(Deno.readDir(this.cacheDir))).map((entry) => entry.name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    await Deno.remove(this.cacheDir, { recursive: true });
  }
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return await new Response(stream).bytes();
}

async function goodArchive(): Promise<Uint8Array<ArrayBuffer>> {
  return await gzip(
    await packTar([
      { header: { name: `${FOLDER}/`, type: "directory", size: 0 } },
      { header: { name: `${FOLDER}/README.md`, size: 2 }, body: "hi" },
      { header: { name: `${FOLDER}/nats-server`, size: PROGRAM.length }, body: PROGRAM },
    ]),
  );
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

function reasonOf(outcome: RouteOutcome): string {
  assert.equal(outcome.status, "unavailable");
  return outcome.status === "unavailable" ? outcome.reason : "";
}

Deno.test({
  name: "downloadRoute() installs the program of an archive with the pinned sum",
  ignore,
  fn: async () => {
    const archive = await goodArchive();
    await using bench = new Workbench((request) =>
      new URL(request.url).pathname === ARCHIVE
        ? new Response(archive)
        : new Response(null, { status: 404 })
    );
    assert.deepEqual(await bench.download(await sha256(archive)), {
      status: "found",
      path: join(bench.cacheDir, "nats-server"),
      version: "2.12.15",
      how: "release archive v2.12.15, checked against a pinned sum",
    });
    assert.deepEqual(await bench.cached(), ["nats-server"]);
    const last = bench.progress.at(-1);
    assert.equal(last?.kind, "downloading");
    assert.deepEqual(
      last?.kind === "downloading" && [last.received, last.total],
      [archive.length, archive.length],
    );
  },
});

Deno.test({
  name: "downloadRoute() checks against the release's own sums where none is pinned, and says so",
  ignore,
  fn: async () => {
    const archive = await goodArchive();
    const name = ARCHIVE.split("/").at(-1);
    const sums = `${"0".repeat(64)}  other.tar.gz\n${await sha256(archive)}  ${name}\n`;
    await using bench = new Workbench((request) =>
      new Response(request.url.endsWith("/SHA256SUMS") ? sums : archive)
    );
    const outcome = await bench.download(undefined);
    assert.equal(
      outcome.status === "found" && outcome.how,
      "release archive v2.12.15, checked against the release's own SHA256SUMS",
    );
    const other = await bench.download(undefined, { os: "freebsd" });
    assert.match(reasonOf(other), /SHA256SUMS has no sum for .*freebsd-amd64\.tar\.gz/);
  },
});

Deno.test({
  name: "downloadRoute() refuses an archive with another sum and leaves nothing behind",
  ignore,
  fn: async () => {
    const archive = await goodArchive();
    await using bench = new Workbench(() => new Response(archive));
    const reason = reasonOf(await bench.download("0".repeat(64)));
    assert.match(reason, /has SHA-256 [0-9a-f]{64}; it must be 0{64}$/);
    assert.deepEqual(await bench.cached(), []);
  },
});

Deno.test({
  name: "downloadRoute() refuses an archive that ends early",
  ignore,
  fn: async () => {
    const archive = await goodArchive();
    const half = archive.subarray(0, archive.length / 2);
    await using bench = new Workbench(() => new Response(half));
    assert.match(reasonOf(await bench.download(await sha256(archive))), /it must be/);
    // Even with the sum of what came: the archive itself is damaged.
    assert.notEqual(reasonOf(await bench.download(await sha256(half.slice()))), "");
    assert.deepEqual(await bench.cached(), []);
  },
});

Deno.test({
  name: "downloadRoute() tells the status of a missing archive",
  ignore,
  fn: async () => {
    await using bench = new Workbench(() => new Response("no", { status: 404 }));
    assert.match(
      reasonOf(await bench.download("0".repeat(64))),
      /^Cannot download http.*: the server answered 404 Not Found$/,
    );
  },
});

Deno.test({
  name: "downloadRoute() gives up on silence before the answer and in the middle of it",
  ignore,
  fn: async () => {
    const released = Promise.withResolvers<void>();
    await using bench = new Workbench(async () => {
      await released.promise;
      return new Response("late");
    });
    const within = milliseconds(100);
    assert.match(reasonOf(await bench.download("0", { within })), /nothing came for 0\.1 s/);
    released.resolve();

    await using slow = new Workbench(() =>
      new Response(
        new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(10)) }),
      )
    );
    assert.match(reasonOf(await slow.download("0", { within })), /nothing came for 0\.1 s/);
    assert.deepEqual(await slow.cached(), []);
  },
});

Deno.test({
  name: "downloadRoute() says when nobody answers at the address",
  ignore,
  fn: async () => {
    const bench = new Workbench(() => new Response());
    await Deno.mkdir(bench.cacheDir, { recursive: true });
    await bench[Symbol.asyncDispose]();
    try {
      assert.match(reasonOf(await bench.download("0")), /^Cannot download http:/);
    } finally {
      await Deno.remove(bench.cacheDir, { recursive: true });
    }
  },
});

Deno.test({
  name: "downloadRoute() rejects with the signal's reason and leaves nothing behind",
  ignore,
  fn: async () => {
    const controller = new AbortController();
    const stopped = new Error("stopped by the test");
    const released = Promise.withResolvers<void>();
    await using bench = new Workbench(async () => {
      controller.abort(stopped);
      await released.promise;
      return new Response();
    });
    await assert.rejects(
      bench.download("0", { signal: controller.signal }),
      (error) => error === stopped,
    );
    released.resolve();
    assert.deepEqual(await bench.cached(), []);
  },
});

Deno.test({
  name: "downloadRoute() refuses a program of the right sum that is no nats-server",
  ignore,
  fn: async () => {
    const body = "#!/bin/sh\necho something else\n";
    const archive = await gzip(
      await packTar([{ header: { name: "x/nats-server", size: body.length }, body }]),
    );
    await using bench = new Workbench(() => new Response(archive));
    assert.match(
      reasonOf(await bench.download(await sha256(archive))),
      /is no nats-server: --version: it said "something else"/,
    );
    assert.deepEqual(await bench.cached(), []);
  },
});

Deno.test({
  name: "downloadRoute() can be run by many at once",
  ignore,
  fn: async () => {
    const archive = await goodArchive();
    await using bench = new Workbench(() => new Response(archive));
    const sum = await sha256(archive);
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => bench.download(sum)));
    assert.deepEqual(new Set(outcomes.map((outcome) => outcome.status)), new Set(["found"]));
    assert.deepEqual(await bench.cached(), ["nats-server"]);
  },
});

Deno.test("downloadRoute() says that a release has nothing for a platform", async () => {
  await using bench = new Workbench(() => new Response());
  const outcome = await bench.download("0", { os: "solaris" });
  assert.equal(reasonOf(outcome), "release v2.12.15 has no archive for solaris x86_64");
});

Deno.test("unpackProgram() takes one program out of a zip", async () => {
  const program = new TextEncoder().encode(PROGRAM);
  const zip = zipSync({ [`${FOLDER}/nats-server.exe`]: program, [`${FOLDER}/LICENSE`]: program });
  assert.deepEqual(await unpackProgram(zip.slice(), "zip", "nats-server.exe"), program);
});

Deno.test("unpackProgram() takes no link for the program and no two programs", async () => {
  const link = { name: "a/nats-server", type: "symlink", linkname: "/bin/sh", size: 0 } as const;
  await assert.rejects(
    unpackProgram(await gzip(await packTar([{ header: link }])), "tar.gz", "nats-server"),
    /holds 0 files "nats-server"; it must hold one/,
  );
  const two = ["a", "../b"].map((folder) => ({
    header: { name: `${folder}/nats-server`, size: 1 },
    body: "x",
  }));
  await assert.rejects(
    unpackProgram(await gzip(await packTar(two)), "tar.gz", "nats-server"),
    /holds 2 files/,
  );
});

/** The archive's first entry, said to have another size. */
function withDeclaredSize(tar: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const [sizeAt, sumAt, headerLength] = [124, 148, 512];
  const write = (at: number, text: string): void => tar.set(new TextEncoder().encode(text), at);
  write(sizeAt, `${size.toString(8).padStart(11, "0")}\0`);
  write(sumAt, " ".repeat(8));
  const sum = tar.subarray(0, headerLength).reduce((total, byte) => total + byte, 0);
  write(sumAt, `${sum.toString(8).padStart(6, "0")}\0 `);
  return tar;
}

Deno.test("unpackProgram() takes no hard link, whatever path it has or leads to", async () => {
  for (const name of ["nats-server", "../../nats-server", "/usr/bin/nats-server"]) {
    const link = { name, type: "link", linkname: "/etc/passwd", size: 0 } as const;
    await assert.rejects(
      unpackProgram(await gzip(await packTar([{ header: link }])), "tar.gz", "nats-server"),
      /holds 0 files "nats-server"/,
    );
  }
});

Deno.test("unpackProgram() refuses a declared size that no program has before it takes memory", async () => {
  const header = { name: "a/nats-server", size: 1 };
  const tar = withDeclaredSize(await packTar([{ header, body: "x" }]), 8_000_000_000);
  await assert.rejects(
    unpackProgram(await gzip(tar), "tar.gz", "nats-server"),
    /"a\/nats-server" is said to have 8000000000 bytes/,
  );
  const zip = zipSync({ "a/nats-server": new Uint8Array(10) });
  const directory = zip.findLastIndex((_, i) =>
    zip[i] === 0x50 && zip[i + 1] === 0x4b && zip[i + 2] === 1 && zip[i + 3] === 2
  );
  new DataView(zip.buffer, zip.byteOffset).setUint32(directory + 24, 4_000_000_000, true);
  await assert.rejects(
    unpackProgram(zip.slice(), "zip", "nats-server"),
    /is said to have 4000000000 bytes/,
  );
});

Deno.test("unpackProgram() refuses an archive that ends too early, wherever it is cut", async () => {
  const whole = await goodArchive();
  for (const length of [0, 1, 10, 40, whole.length - 9, whole.length - 1]) {
    await assert.rejects(unpackProgram(whole.slice(0, length), "tar.gz", "nats-server"), {
      name: /Error$/,
    });
  }
});
