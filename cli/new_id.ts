/** Ids of new sweeps and processes: a name for people, a time and a random part for uniqueness. */
import { parseSweepId, parseWorkerId, type SweepId, type WorkerId } from "../core/domain/ids.ts";

/** `quickstart-1123-0950-x7k2`: sorts by time within a name. */
export function newSweepId(name: string, now: Date): SweepId {
  const digits = now.toISOString().replace(/\D/g, "");
  return parseSweepId(
    `${name.slice(0, 40)}-${digits.slice(4, 8)}-${digits.slice(8, 12)}-${suffix()}`,
  );
}

/** `host-4711-x7k2`: where it runs, and a part that no restart repeats. */
export function newWorkerId(hostname: string, pid: number): WorkerId {
  const host = hostname.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 40) || "host";
  return parseWorkerId(`${host}-${pid}-${suffix()}`);
}

function suffix(): string {
  const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
  return Array.from(
    crypto.getRandomValues(new Uint8Array(4)),
    (byte) => alphabet[byte % alphabet.length],
  ).join("");
}
