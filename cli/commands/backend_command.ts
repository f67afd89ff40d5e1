/** `trawl backend install`: gets what a backend needs beyond npm. */
import { Argument } from "commander";
import type { AddonBackend } from "../../worker/engine/addon_installation.ts";
import { addonsDir } from "../backend_install/addons_dir.ts";
import { installBackend, TENSORFLOW_VERSION } from "../backend_install/install_backend.ts";
import type { AddCommand } from "../command.ts";
import { EXIT } from "../exit_code.ts";
import { openHome } from "../home.ts";
import { listenForInterruption } from "../interruption.ts";

interface InstallCommandOptions {
  readonly home: string;
  readonly libtensorflow?: string;
  readonly tensorflow: string;
}

/** Adds the verb. */
export const addBackendCommand: AddCommand = (program, run) => {
  program.command("backend")
    .description("Install what a backend needs beyond npm")
    .command("install")
    .description("Install the native addon of a backend into the user's cache")
    .addHelpText("after", `\nExamples:\n  deno task trawl backend install tensorflow\n`)
    .addArgument(
      new Argument("<backend>", "which one").choices(["tensorflow", "tensorflow-gpu"]),
    )
    .option("--libtensorflow <dir>", "build against this TensorFlow C library (lib/ and include/)")
    .option("--tensorflow <version>", "the version of TensorFlow to fetch", TENSORFLOW_VERSION)
    .option("--home <dir>", "where the cache is kept if the user has no other", ".trawl")
    .action((backend: AddonBackend, options: InstallCommandOptions) =>
      run(async ({ env, output }) => {
        using interruption = listenForInterruption();
        const { path } = await openHome(options.home);
        const { libtensorflow, tensorflow } = options;
        const { how, device } = await installBackend({
          backend,
          addonsDir: addonsDir(env, path),
          tensorflow,
          ...(libtensorflow === undefined ? {} : { libtensorflow }),
          note: output.note,
          signal: interruption.drain,
        });
        output.line(`Installed ${backend}: ${how}; ${device}`);
        return EXIT.completed;
      })
    );
};
