/** Whether there is a NATS server to work with: the named one, or a program to start an own one. */
import { join } from "node:path";
import type { NatsTarget } from "../../core/nats/nats_target.ts";
import {
  findNatsServer,
  NatsServerBinaryError,
} from "../../core/nats/server_binary/find_nats_server.ts";
import { checkServer, type ServerFacts } from "../../core/nats/server_check.ts";
import type { Env } from "../nats_options.ts";
import type { Check } from "./check.ts";

/** Leases last ten seconds: with clocks further apart than this, times on the page mislead. */
const MOST_CLOCK_MS = 2_000;

/** The checks of a server that the user named. */
export async function checkNamedServer(
  target: NatsTarget,
  options: { readonly now: () => number; readonly signal: AbortSignal },
): Promise<readonly Check[]> {
  try {
    return judgeServer(await checkServer(target, options));
  } catch (error) {
    options.signal.throwIfAborted();
    const found = error instanceof Error ? error.message : String(error);
    const fix = "start it (nats-server -js), correct --nats, or leave --nats out";
    return [{ name: "nats", status: "problem", found, fix }];
  }
}

/** What the facts mean. */
export function judgeServer(facts: ServerFacts): readonly Check[] {
  const { url, version, isNewEnough, jetStreamProblem, mayCreate, clockAheadMs } = facts;
  const nats: Check = isNewEnough
    ? { name: "nats", status: "ok", found: `${url}, version ${version}`, fix: null }
    : {
      name: "nats",
      status: "problem",
      found: `${url} is version ${version}; it must be >= 2.9.0`,
      fix: "install a newer nats-server there",
    };
  if (jetStreamProblem !== null) {
    const found = `not usable: ${jetStreamProblem}`;
    const fix = "start it with -js, and a sweep there before its workers";
    return [nats, { name: "jetstream", status: "problem", found, fix }];
  }
  const found = mayCreate
    ? "usable"
    : "usable; this user may create nothing, as is right for workers";
  return [nats, { name: "jetstream", status: "ok", found, fix: null }, ...clock()];

  function clock(): readonly Check[] {
    if (clockAheadMs === null) return [];
    const seconds = (Math.abs(clockAheadMs) / 1000).toFixed(2);
    const side = clockAheadMs < 0 ? "behind" : "ahead of";
    const found = `the server's clock is ${seconds} s ${side} this machine's`;
    return Math.abs(clockAheadMs) <= MOST_CLOCK_MS
      ? [{ name: "clock", status: "ok", found, fix: null }]
      : [{ name: "clock", status: "warning", found, fix: "timedatectl set-ntp true, on both" }];
  }
}

/** Where the program of an own server would come from; nothing is fetched. */
export async function checkServerBinary(
  { cacheDir, env, signal }: {
    readonly cacheDir: string;
    readonly env: Env;
    readonly signal: AbortSignal;
  },
): Promise<Check> {
  const name = "nats-server";
  try {
    const { path, version, how } = await findNatsServer({
      cacheDir: join(cacheDir, "bin"),
      searchPath: env("PATH") ?? "",
      explicitPath: env("NATS_SERVER_BIN"),
      fetch: false,
      signal,
    });
    return { name, status: "ok", found: `${version} at ${path} (${how})`, fix: null };
  } catch (error) {
    if (!(error instanceof NatsServerBinaryError)) throw error;
    return {
      name,
      status: "warning",
      found: "none on this machine; the first sweep will try to fetch one",
      fix: error.advice,
    };
  }
}
