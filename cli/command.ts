/** The shape of a verb of the command line. */
import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import type { ExitCode } from "./exit_code.ts";

/** A verb: how it is called, and what it does. */
export type AddCommand = (program: Command, run: RunCommand) => void;

/** Runs a verb's work with the process's edges; its exit code becomes the process's. */
export type RunCommand = (work: (context: CliContext) => Promise<ExitCode>) => Promise<void>;
