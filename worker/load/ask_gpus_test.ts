import assert from "node:assert/strict";
import { scriptedNvidiaSmi } from "../../tests/support/fake_nvidia_smi.ts";

const ASK = `
import { askGpus } from "${import.meta.resolve("./ask_gpus.ts")}";
import { systemTimers } from "${import.meta.resolve("../../tests/support/real_timers.ts")}";
const [program] = Deno.args;
const signal = new AbortController().signal;
const answer = await askGpus({ program, timers: systemTimers, timeoutMs: 60_000, signal });
console.log(JSON.stringify(answer));
`;

Deno.test({
  name: "askGpus() has its answer in a confined worker where LD_LIBRARY_PATH is set, as for CUDA",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using smi = await scriptedNvidiaSmi(
      `echo "0, GPU-1, H100 $LD_LIBRARY_PATH, 1, 2, 3, 4, 5"\n`,
    );
    const script = `${smi.folder}/ask.ts`;
    await Deno.writeTextFile(script, ASK);
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "--no-prompt", "--config", config, "--permission-set=worker"],
        ...[`--allow-run=${smi.path}`, script, "nvidia-smi"],
      ],
      env: {
        LD_LIBRARY_PATH: "/usr/local/cuda/lib64",
        PATH: `${smi.folder}:${Deno.env.get("PATH") ?? ""}`,
      },
    }).output();
    const said = new TextDecoder().decode(stdout);
    assert.match(said, /"kind":"readings".*"name":"H100"/, new TextDecoder().decode(stderr) + said);
  },
});
