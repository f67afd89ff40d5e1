/** The addon compiled from the package's sources, against a TensorFlow of the user's or PyPI's. */
import { join, resolve } from "node:path";
import { exists, fetchModules, MODULES, once } from "./npm_modules.ts";
import type { BuiltAddon, InstallContext, InstallRoute } from "./route.ts";
import { runStep } from "./run_step.ts";
import { LIBRARY, unpackWheels } from "./wheel_library.ts";

/** Builds against what `--libtensorflow` names, else against a wheel. */
export const buildRoute: InstallRoute = { name: "build from source", make: buildAddon };

const COMPILERS = ["c++", "g++", "clang++"];
/** Node-API 8 is the newest that the sources know. */
const FLAGS = ["-std=c++17", "-O2", "-fPIC", "-shared", "-DNAPI_VERSION=8"];

/** A C library of TensorFlow as the compiler needs it. */
interface Library {
  readonly include: string;
  readonly folder: string;
  /** The files to link, by name. */
  readonly files: readonly string[];
  /** Where the addon looks for them at run time. */
  readonly runPath: string;
}

async function buildAddon(context: InstallContext): Promise<BuiltAddon> {
  const { staging, package: name, libtensorflow, tensorflow, note, signal } = context;
  const compiler = await findCompiler();
  const own = libtensorflow === undefined ? null : await libraryIn(resolve(libtensorflow), {});
  await fetchModules(context);
  const library = own ??
    await libraryIn(join(await unpackWheels(context), "tensorflow"), {
      // Relative to the addon, so that the installation can be moved.
      runPath: `$ORIGIN/../${LIBRARY}/tensorflow`,
    });
  const modules = join(staging, MODULES, "node_modules");
  const sources = join(modules, ...name.split("/"), "binding");
  const addon = join("addon", "tfjs_binding.node");
  await Deno.mkdir(join(staging, "addon"), { recursive: true });
  note(`Compiling the addon with ${compiler}`);
  await runStep(compiler, {
    args: [
      ...FLAGS,
      ...[`-I${join(modules, "node-api-headers", "include")}`, `-I${library.include}`],
      ...["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(sources, file)),
      ...["-o", join(staging, addon), `-L${library.folder}`],
      ...library.files.map((file) => `-l:${file}`),
      `-Wl,-rpath,${library.runPath}`,
    ],
    ...once(signal),
  });
  const source = libtensorflow === undefined
    ? `the wheel of TensorFlow ${tensorflow}`
    : libtensorflow;
  return { addon, how: `built with ${compiler} against ${source}` };
}

async function findCompiler(): Promise<string> {
  for (const compiler of COMPILERS) {
    try {
      await runStep(compiler, { args: ["--version"] });
      return compiler;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new Error(
    `there is no C++ compiler (${COMPILERS.join(", ")}); apt-get install g++ gets one`,
  );
}

/** Finds libraries and headers in a folder laid out like the archive or like the Python package. */
async function libraryIn(
  root: string,
  { runPath }: { readonly runPath?: string },
): Promise<Library> {
  const include = join(root, "include");
  if (!await exists(join(include, "tensorflow", "c", "eager", "c_api.h"))) {
    throw new Error(`"${include}" has no tensorflow/c/eager/c_api.h`);
  }
  const looked = [join(root, "lib"), root];
  for (const folder of looked) {
    if (!await exists(folder)) continue;
    const names: string[] = [];
    for await (const { name } of Deno.readDir(folder)) names.push(name);
    const find = (stem: string): string | undefined =>
      names.filter((name) => name.startsWith(`${stem}.so`)).sort()[0];
    const main = find("libtensorflow_cc") ?? find("libtensorflow");
    const framework = find("libtensorflow_framework");
    if (main === undefined || framework === undefined) continue;
    return { include, folder, files: [main, framework], runPath: runPath ?? folder };
  }
  throw new Error(
    `no libtensorflow_cc.so or libtensorflow.so, with its framework, in ${looked.join(" or ")}`,
  );
}
