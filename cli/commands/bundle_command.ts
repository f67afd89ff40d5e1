/** `trawl bundle`: one archive that runs Trawl on a machine without internet. */
import { resolve } from "node:path";
import { findNatsServer } from "../../core/nats/server_binary/find_nats_server.ts";
import { archiveFolder } from "../bundle/archive_folder.ts";
import { stageBundle } from "../bundle/stage_bundle.ts";
import type { AddCommand } from "../command.ts";
import type { CliContext } from "../context.ts";
import { EXIT, type ExitCode } from "../exit_code.ts";
import { openHome } from "../home.ts";
import { listenForInterruption } from "../interruption.ts";
import { natsServerOptions } from "../nats_session.ts";
import { TRAWL_VERSION } from "../versions.ts";

interface BundleOptions {
  readonly out?: string;
  readonly home: string;
  readonly natsServer: boolean;
}

/** Adds the verb. */
export const addBundleCommand: AddCommand = (program, run) => {
  program
    .command("bundle")
    .description("Make one archive with Deno, packages and Trawl, for machines without internet")
    .option("--out <file>", "the archive (default: trawl-VERSION-OS-ARCH.tar.gz)")
    .option("--home <dir>", "directory for temporary files", ".trawl")
    .option("--no-nats-server", "leave the nats-server out: enough for workers")
    .addHelpText(
      "after",
      `
Examples:
  deno task trawl bundle --out trawl.tar.gz
On the other machine, of the same system and processor:
  tar -xzf trawl.tar.gz && trawl-${TRAWL_VERSION}/trawl worker --nats nats://HOST:4222
`,
    )
    .action((options: BundleOptions) => run((context) => bundle(options, context)));
};

async function bundle(options: BundleOptions, context: CliContext): Promise<ExitCode> {
  const { output } = context;
  using interruption = listenForInterruption();
  const signal = interruption.drain;
  const home = await openHome(options.home);
  const natsServer = options.natsServer
    ? (await findNatsServer(natsServerOptions(context, { home, signal }))).path
    : null;
  const { os, arch } = Deno.build;
  const archive = resolve(options.out ?? `trawl-${TRAWL_VERSION}-${os}-${arch}.tar.gz`);
  const dir = await Deno.makeTempDir({ dir: home.path, prefix: "bundle-" });
  try {
    await stageBundle({ dir, natsServer, note: output.note, signal });
    output.note("Packing");
    await archiveFolder(dir, archive, { name: `trawl-${TRAWL_VERSION}`, signal });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
  const { size } = await Deno.stat(archive);
  output.note(`Wrote ${archive}: ${Math.round(size / 1e6)} MB`);
  output.line(archive);
  return EXIT.completed;
}
