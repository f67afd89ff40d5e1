import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { packTar } from "modern-tar";
import { milliseconds } from "../../core/domain/units.ts";
import { type ArchiveOptions, downloadCifar100 } from "./cifar100_archive.ts";
import { DatasetError } from "./dataset.ts";
import { isFile } from "./files.ts";
import { openDataset } from "./open_dataset.ts";
import { cifarRecords } from "./testing.ts";

const TRAIN = cifarRecords(Array.from({ length: 60 }, (_, i) => i % 3));

async function archiveOf(names: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const tar = await packTar(names.map((name) => {
    const body = name.endsWith(".txt") ? new TextEncoder().encode("apple\nfish\nbaby\n") : TRAIN;
    return { header: { name, size: body.length, type: "file" as const }, body };
  }));
  const gzip = new Blob([tar]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(gzip).arrayBuffer());
}

const ARCHIVE = await archiveOf([
  "cifar-100-binary/train.bin",
  "cifar-100-binary/test.bin",
  "cifar-100-binary/fine_label_names.txt",
  "../escape.bin",
  "cifar-100-binary/../../escape.bin",
]);

function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}

/** An HTTP server and an empty home, both gone with the scope. */
async function setUp(handler: (request: Request, visit: number) => Response | Promise<Response>) {
  const home = await Deno.makeTempDir();
  const datasets = `${home}/datasets`;
  /** The Range header of each request. */
  const ranges: (string | null)[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    ranges.push(request.headers.get("range"));
    return handler(request, ranges.length);
  });
  const options: ArchiveOptions = {
    datasets,
    url: `http://127.0.0.1:${server.addr.port}/archive.tar.gz`,
    md5: md5(ARCHIVE),
    retryDelay: milliseconds(1),
  };
  return {
    home,
    datasets,
    options,
    ranges,
    partFile: `${datasets}/cifar-100-binary.tar.gz.part`,
    [Symbol.asyncDispose]: async () => {
      await server.shutdown();
      await Deno.remove(home, { recursive: true });
    },
  };
}

/** Answers like a server that knows Range. */
function serveRange(bytes: Uint8Array<ArrayBuffer>, request: Request): Response {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "bytes=0-")?.[1]);
  if (start >= bytes.length) {
    const headers = { "content-range": `bytes */${bytes.length}` };
    return new Response(null, { status: 416, headers });
  }
  if (!request.headers.has("range")) return new Response(bytes);
  const headers = { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
  return new Response(bytes.subarray(start), { status: 206, headers });
}

/** Sends the first bytes of a body of full length, then cuts the connection. */
function cutAfter(bytes: Uint8Array<ArrayBuffer>, count: number): Response {
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) return controller.close();
      sent = true;
      controller.enqueue(bytes.subarray(0, count));
    },
  });
  return new Response(body, { headers: { "content-length": String(bytes.length) } });
}

