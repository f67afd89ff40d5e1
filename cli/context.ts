/** What every command is given: the process's edges, so that tests can stand at them. */
import type { Timers } from "../core/protocol/ports.ts";
import type { Env } from "./nats_options.ts";
import type { Output } from "./output.ts";

/** The edges of the process. */
export interface CliContext {
  readonly output: Output;
  readonly env: Env;
  readonly timers: Timers;
  /**
   * The arguments of this process, where it is one that starts workers and dashboards confined instead
   * of being one itself.
   */
  readonly launches?: readonly string[];
}
