/** A timeline as a Chrome trace: workers are processes, their slots threads, attempts slices. */
import type { PackAttempt } from "./pack_attempts.ts";
import type { TimelineSource } from "./timeline.ts";

/**
 * The file in parts, in the JSON object form of the Trace Event Format: `X` events with times in
 * microseconds from the sweep's start, and `M` events that name processes and threads.
 */
export function* chromeTrace(
  { attempts, startedAt, endsAt }: TimelineSource,
  { sweep }: { readonly sweep: string },
): Generator<string> {
  const processes = new Map<string, number>();
  const threads = new Set<string>();
  const head = { displayTimeUnit: "ms", otherData: { sweep, startedAt: iso(startedAt) } };
  yield `${JSON.stringify(head).slice(0, -1)},"traceEvents":[`;
  let separator = "\n";
  for (const attempt of attempts) {
    const { worker, slot } = attempt;
    const pid = processes.get(worker) ?? processes.size + 1;
    const tid = slot + 1;
    const events: object[] = [];
    if (!processes.has(worker)) {
      processes.set(worker, pid);
      events.push({ ph: "M", name: "process_name", pid, args: { name: worker } });
    }
    const thread = `${pid} ${tid}`;
    if (!threads.has(thread)) {
      threads.add(thread);
      events.push({ ph: "M", name: "thread_name", pid, tid, args: { name: `slot ${tid}` } });
    }
    events.push({ ...sliceOf(attempt, { startedAt, endsAt }), pid, tid });
    for (const event of events) {
      yield separator + JSON.stringify(event);
      separator = ",\n";
    }
  }
  yield "\n]}\n";
}

function sliceOf(
  attempt: PackAttempt,
  { startedAt, endsAt }: Omit<TimelineSource, "attempts">,
): object {
  const { pack, lanes, delivery, outcome, message, backend } = attempt;
  const end = Math.max(attempt.startedAt, attempt.endedAt ?? endsAt);
  return {
    ph: "X",
    name: `pack ${pack}`,
    cat: outcome,
    ts: 1000 * (attempt.startedAt - startedAt),
    dur: 1000 * (end - attempt.startedAt),
    args: {
      pack,
      attempt: attempt.attempt,
      lanes,
      delivery,
      outcome,
      backend,
      ...(message === null ? {} : { message }),
    },
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
