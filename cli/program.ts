/** The command line: verbs, options and help. Each verb's work is in `commands/`. */
import { Command, CommanderError } from "commander";
import { addBundleCommand } from "./commands/bundle_command.ts";
import { addBackendCommand } from "./commands/backend_command.ts";
import { addControlCommands } from "./commands/control_command.ts";
import { addDashboardCommand } from "./commands/dashboard_command.ts";
import { addDrainCommand } from "./commands/drain_command.ts";
import { addDoctorCommand } from "./commands/doctor_command.ts";
import { addEnqueueCommand } from "./commands/enqueue_command.ts";
import { addExportCommand } from "./commands/export_command.ts";
import { addExtendCommand } from "./commands/extend_command.ts";
import { addLogsCommand } from "./commands/logs_command.ts";
import { addLsCommand } from "./commands/ls_command.ts";
import { addPredictCommand } from "./commands/predict_command.ts";
import { addReportCommand } from "./commands/report_command.ts";
import { addRetryCommand } from "./commands/retry_command.ts";
import { addSchemaCommand } from "./commands/schema_command.ts";
import { addShowCommand } from "./commands/show_command.ts";
import { addResumeCommand, addSweepCommand } from "./commands/sweep_command.ts";
import { addWorkerCommand } from "./commands/worker_command.ts";
import type { AddCommand } from "./command.ts";
import type { CliContext } from "./context.ts";
import { classifyError, EXIT, type ExitCode } from "./exit_code.ts";
import { TRAWL_VERSION } from "./versions.ts";

const VERBS: readonly AddCommand[] = [
  addSweepCommand,
  addWorkerCommand,
  addDashboardCommand,
  addLsCommand,
  addShowCommand,
  addLogsCommand,
  addExportCommand,
  addPredictCommand,
  addReportCommand,
  addResumeCommand,
  addRetryCommand,
  addExtendCommand,
  addEnqueueCommand,
  addControlCommands,
  addDrainCommand,
  addBundleCommand,
  addSchemaCommand,
  addBackendCommand,
  addDoctorCommand,
];

/** Runs the command line. Errors become a message and an exit code, never a stack trace unasked. */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitCode> {
  let code: ExitCode = EXIT.completed;
  const program = createProgram(context);
  for (const addVerb of VERBS) {
    addVerb(program, async (work) => {
      code = await work(context);
    });
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT.completed : EXIT.badInput;
    }
    return report(error, context);
  }
}

function createProgram({ output }: CliContext): Command {
  const program = new Command("trawl");
  program
    .description("Distributed hyperparameter sweeps for Deno")
    .version(TRAWL_VERSION)
    .exitOverride()
    .showHelpAfterError("(add --help for the options)")
    .configureOutput({
      writeOut: (text) => output.line(text.trimEnd()),
      writeErr: (text) => output.note(text.trimEnd()),
    })
    .addHelpText(
      "after",
      `
Examples:
  deno task sweep                                  train the quickstart sweep on MNIST
  deno task sweep lab/cifar100 --data-dir DATA     the lab's network on CIFAR-100
  deno task worker --nats nats://HOST:4222         help with running sweeps from another machine
  deno task trawl ls                               list the sweeps of this home directory
`,
    );
  return program;
}

function report(error: unknown, { output, env }: CliContext): ExitCode {
  const { code, isExplained } = classifyError(error);
  const message = error instanceof Error ? error.message : String(error);
  output.note(code === EXIT.interrupted ? message : `error: ${message}`);
  if (isExplained) return code;
  if (env("TRAWL_DEBUG") && error instanceof Error) output.note(error.stack ?? "");
  else output.note("This looks like a bug in Trawl; run again with TRAWL_DEBUG=1 for the details");
  return code;
}
