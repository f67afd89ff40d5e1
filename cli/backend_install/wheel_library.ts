/** TensorFlow's C library out of its Python wheels: pip fetches them, Python unpacks what is needed. */
import { join } from "node:path";
import { exists, once } from "./npm_modules.ts";
import type { InstallContext } from "./route.ts";
import { runStep } from "./run_step.ts";

/** The folder of the unpacked library inside the staging folder. */
export const LIBRARY = "lib";

/** Any Python's wheel will do: only its shared libraries and headers are used. */
const PYTHON_TAGS = ["--python-version", "3.11", "--implementation", "cp"];
/** The least C libraries that these wheels name; pip compares the words and infers nothing. */
const GLIBCS = ["_2_28", "_2_27", "_2_24", "_2_17", "2014", "_2_12", "2010", "_2_5", "1"];

/** Unpacks the libraries and the C headers of wheels into a folder: `SCRIPT folder wheel…`. */
const UNPACK_SCRIPT = `
import re, sys, zipfile
wanted = re.compile(
    r"tensorflow/(libtensorflow_\\w+[^/]*|include/(tensorflow|tsl|xla/tsl)/.*[.]h)$"
    r"|nvidia/[^/]+/lib/[^/]+$")
for wheel in sys.argv[2:]:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if wanted.match(name):
                archive.extract(name, sys.argv[1])
`;

/** Prints the CUDA packages that a wheel asks for: `SCRIPT wheel`. */
const CUDA_SCRIPT = `
import re, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
    for line in archive.read(name).decode().splitlines():
        found = re.match(r"Requires-Dist: (nvidia[^;]*);.*and-cuda", line)
        if found:
            print(re.sub(r"[() ]", "", found.group(1)))
`;

/**
 * Makes `lib/` in the staging folder: `tensorflow/` with libraries and headers, `nvidia/` with CUDA
 * where the backend computes on a GPU. What earlier tries downloaded or unpacked is used again.
 * @throws {Error} If Python or pip is missing, or the index has no wheel for this machine.
 */
export async function unpackWheels(context: InstallContext): Promise<string> {
  const { staging, downloads, backend, tensorflow, note, signal } = context;
  const folder = join(staging, LIBRARY);
  const mark = join(folder, `of-${tensorflow}`);
  if (await exists(mark)) return folder;
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  if (Deno.build.os !== "linux") {
    throw new Error(`wheels are unpacked on Linux only; on this system use --libtensorflow DIR`);
  }
  const distribution = backend === "tensorflow" ? "tensorflow-cpu" : "tensorflow";
  const wheels = [await download(`${distribution}==${tensorflow}`, context)];
  if (backend === "tensorflow-gpu") {
    const args = ["-c", CUDA_SCRIPT, wheels[0] ?? ""];
    const cuda = await runStep("python3", { args, ...once(signal) });
    for (const requirement of cuda.split("\n").filter((line) => line !== "")) {
      wheels.push(await download(requirement, context));
    }
  }
  note("Unpacking TensorFlow's C library");
  await Deno.remove(`${folder}.partial`, { recursive: true }).catch(() => {});
  await runStep("python3", {
    args: ["-c", UNPACK_SCRIPT, `${folder}.partial`, ...wheels],
    cwd: downloads,
    ...once(signal),
  });
  await Deno.rename(`${folder}.partial`, folder);
  await Deno.writeTextFile(mark, "");
  return folder;
}

/** The path of a requirement's wheel, which is fetched if it is not there yet. */
async function download(requirement: string, context: InstallContext): Promise<string> {
  const { downloads, note, signal } = context;
  const folder = join(downloads, requirement.replaceAll(/[^\w.=-]/g, "_"));
  const held = await wheelIn(folder);
  if (held !== null) return held;
  note(`Downloading ${requirement} with pip`);
  const platforms = GLIBCS.flatMap((glibc) => [
    "--platform",
    `manylinux${glibc}_${Deno.build.arch}`,
  ]);
  await runStep("python3", {
    args: [
      ...["-m", "pip", "download", "--no-deps", "--only-binary=:all:"],
      ...["--disable-pip-version-check", "--dest", `${folder}.partial`],
      ...[...PYTHON_TAGS, ...platforms, requirement],
    ],
    note,
    ...once(signal),
  });
  await Deno.rename(`${folder}.partial`, folder);
  const wheel = await wheelIn(folder);
  if (wheel === null) throw new Error(`pip downloaded no wheel for ${requirement}`);
  return wheel;
}

async function wheelIn(folder: string): Promise<string | null> {
  if (!await exists(folder)) return null;
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".whl")) return join(folder, name);
  }
  return null;
}
