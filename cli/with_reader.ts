/** Runs a command that reads journals: connects, hands over, closes, whatever happens. */
import type { Transport } from "../core/nats/transport.ts";
import type { PlaceOptions } from "./commands/common_options.ts";
import type { CliContext } from "./context.ts";
import type { ExitCode } from "./exit_code.ts";
import { openHome } from "./home.ts";
import { listenForInterruption } from "./interruption.ts";
import { openNatsSession } from "./nats_session.ts";

/** Opens the journals' place for the time of `work`. */
export async function withReader(
  options: PlaceOptions,
  context: CliContext,
  work: (transport: Transport, signal: AbortSignal) => Promise<ExitCode>,
): Promise<ExitCode> {
  using interruption = listenForInterruption();
  const signal = interruption.drain;
  const home = await openHome(options.home);
  await using session = await openNatsSession(
    { ...options, home, name: "trawl-cli", signal },
    context,
  );
  return await work(session.transport, signal);
}
