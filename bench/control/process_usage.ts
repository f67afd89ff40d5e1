/** What a process has used so far, read from the kernel: other people's load does not count there. */

/** Kernel ticks per second in /proc: fixed at 100 for user space on every Linux platform. */
const TICKS_PER_SECOND = 100;

/** Processor time and memory of a process. */
export interface ProcessUsage {
  /** User and system time so far, in seconds. */
  readonly cpuSeconds: number;
  /** Resident memory, in bytes. */
  readonly residentBytes: number;
}

/** The usage of a process, or null where the kernel has no /proc. */
export function usageOf(pid: number): ProcessUsage | null {
  if (Deno.build.os !== "linux") return null;
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  // The command's name is in parentheses and may contain anything; numbers follow the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ").map(Number);
  const [user = 0, system = 0] = fields.slice(11, 13);
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1];
  return {
    cpuSeconds: (user + system) / TICKS_PER_SECOND,
    residentBytes: 1024 * Number(resident ?? NaN),
  };
}
