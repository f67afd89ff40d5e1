/** The dashboard as a user starts it: the launcher, and the confined process that serves. */
import { eventually, ROOT, TrawlProcess } from "../../tests/support/trawl_process.ts";

/** Ends with its scope. */
export interface DashboardProcess extends AsyncDisposable {
  /** With a slash at its end. */
  readonly url: string;
  /** Resident memory of the process that serves, in MB. */
  readonly memory: () => Promise<number>;
}

/** Starts it over a server, at a free port; nothing is read before somebody asks. */
export async function startDashboardProcess(nats: string): Promise<DashboardProcess> {
  const home = await Deno.makeTempDir({ prefix: "trawl-bench-" });
  const process = new TrawlProcess(
    ["dashboard", "--nats", nats, "--port", "0", "--home", home],
    { start: ["--permission-set=launcher", "--no-prompt", `${ROOT}cli/confined.ts`] },
  );
  const said = (): string | undefined =>
    /Dashboard: (http:\S+)/.exec(process.stdout + process.stderr)?.[1];
  await eventually("the dashboard told its address", () => said() !== undefined);
  return {
    url: said() ?? "",
    memory: async () => {
      const sizes = await Promise.all((await family(process.pid)).map(residentMb));
      return Math.max(...sizes);
    },
    [Symbol.asyncDispose]: async () => {
      process.signal("SIGINT");
      await process.finished;
      await process[Symbol.asyncDispose]();
      await Deno.remove(home, { recursive: true });
    },
  };
}

/** A process and its children, as Linux tells of them. */
async function family(pid: number): Promise<readonly number[]> {
  const text = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`).catch(() => "");
  const children = text.split(" ").filter(Boolean).map(Number);
  return [pid, ...(await Promise.all(children.map(family))).flat()];
}

async function residentMb(pid: number): Promise<number> {
  const text = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "");
  return Number(/VmRSS:\s+(\d+) kB/.exec(text)?.[1] ?? NaN) / 1024;
}
