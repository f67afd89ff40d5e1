/** The module that a module's `Worker` runs: it loads the user's text and hands the trial to it. */
import process from "node:process";
import { loadTensorflow } from "./module_tensorflow.ts";
import { ConsoleCapture } from "./console_capture.ts";
import type { ModuleMessage, ModuleRequest, TensorflowWasm } from "./module_messages.ts";
import { ModuleTrial } from "./module_trial.ts";

/** What the global scope of a Deno `Worker` offers. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ModuleRequest>) => void) | null;
  readonly postMessage: (message: ModuleMessage, transfer: Transferable[]) => void;
}

declare const self: WorkerScope & { close: () => void };

const post = self.postMessage.bind(self);
// deno-lint-ignore house/injected-clock -- how fast a module prints concerns nobody but itself
const clock = performance.now.bind(performance);
const printed = new ConsoleCapture((lines) => post({ type: "printed", ...lines }, []), clock);
const send = (message: ModuleMessage, transfer: Transferable[] = []): void => {
  // What was printed before comes before.
  printed.flush();
  post(message, transfer);
};
let wasm = Promise.withResolvers<TensorflowWasm | null>();
let trial: ModuleTrial | null = null;

confineProcess();

self.onmessage = ({ data }) => {
  switch (data.type) {
    case "start":
      trial ??= new ModuleTrial(data.start, { send, tensorflow });
      void trial.run();
      return;
    case "decided":
      return trial?.decided(data.epoch);
    case "stop":
      return trial?.stop(data.reason);
    case "tensorflow":
      return wasm.resolve(data.wasm);
    default:
      data satisfies never;
  }
};

async function tensorflow(): Promise<typeof import("@tensorflow/tfjs-core")> {
  wasm = Promise.withResolvers();
  send({ type: "wantsTensorflow" });
  return await loadTensorflow(await wasm.promise);
}

/** Whoever ends the process ends the trial: that shall be heard of. What is printed goes to the logs. */
function confineProcess(): void {
  const refuse = (): never => {
    throw new Error("Cannot end the process: it is the worker's; return or throw to end the trial");
  };
  // deno-lint-ignore house/effects-at-the-edge -- it is taken away here, not used
  Deno.exit = refuse;
  self.close = refuse;
  // A process may end itself without any permission, and this one trains for others, too.
  Deno.kill = refuse;
  Object.assign(process, { kill: refuse, _kill: refuse, abort: refuse });
  // deno-lint-ignore house/effects-at-the-edge -- what a user prints is the user's
  const print = console.error;
  for (const name of ["log", "info", "debug"] as const) console[name] = print;
  printed.listenTo(console);
}
