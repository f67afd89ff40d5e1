/**
 * Trying out a backend in a process of its own. What crashes there leaves this one alone; and native
 * libraries stay apart: once Mesa's LLVM is loaded, the start-up code of TensorFlow's own LLVM is
 * linked to it in part and never ends.
 */
import { z } from "zod";
import type { BackendName } from "./backend.ts";

/** What a trial came to: `reason` says why the backend is not to be used. */
export type TrialReport = { readonly device: string } | { readonly reason: string };

/** A report as it crosses between processes. */
export const trialReportSchema: z.ZodType<TrialReport> = z.union([
  z.object({ device: z.string() }),
  z.object({ reason: z.string() }),
]);

/** The first CUDA start of a new driver compiles kernels. */
const WITHIN_MS = 120_000;

/** What to try. */
export interface TrialRequest {
  readonly name: BackendName;
  /** The folder of installed native addons. */
  readonly addonsDir: string | null;
  /** Whether it is refused where `auto` would leave it out. */
  readonly asAuto: boolean;
}

/** Loads the backend and runs the self-test in a child process. */
export async function tryBackend(request: TrialRequest): Promise<TrialReport> {
  const entry = new URL("./backend_trial_entry.ts", import.meta.url);
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", entry.href, JSON.stringify(request)],
    // Warnings too: the library tells there why it sees no GPU.
    env: { TF_CPP_MIN_LOG_LEVEL: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(WITHIN_MS),
  }).output();
  const text = new TextDecoder();
  return judgeTrial({
    code: output.code,
    signal: output.signal,
    stdout: text.decode(output.stdout),
    stderr: text.decode(output.stderr),
  });
}

/** How the process ended. */
export interface TrialEnd {
  readonly code: number;
  readonly signal: Deno.Signal | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the end of the process says of the backend. */
export function judgeTrial({ code, signal, stdout, stderr }: TrialEnd): TrialReport {
  const complaint = lastComplaint(stderr);
  const because = complaint === null ? "" : ` (${complaint})`;
  // What was reported was found; a driver that crashes when the process ends does not change it.
  const report = parseReport(stdout);
  if (report !== null) {
    return "reason" in report ? { reason: `${report.reason}${because}` } : report;
  }
  return {
    reason: signal === null
      ? `a test process ended with code ${code}${because}`
      : `its native library ended a test process with ${signal}${because}`,
  };
}

function parseReport(stdout: string): TrialReport | null {
  const line = stdout.trim().split("\n").at(-1) ?? "";
  try {
    return trialReportSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** The last warning or error of TensorFlow's log without time and place, else the last line. */
function lastComplaint(stderr: string): string | null {
  const lines = stderr.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const logged = lines.map((line) => / [WEF] [\w./]+:\d+\] (.*)$/.exec(line)?.[1])
    .findLast((message) => message !== undefined);
  return logged ?? lines.at(-1) ?? null;
}