async function assertInstalled(datasets: string): Promise<void> {
  const folder = `${datasets}/cifar-100-binary`;
  assert.deepEqual(await Deno.readFile(`${folder}/train.bin`), TRAIN);
  const entries = (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
  assert.deepEqual(entries.sort(), ["fine_label_names.txt", "test.bin", "train.bin"]);
  const beside = (await Array.fromAsync(Deno.readDir(datasets))).map((entry) => entry.name);
  assert.deepEqual(beside, ["cifar-100-binary"]);
}

Deno.test("downloadCifar100() unpacks the three files and nothing else, and reports progress", async () => {
  await using site = await setUp((request) => serveRange(ARCHIVE, request));
  const seen: [number, number | null][] = [];
  await downloadCifar100({ ...site.options, progress: (got, total) => seen.push([got, total]) });
  await assertInstalled(site.datasets);
  assert.deepEqual(seen[0], [0, ARCHIVE.length]);
  assert.deepEqual(seen.at(-1), [ARCHIVE.length, ARCHIVE.length]);
  assert.equal(await isFile(`${site.home}/escape.bin`), false);
  assert.equal(await isFile(`${site.datasets}/escape.bin`), false);
});

Deno.test("openDataset() downloads once and finds the files in the home afterwards", async () => {
  await using site = await setUp((request) => serveRange(ARCHIVE, request));
  const request = { dataset: "cifar100", classes: [2, 1], seed: 3, validation: "test" } as const;
  const { datasets: _, ...cifar100 } = site.options;
  const options = { home: site.home, cifar100 };
  const first = await openDataset(request, options);
  const second = await openDataset(request, options);
  assert.equal(second.digest, first.digest);
  assert.deepEqual(first.classes, ["baby", "fish"]);
  assert.equal(site.ranges.length, 1);
});

Deno.test("downloadCifar100() resumes where a cut left off", async () => {
  await using site = await setUp((request, visit) =>
    visit === 1 ? cutAfter(ARCHIVE, 300) : serveRange(ARCHIVE, request)
  );
  await downloadCifar100(site.options);
  await assertInstalled(site.datasets);
  assert.deepEqual(site.ranges, [null, "bytes=300-"]);
});

Deno.test("downloadCifar100() continues the part that an earlier process left", async () => {
  await using site = await setUp((request) => serveRange(ARCHIVE, request));
  await Deno.mkdir(site.datasets);
  await Deno.writeFile(site.partFile, ARCHIVE.subarray(0, 500));
  await downloadCifar100(site.options);
  await assertInstalled(site.datasets);
  assert.equal(site.ranges[0], "bytes=500-");
});

Deno.test("downloadCifar100() asks for nothing more when the part is already whole", async () => {
  await using site = await setUp((request) => serveRange(ARCHIVE, request));
  await Deno.mkdir(site.datasets);
  await Deno.writeFile(site.partFile, ARCHIVE);
  await downloadCifar100(site.options);
  await assertInstalled(site.datasets);
});

Deno.test("downloadCifar100() starts over when the part is of another file", async () => {
  await using site = await setUp((request) => serveRange(ARCHIVE, request));
  await Deno.mkdir(site.datasets);
  await Deno.writeFile(site.partFile, new Uint8Array(200));
  await downloadCifar100(site.options);
  await assertInstalled(site.datasets);
  assert.deepEqual(site.ranges, ["bytes=200-", null]);
});

Deno.test("downloadCifar100() starts over when the server ignores Range", async () => {
  await using site = await setUp((_, visit) =>
    visit === 1 ? cutAfter(ARCHIVE, 300) : new Response(ARCHIVE)
  );
  await downloadCifar100(site.options);
  await assertInstalled(site.datasets);
});

Deno.test("downloadCifar100() refuses a file of the wrong sum and does not keep it", async () => {
  const other = await archiveOf(["cifar-100-binary/train.bin"]);
  await using site = await setUp((request) => serveRange(other, request));
  await assert.rejects(downloadCifar100(site.options), (error: unknown) => {
    assert(error instanceof DatasetError);
    assert.ok(error.message.includes(`MD5 of the file was ${md5(other)}`));
    assert.ok(error.message.includes(`it must be ${md5(ARCHIVE)}`));
    return true;
  });
  assert.equal((await Deno.stat(site.partFile)).size, 0);
  assert.equal(await isFile(`${site.datasets}/cifar-100-binary/train.bin`), false);
});

Deno.test("downloadCifar100() installs nothing from an archive that lacks a file", async () => {
  const other = await archiveOf(["cifar-100-binary/train.bin"]);
  await using site = await setUp((request) => serveRange(other, request));
  await assert.rejects(
    downloadCifar100({ ...site.options, md5: md5(other) }),
    /the archive has no "cifar-100-binary\/test\.bin"/,
  );
  assert.equal(await isFile(`${site.datasets}/cifar-100-binary/train.bin`), false);
});

Deno.test("downloadCifar100() installs nothing from an archive that is cut inside", async () => {
  const other = ARCHIVE.slice(0, ARCHIVE.length - 40);
  await using site = await setUp((request) => serveRange(other, request));
  await assert.rejects(downloadCifar100({ ...site.options, md5: md5(other) }), DatasetError);
  const left = (await Array.fromAsync(Deno.readDir(site.datasets))).map((entry) => entry.name);
  assert.deepEqual(left, ["cifar-100-binary.tar.gz.part"]);
});

Deno.test("downloadCifar100() says what each attempt met and how to do it by hand", async () => {
  await using site = await setUp(() => new Response("busy", { status: 503 }));
  await assert.rejects(downloadCifar100(site.options), (error: unknown) => {
    assert(error instanceof DatasetError);
    assert.match(error.message, /attempt 1: the server answered 503.*attempt 4: /);
    assert.match(error.message, /curl -L https:.*--data-dir data/);
    return true;
  });
  assert.equal(site.ranges.length, 4);
});

Deno.test("downloadCifar100() does not ask again after a 404", async () => {
  await using site = await setUp(() => new Response("no", { status: 404 }));
  await assert.rejects(downloadCifar100(site.options), /attempt 1: the server answered 404/);
  assert.equal(site.ranges.length, 1);
});

Deno.test("downloadCifar100() gives up on a server that falls silent, keeping what came", async () => {
  const held: ReadableStreamDefaultController<Uint8Array>[] = [];
  await using site = await setUp(() =>
    new Response(
      new ReadableStream({
        start(controller) {
          held.push(controller);
          controller.enqueue(ARCHIVE.subarray(0, 100));
        },
      }),
    )
  );
  await assert.rejects(
    downloadCifar100({ ...site.options, silence: milliseconds(60) }),
    /the server sent nothing for 60 ms/,
  );
  assert.equal((await Deno.stat(site.partFile)).size, 100);
});

Deno.test("downloadCifar100() stops with the signal's own reason and keeps what came", async () => {
  const stop = new AbortController();
  const reason = new Error("interrupted by the user");
  await using site = await setUp(() =>
    new Response(
      new ReadableStream({ start: (controller) => controller.enqueue(ARCHIVE.subarray(0, 100)) }),
    )
  );
  const options = {
    ...site.options,
    signal: stop.signal,
    progress: (received: number) => received > 0 && stop.abort(reason),
  };
  await assert.rejects(downloadCifar100(options), (error: unknown) => error === reason);
  assert.equal((await Deno.stat(site.partFile)).size, 100);
});

Deno.test("downloadCifar100() fetches once for two that ask at the same time", async () => {
  await using site = await setUp((request) => serveRange(ARCHIVE, request));
  await Promise.all([downloadCifar100(site.options), downloadCifar100(site.options)]);
  assert.deepEqual(await Deno.readFile(`${site.datasets}/cifar-100-binary/test.bin`), TRAIN);
  assert.equal(site.ranges.length, 1);
});

Deno.test("downloadCifar100() takes no link for a file and writes nothing outside its folder", async () => {
  const folder = "cifar-100-binary";
  const secret = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(secret, "untouched");
    const file = (name: string) => ({ header: { name, size: TRAIN.length }, body: TRAIN });
    const tar = await packTar([
      { header: { name: `${folder}/train.bin`, type: "symlink", linkname: secret, size: 0 } },
      { header: { name: `${folder}/test.bin`, type: "link", linkname: secret, size: 0 } },
      { header: { name: folder, type: "symlink", linkname: "/tmp", size: 0 } },
      file(secret),
      file(`${folder}/../../train.bin`),
      file(`./${folder}/train.bin/../../test.bin`),
    ]);
    const gzip = new Blob([tar]).stream().pipeThrough(new CompressionStream("gzip"));
    const archive = new Uint8Array(await new Response(gzip).arrayBuffer());
    await using site = await setUp((request) => serveRange(archive, request));
    await assert.rejects(
      downloadCifar100({ ...site.options, md5: md5(archive) }),
      /the archive has no "cifar-100-binary\/train\.bin", "cifar-100-binary\/test\.bin"/,
    );
    assert.equal(await Deno.readTextFile(secret), "untouched");
    const left = (await Array.fromAsync(Deno.readDir(site.home))).map((entry) => entry.name);
    assert.deepEqual(left, ["datasets"]);
    const inside = (await Array.fromAsync(Deno.readDir(site.datasets))).map((entry) => entry.name);
    assert.deepEqual(inside, [`${folder}.tar.gz.part`]);
  } finally {
    await Deno.remove(secret);
  }
});
