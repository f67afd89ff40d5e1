/** One trial inside a module's `Worker`: what the user's function calls, and how it ends. */
import { MAX_MODULE_CHECKPOINT_BYTES } from "../../core/domain/user_module.ts";
import { metricsProblem } from "./metrics_problem.ts";
import type { ModuleMessage, ModuleStart } from "./module_messages.ts";
import type { Trial, TrialDecision, TrialMetrics } from "./trial_api.ts";

/** Reports that may wait for their answers at a time. */
const MAX_UNANSWERED = 1_000;

/** What a trial needs of its thread. */
export interface ModuleTrialDeps {
  readonly send: (message: ModuleMessage, transfer?: Transferable[]) => void;
  readonly tensorflow: Trial["tensorflow"];
}

/** Runs once; the requests may come at any time. */
export class ModuleTrial {
  readonly #start: ModuleStart;
  readonly #deps: ModuleTrialDeps;
  readonly #abort = new AbortController();
  readonly #waiting = new Map<number, (decision: TrialDecision) => void>();
  #tensorflow: Promise<typeof import("@tensorflow/tfjs-core")> | null = null;
  #epoch: number;

  constructor(start: ModuleStart, deps: ModuleTrialDeps) {
    this.#start = start;
    this.#deps = deps;
    this.#epoch = start.resumed?.epoch ?? 0;
  }

  /** Never rejects: how the function ends is a message. */
  async run(): Promise<void> {
    try {
      const train = await loadFunction(this.#start.text);
      const returned: unknown = await train(this.#start.parameters, this.#trial());
      this.#deps.send({ type: "returned", metrics: finalMetrics(returned) });
    } catch (error) {
      this.#deps.send({ type: "threw", ...describeThrown(error) });
    }
  }

  /** The sweep has heard of these epochs. */
  decided(epoch: number): void {
    for (const [waiting, resolve] of this.#waiting) {
      if (waiting > epoch) continue;
      this.#waiting.delete(waiting);
      resolve(this.#abort.signal.aborted ? "stop" : "continue");
    }
  }

  /** The function shall end. */
  stop(reason: string): void {
    this.#abort.abort(new DOMException(reason, "AbortError"));
    for (const resolve of this.#waiting.values()) resolve("stop");
    this.#waiting.clear();
  }

  #trial(): Trial {
    const { trial, replicate, seed, resumed } = this.#start;
    return Object.freeze({
      number: trial,
      replicate,
      seed,
      resumed,
      signal: this.#abort.signal,
      // Not async: what is wrong with a report is thrown even where nobody awaits it.
      report: (metrics: TrialMetrics, options: { readonly epoch?: number } = {}) =>
        this.#report(metrics, options.epoch ?? this.#epoch + 1),
      checkpoint: (bytes: Uint8Array) => this.#checkpoint(bytes),
      alive: () => this.#deps.send({ type: "alive" }),
      tensorflow: () => this.#tensorflow ??= this.#deps.tensorflow(),
    });
  }

  #report(metrics: TrialMetrics, epoch: number): Promise<TrialDecision> {
    const problem = metricsProblem(metrics);
    if (problem !== null) throw new TypeError(`Cannot report metrics: ${problem}`);
    if (!Number.isSafeInteger(epoch) || epoch <= this.#epoch) {
      throw new RangeError(
        `Cannot report epoch ${epoch}: it must be an integer > ${this.#epoch}, the last one's`,
      );
    }
    if (this.#abort.signal.aborted) return Promise.resolve("stop");
    // A loop that never waits would keep the worker from all else, and from renewing its leases.
    if (this.#waiting.size >= MAX_UNANSWERED) {
      throw new RangeError(
        `Cannot report epoch ${epoch}: ${MAX_UNANSWERED} reports wait for their answers; ` +
          "each must be awaited",
      );
    }
    this.#epoch = epoch;
    this.#deps.send({ type: "report", epoch, metrics: { ...metrics } });
    const { promise, resolve } = Promise.withResolvers<TrialDecision>();
    this.#waiting.set(epoch, resolve);
    return promise;
  }

  #checkpoint(bytes: Uint8Array): void {
    if (!(bytes instanceof Uint8Array)) {
      throw new TypeError("Cannot keep a checkpoint: it must be a Uint8Array");
    }
    if (bytes.length > MAX_MODULE_CHECKPOINT_BYTES) {
      throw new RangeError(
        `Cannot keep a checkpoint of ${bytes.length} bytes: ` +
          `it must have at most ${MAX_MODULE_CHECKPOINT_BYTES}`,
      );
    }
    const copy = new Uint8Array(bytes);
    this.#deps.send({ type: "checkpoint", bytes: copy }, [copy.buffer]);
  }
}

type LoadedFunction = (...args: readonly unknown[]) => unknown;

/**
 * The default export of a text. It is imported from a blob, because that is the one address which
 * needs no permission and whose own imports the thread's permissions hold for.
 */
async function loadFunction(text: string): Promise<LoadedFunction> {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const loaded: { readonly default?: unknown } = await import(url);
  if (isFunction(loaded.default)) return loaded.default;
  const found = "default" in loaded ? "its default export is no function" : "no default export";
  throw new TypeError(
    `Cannot run the module: it has ${found}; it must have ` +
      "export default async function (parameters, trial) { … }",
  );
}

function isFunction(value: unknown): value is LoadedFunction {
  return typeof value === "function";
}

function finalMetrics(returned: unknown): TrialMetrics | number | null {
  if (returned === undefined || returned === null) return null;
  if (typeof returned === "number") return returned;
  const problem = metricsProblem(returned);
  if (problem !== null) throw new TypeError(`Cannot use what the module returned: ${problem}`);
  return Object.fromEntries(Object.entries(returned));
}

/** Anything can be thrown, with anything where its name and message should be. */
function describeThrown(error: unknown): {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
} {
  const textOf = (read: () => unknown): string => {
    try {
      return String(read() ?? "");
    } catch {
      return "";
    }
  };
  if (!(error instanceof Error)) {
    const message = error === undefined || error === null ? `${error}` : textOf(() => error);
    return { name: "", message: message || `Something of type ${typeof error}`, stack: "" };
  }
  return {
    name: textOf(() => error.name),
    message: textOf(() => error.message),
    stack: textOf(() => error.stack),
  };
}
