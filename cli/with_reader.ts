/** Runs a command that reads journals: connects, hands over, closes, whatever happens. */
import { resolve } from "node:path";
import type { Transport } from "../core/nats/transport.ts";
import type { PlaceOptions } from "./commands/common_options.ts";
import type { CliContext } from "./context.ts";
import { type ExitCode, UserError } from "./exit_code.ts";
import { openHome } from "./home.ts";
import { listenForInterruption } from "./interruption.ts";
import { namedNatsTarget } from "./nats_options.ts";
import { openNatsSession } from "./nats_session.ts";

/**
 * Opens the journals' place for the time of `work`. Where a home never held any, none is made by
 * asking: `whenNone` answers, unless it is an error.
 * @throws {UserError} If there are no journals, and nothing answers for that.
 */
export async function withReader(
  options: PlaceOptions,
  context: CliContext,
  work: (transport: Transport, signal: AbortSignal) => Promise<ExitCode>,
  whenNone: () => ExitCode = () => refuse(options.home),
): Promise<ExitCode> {
  if (namedNatsTarget(options.nats, context.env) === null && await isUnused(options.home)) {
    return whenNone();
  }
  using interruption = listenForInterruption();
  const signal = interruption.drain;
  const home = await openHome(options.home);
  await using session = await openNatsSession(
    { ...options, home, name: "trawl-cli", signal },
    context,
  );
  return await work(session.transport, signal);
}

/** Whether no server ever kept anything in this home. */
async function isUnused(home: string): Promise<boolean> {
  try {
    await Deno.stat(`${home}/jetstream`);
    return false;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}

function refuse(home: string): never {
  throw new UserError(
    `Cannot find a sweep in "${resolve(home)}": none was ever started there; start one with ` +
      `deno task sweep, or say with --home or --nats where it is`,
  );
}
