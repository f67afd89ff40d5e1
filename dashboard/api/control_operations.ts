/** The operations that change something: each is one event of a journal, with who asked. */
import { json, type Operation, type OperationParameter, SWEEP, TRIAL } from "./operation.ts";

/** What may stand against it: it cannot be read, there is no such thing, or it makes no sense now. */
const PROBLEMS: readonly number[] = [400, 403, 404, 409, 500];

const WORKER: OperationParameter = {
  name: "worker",
  in: "path",
  description: "The worker's id, whole.",
  required: true,
};

function ofSweep(
  { id, verb, summary, body }: Pick<Operation, "id" | "summary" | "body"> & {
    readonly verb: string;
  },
): Operation {
  return {
    id,
    method: "post",
    path: `/api/v1/sweeps/{sweep}/${verb}`,
    tag: "control",
    summary,
    parameters: [SWEEP],
    ...(body === undefined ? {} : { body }),
    answer: json("SweepAsked", 202),
    problems: PROBLEMS,
  };
}

/** All of them. */
export const CONTROL_OPERATIONS: readonly Operation[] = [
  ofSweep({
    id: "pauseSweep",
    verb: "pause",
    summary: "Start no more packs; those that are trained go on",
  }),
  ofSweep({ id: "resumeSweep", verb: "resume", summary: "Let a paused sweep go on" }),
  ofSweep({
    id: "stopSweep",
    verb: "stop",
    summary: "Cancel everything that is not done; this is final",
  }),
  ofSweep({
    id: "retryTrials",
    verb: "retry",
    summary: "Train failed trials again",
    body: "RetryRequest",
  }),
  ofSweep({
    id: "extendSweep",
    verb: "extend",
    summary: "Ask for more values, wider ranges, more replicates or more trials",
    body: "ExtendRequest",
  }),
  ofSweep({
    id: "enqueueTrial",
    verb: "enqueue",
    summary: "Try a configuration, with all its replicates",
    body: "EnqueueRequest",
  }),
  {
    id: "stopTrial",
    method: "post",
    path: "/api/v1/sweeps/{sweep}/trials/{trial}/stop",
    tag: "control",
    summary: "Cancel a trial that is not done, while the sweep goes on",
    parameters: [SWEEP, TRIAL],
    answer: json("SweepAsked", 202),
    problems: PROBLEMS,
  },
  {
    id: "drainWorker",
    method: "post",
    path: "/api/v1/workers/{worker}/drain",
    tag: "control",
    summary: "Have a worker give its packs back, each with a checkpoint, and end",
    parameters: [WORKER],
    answer: json("WorkerAsked", 202),
    problems: PROBLEMS,
  },
];
