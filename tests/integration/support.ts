/** What the integration tests of the NATS adapters share: a provisioned server and sample values. */
import type { NatsConnection } from "nats";
import { parsePackId, parseSweepId, type SweepId } from "../../core/domain/ids.ts";
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import { instant, type Milliseconds, milliseconds } from "../../core/domain/units.ts";
import { connectNats } from "../../core/nats/connect.ts";
import { provision } from "../../core/nats/provisioning.ts";
import type { PackLease } from "../../core/protocol/messages.ts";
import type { HeldLease, PackQueue } from "../../core/protocol/ports.ts";
import { TestNatsServer } from "../support/nats_server.ts";

/** A running server with everything that Trawl keeps in it, and one connection. */
export interface Rig extends AsyncDisposable {
  readonly server: TestNatsServer;
  readonly connection: NatsConnection;
  /** One more connection to the same server. */
  readonly connect: () => Promise<NatsConnection>;
}

/** Starts a server and provisions it. */
export async function startRig(
  options: { readonly leaseMs?: number; readonly presenceTtlMs?: Milliseconds } = {},
): Promise<Rig> {
  const { leaseMs = 30_000, ...rest } = options;
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await TestNatsServer.start());
  const connect = async (): Promise<NatsConnection> =>
    stackAll.use(await connectNats(server.url, { name: "test" })).connection;
  const stackAll = stack.use(new AsyncDisposableStack());
  const connection = await connect();
  await provision(connection, { leaseMs: milliseconds(leaseMs), ...rest });
  const owned = stack.move();
  return { server, connection, connect, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

export const SWEEP: SweepId = parseSweepId("s1");

/** The lease of a pack of the sample sweep. */
export function lease(pack: number, sweep: SweepId = SWEEP): PackLease {
  return { v: 1, sweep, pack: parsePackId(pack) };
}

/** An entry that can be told from others by its number. */
export function entry(n: number): JournalEntry {
  return { v: 1, at: instant(n), events: [{ type: "sweepPaused", by: `test ${n}` }] };
}

/** The next lease, which must come within half a minute. */
export async function nextLease(queue: PackQueue): Promise<HeldLease> {
  const held = await queue.next({ expiresMs: milliseconds(30_000) });
  if (held === null) throw new Error("Cannot find a lease within 30 s");
  return held;
}

/** Waits until the condition holds. @throws {Error} If it does not within the time. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  withinMs = 30_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) {
      throw new Error(`Cannot see the condition hold within ${withinMs} ms`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
