/** Runs a Deno subcommand in the repository and keeps what it said. */
import { REPOSITORY_ROOT } from "./repository.ts";

/** What a finished command left behind; both texts are empty if it wrote to the terminal itself. */
export interface CommandResult {
  readonly isSuccess: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a command. */
export interface RunDenoOptions {
  /** The folder to run in; by default the repository's root. */
  readonly folder?: string;
  /** Whether its output goes straight to ours instead of into the result. */
  readonly isShown?: boolean;
}

/** Runs `deno` with `args` and waits for its end. */
export async function runDeno(
  args: readonly string[],
  options: RunDenoOptions = {},
): Promise<CommandResult> {
  const { folder = REPOSITORY_ROOT, isShown = false } = options;
  const stdio = isShown ? "inherit" : "piped";
  await using process = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: folder,
    stdin: "null",
    stdout: stdio,
    stderr: stdio,
  }).spawn();
  if (isShown) return { isSuccess: (await process.status).success, stdout: "", stderr: "" };
  const { success, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  return {
    isSuccess: success,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}
