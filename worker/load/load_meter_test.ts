import assert from "node:assert/strict";
import { milliseconds } from "../../core/domain/units.ts";
import { systemTimers } from "../../tests/support/real_timers.ts";
import { type NvidiaSmiScript, scriptedNvidiaSmi } from "../../tests/support/fake_nvidia_smi.ts";
import { LoadMeter } from "./load_meter.ts";

const ignore = Deno.build.os === "windows";
const QUERY =
  `case "$*" in *--query-gpu=index,uuid,name*--format=csv,noheader,nounits*) ;; *) exit 7 ;; esac
`;
/** As an H100 and an A100 in MIG mode say it. */
const REAL = QUERY + `cat <<'END'
0, GPU-5fd4c0f2-2c5a-9ae5-1df5-0e6fd4d3c3aa, NVIDIA H100 80GB HBM3, 97, 2048, 81559, 46, 312.41
1, GPU-a81b33e7-2b0d-3c0a-8f7f-90a1d2e3f405, NVIDIA A100-SXM4-40GB, [N/A], 1024, 40960, 33, 57.10
END
`;

/** Measures with a program until something holds of the latest measurement. */
async function measured(
  script: NvidiaSmiScript,
  { gpu, until }: {
    readonly gpu?: string;
    readonly until: (load: NonNullable<ReturnType<LoadMeter["latest"]>>) => boolean;
  },
) {
  const meter = new LoadMeter({
    timers: systemTimers,
    nvidiaSmi: script.path,
    gpu,
    intervalMs: milliseconds(20),
    timeoutMs: milliseconds(script.timeoutMs ?? 60_000),
  });
  const over = new AbortController();
  const run = meter.run(over.signal);
  try {
    while (true) {
      const load = meter.latest({ bytes: 100, tensors: 3 });
      if (load !== undefined && until(load)) return load;
      await systemTimers.sleep(milliseconds(10));
    }
  } finally {
    over.abort();
    await run;
  }
}

Deno.test({
  name: "LoadMeter tells of host, process, tensors and the bound GPU, as nvidia-smi says it",
  ignore,
  fn: async () => {
    await using smi = await scriptedNvidiaSmi(REAL);
    const load = await measured(smi, { gpu: "1", until: ({ gpus }) => gpus.length > 0 });
    assert.deepEqual(load.gpus, [{
      index: 1,
      name: "NVIDIA A100-SXM4-40GB",
      busyShare: null,
      usedBytes: 1024 * 2 ** 20,
      totalBytes: 40960 * 2 ** 20,
      celsius: 33,
      watts: 57.1,
    }]);
    assert.equal(load.gpusUnknown, undefined);
    const { processors, hostMemory, processBytes, tensors } = load;
    assert.equal(processors.count, navigator.hardwareConcurrency);
    assert.ok(processors.busyShare >= 0 && processors.busyShare <= 1);
    assert.ok(hostMemory.usedBytes > processBytes && hostMemory.totalBytes > hostMemory.usedBytes);
    assert.ok(processBytes > 1e6);
    assert.deepEqual(tensors, { bytes: 100, tensors: 3 });
  },
});

Deno.test({
  name:
    "LoadMeter measures on while nvidia-smi hangs, kills it, and asks no more after three times",
  ignore,
  fn: async () => {
    await using smi = await scriptedNvidiaSmi('echo x >> "$0.calls"\nexec sleep 1000\n', 50);
    const load = await measured(smi, {
      until: ({ gpusUnknown = "" }) => gpusUnknown.includes("3 times in a row"),
    });
    assert.match(load.gpusUnknown ?? "", /nvidia-smi said nothing for 0.05 s; it failed 3 times/);
    assert.ok(load.processBytes > 0);
    assert.deepEqual(load.gpus, []);
    // A worker that ends does not wait for it: else this would take minutes.
    await using patient = await scriptedNvidiaSmi("exec sleep 1000\n", 600_000);
    const { gpusUnknown } = await measured(patient, { until: () => true });
    assert.equal(gpusUnknown, "the GPUs have not answered yet");
  },
});

Deno.test({
  name: "LoadMeter tells why there are no GPUs: a program that fails, lists none, or is not there",
  ignore,
  fn: async () => {
    const reasonOf = async (script: NvidiaSmiScript, gpu?: string) => {
      const { gpusUnknown } = await measured(script, {
        ...(gpu === undefined ? {} : { gpu }),
        until: ({ gpusUnknown = "" }) => gpusUnknown !== "the GPUs have not answered yet",
      });
      return gpusUnknown ?? "";
    };
    await using broken = await scriptedNvidiaSmi(
      "echo 'NVIDIA-SMI has failed because it could not communicate with the driver.' >&2\nexit 9\n",
    );
    assert.match(await reasonOf(broken), /ended with code 9: NVIDIA-SMI has failed because/);
    await using empty = await scriptedNvidiaSmi("echo 'No devices were found'\n");
    assert.match(await reasonOf(empty), /lists no GPU/);
    await using other = await scriptedNvidiaSmi(REAL);
    assert.match(await reasonOf(other, "MIG-c6d4f1ef"), /lists no GPU "MIG-c6d4f1ef"/);
    const absent = { path: "trawl-has-no-such-program" };
    assert.equal(await reasonOf(absent), "trawl-has-no-such-program is not on the PATH");
  },
});
