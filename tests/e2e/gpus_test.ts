import assert from "node:assert/strict";
import { milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport } from "../../core/nats/transport.ts";
import { fakeNvidiaSmi } from "../support/fake_nvidia_smi.ts";
import { TestNatsServer } from "../support/nats_server.ts";
import { eventually, runTrawl, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";

const TWO = "GPU 0: Test Card (UUID: GPU-a)\nGPU 1: Test Card (UUID: GPU-b)\n";
const MEASURED = `0, GPU-a, Test Card, 97, 2048, 81559, 46, 312.41
1, GPU-b, Test Card, [N/A], 1024, 40960, 33, 57.10
`;
const ignore = Deno.build.os === "windows";

Deno.test({
  name:
    "worker --gpus runs one bound worker for each GPU, starts it again, and drains them together",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using home = await temporaryHome();
    await using smi = await fakeNvidiaSmi(TWO, undefined, MEASURED);
    await using transport = await openTransport(parseNatsTarget(server.url), {
      name: "test",
      leaseMs: milliseconds(10_000),
    });
    await using process = new TrawlProcess(
      ["worker", "--gpus", "all", "--backend", "cpu", "--nats", server.url, "--home", home.path],
      { env: { PATH: `${smi.folder}:${Deno.env.get("PATH") ?? ""}` }, timeoutMs: 300_000 },
    );
    const live = async () => {
      const workers = await transport.presence.list();
      return workers.toSorted((a, b) => Number(a.gpu) - Number(b.gpu));
    };
    const numbers = async () => (await live()).map(({ gpu }) => gpu).join();
    await eventually("two workers", async () => await numbers() === "0,1", 120_000);
    const [first, second] = await live();
    assert.ok(first !== undefined && second !== undefined);
    assert.notEqual(first.pid, second.pid);
    assert.ok(![first.pid, second.pid].includes(process.pid), "processes of their own");

    await eventually("what each measures of its own GPU, confined as it is", async () => {
      const told = (await live()).map(({ load }) => load?.gpus.map(({ watts }) => watts).join());
      return told.join(" and ") === "312.41 and 57.1";
    }, 120_000);

    Deno.kill(second.pid, "SIGKILL");
    await eventually("a new worker for GPU 1", async () => {
      const workers = await live();
      return workers.some(({ gpu, pid }) => gpu === "1" && pid !== second.pid);
    }, 120_000);
    assert.ok((await live()).some(({ pid }) => pid === first.pid), "the other one stays");

    process.signal("SIGTERM");
    const { code, stderr } = await process.finished;
    assert.equal(code, 0, stderr);
    assert.match(stderr, /A worker for GPU 0: Test Card/);
    // Whoever was killed could not remove its record; it expires.
    await eventually("nobody is left", async () => (await live()).length === 0);
  },
});

Deno.test({
  name:
    "worker --gpus ends at once with what it tried where there is no GPU, or webgpu is asked of two",
  ignore,
  fn: async () => {
    const none = { TRAWL_NVIDIA_SMI: "/nonexistent/nvidia-smi" };
    const absent = await runTrawl(["worker", "--gpus", "all"], { env: none });
    assert.equal(absent.code, 2, absent.stderr);
    assert.match(
      absent.stderr,
      /Cannot find a GPU: there is no program "\/nonexistent\/nvidia-smi"/,
    );
    await using smi = await fakeNvidiaSmi(TWO);
    const env = { TRAWL_NVIDIA_SMI: smi.path };
    const adapter = await runTrawl(["worker", "--gpus", "0,1", "--backend", "webgpu"], { env });
    assert.equal(adapter.code, 2);
    assert.match(adapter.stderr, /Cannot bind webgpu to one of several GPUs/);
    const missing = await runTrawl(["worker", "--gpus", "3"], { env });
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /Cannot use GPU 3: .* lists 0 \(Test Card\), 1 \(Test Card\)/);
    const nonsense = await runTrawl(["worker", "--gpus", "first"], { env });
    assert.match(nonsense.stderr, /It must be all, or numbers such as 0,2/);
  },
});
