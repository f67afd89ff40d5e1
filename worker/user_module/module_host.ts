/** A user's module in a Deno `Worker` of its own, as the worker sees it. */
import type { ModuleTask } from "../../core/domain/user_module.ts";
import {
  type ModuleMessage,
  moduleMessageSchema,
  type ModuleRequest,
  type ModuleStart,
  type TensorflowWasm,
} from "./module_messages.ts";
import { denoPermissions } from "./module_permissions.ts";

/** Who is told what the module says. */
export interface ModuleListener {
  readonly message: (message: Exclude<ModuleMessage, { readonly type: "wantsTensorflow" }>) => void;
  /** It ended without a word, or said what cannot be read. */
  readonly broke: (why: string) => void;
}

/** Runs one trial of a module. Disposing ends it at once, whatever it does. */
export class ModuleHost implements Disposable {
  readonly #worker: Worker;
  readonly #listener: ModuleListener;

  private constructor(worker: Worker, listener: ModuleListener) {
    this.#worker = worker;
    this.#listener = listener;
    worker.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    worker.onerror = (event) => {
      // Otherwise an error of the module would end the process.
      event.preventDefault();
      listener.broke(event.message);
    };
    worker.onmessageerror = () => listener.broke("It sent what cannot be read");
  }

  /**
   * Starts a trial.
   * @throws {Deno.errors.NotCapable} If this worker may not do itself what the module is granted.
   */
  static start(
    { task, start }: { readonly task: ModuleTask; readonly start: ModuleStart },
    listener: ModuleListener,
  ): ModuleHost {
    const entry = new URL("./module_worker_entry.ts", import.meta.url);
    const worker = new Worker(entry, {
      type: "module",
      name: "module",
      deno: { permissions: denoPermissions(task) },
    });
    const host = new ModuleHost(worker, listener);
    host.#send({ type: "start", start });
    return host;
  }

  /** The sweep has heard of this epoch and those before it. */
  decided(epoch: number): void {
    this.#send({ type: "decided", epoch });
  }

  /** Asks it to end. */
  stop(reason: string): void {
    this.#send({ type: "stop", reason });
  }

  [Symbol.dispose](): void {
    this.#worker.onmessage = null;
    this.#worker.terminate();
  }

  #send(request: ModuleRequest): void {
    this.#worker.postMessage(request);
  }

  #receive(data: unknown): void {
    const { success, data: message } = moduleMessageSchema.safeParse(data);
    if (!success) return this.#listener.broke("It sent a message that is none of Trawl's");
    if (message.type === "wantsTensorflow") return void this.#sendTensorflow();
    this.#listener.message(message);
  }

  /** The module may read no file, so it is read here, where that is allowed. */
  async #sendTensorflow(): Promise<void> {
    this.#send({ type: "tensorflow", wasm: await readWasm() });
  }
}

async function readWasm(): Promise<TensorflowWasm | null> {
  const folder = new URL("./", import.meta.resolve("@tensorflow/tfjs-backend-wasm"));
  const read = (name: string) => Deno.readFile(new URL(name, folder));
  try {
    const [plain, simd] = await Promise.all([
      read("tfjs-backend-wasm.wasm"),
      read("tfjs-backend-wasm-simd.wasm"),
    ]);
    return { plain, simd };
  } catch {
    // Then it computes in plain JavaScript.
    return null;
  }
}
