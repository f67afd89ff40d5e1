/** What the light processes are told: at their start by an argument, later line by line on stdin. */
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import type { Noise } from "./noisy_ports.ts";
import type { Skew, SkewedTimers } from "./skewed_timers.ts";

/** What both kinds of process are told. */
interface ProcessOrders {
  /** The server's address, or that of a cable to it. */
  readonly nats: string;
  readonly leaseMs: number;
  /** The process's name in the journal. */
  readonly name: string;
}

/** What a worker is told. */
export interface WorkerOrders extends ProcessOrders {
  readonly slots: number;
  readonly seed: number;
  readonly noise: Noise;
  /** Its clock stands still while it is stopped: it comes back as a zombie that does not know it. */
  readonly isUnaware: boolean;
  /** Gets one letter for each request that is sent: what a killed process did is known, too. */
  readonly requestsFile: string;
}

/** What a coordinator is told. */
export interface CoordinatorOrders extends ProcessOrders {
  readonly sweep: string;
  /** The sweep to create; null: go on from its journal. */
  readonly spec: SweepSpec | null;
  readonly expectedSlots: number;
}

/** The orders in the first argument. */
export function readOrders<T extends ProcessOrders>(): T {
  return JSON.parse(Deno.args[0] ?? "null") as T;
}

/** Sets the clock as told on stdin; ends the process when nobody is left who could tell. */
export async function obeySkews(timers: SkewedTimers): Promise<void> {
  let rest = "";
  for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) timers.skew(JSON.parse(line) as Skew);
  }
  Deno.exit(1);
}
