import assert from "node:assert/strict";
import { findGpus, parseGpuList } from "./gpus.ts";
import { fakeNvidiaSmi } from "../tests/support/fake_nvidia_smi.ts";

const LIST = `GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-1f0c)
  MIG 1g.10gb     Device  0: (UUID: MIG-77)
GPU 1: Tesla T4 (rev 2) (UUID: GPU-2a1b)
`;

Deno.test("parseGpuList() reads the GPUs of nvidia-smi -L, and not their slices", () => {
  assert.deepEqual(parseGpuList(LIST), [
    { index: 0, name: "NVIDIA H100 80GB HBM3" },
    { index: 1, name: "Tesla T4 (rev 2)" },
  ]);
  assert.deepEqual(parseGpuList("No devices found.\n"), []);
});

Deno.test({
  name: "findGpus() takes all GPUs or those that are named, and says which there are",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using smi = await fakeNvidiaSmi(LIST);
    const env = (name: string) => name === "TRAWL_NVIDIA_SMI" ? smi.path : undefined;
    assert.deepEqual((await findGpus("all", env)).map(({ index }) => index), [0, 1]);
    assert.deepEqual((await findGpus([1], env)).map(({ name }) => name), ["Tesla T4 (rev 2)"]);
    await assert.rejects(findGpus([1, 7], env), {
      name: "UserError",
      message: /Cannot use GPU 7: .* lists 0 \(NVIDIA H100 80GB HBM3\), 1 \(Tesla T4 \(rev 2\)\)$/,
    });
  },
});

Deno.test({
  name: "findGpus() says what it tried where there is none",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const at = (path: string) => (name: string) => name === "TRAWL_NVIDIA_SMI" ? path : undefined;
    await assert.rejects(findGpus("all", at("/nonexistent/nvidia-smi")), {
      name: "UserError",
      message: /there is no program "\/nonexistent\/nvidia-smi"/,
    });
    await using empty = await fakeNvidiaSmi("No devices found.\n");
    await assert.rejects(findGpus("all", at(empty.path)), /nvidia-smi -L" lists none/);
    await using broken = await fakeNvidiaSmi("", "the driver is not loaded");
    await assert.rejects(findGpus("all", at(broken.path)), /code 9: the driver is not loaded/);
  },
});
