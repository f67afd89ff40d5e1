/** `trawl pause`, `trawl stop` and `trawl continue`: asks a sweep's coordinator for a change. */
import type { SweepId, TrialId } from "../../core/domain/ids.ts";
import type { Transport } from "../../core/nats/transport.ts";
import type { ApiReplies, ControlAction } from "../../core/protocol/messages.ts";
import { CoordinatorAbsentError, type Waiting } from "../../core/protocol/ports.ts";
import { EXIT, UserError } from "../exit_code.ts";
import { recoverSweep } from "../../coordinator/recovery/recover_sweep.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { findSweepId, parseTarget } from "../find_sweep.ts";
import type { AddCommand } from "../command.ts";
import { withReader } from "../with_reader.ts";
import { samePlace } from "../same_place.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

interface Verb {
  readonly verb: string;
  readonly action: ControlAction;
  readonly target: string;
  readonly does: string;
  readonly examples: readonly string[];
}

const ACTIONS: readonly Verb[] = [
  {
    verb: "pause",
    action: "pause",
    target: "<sweep>",
    does: "Start no more trials; those that run go on",
    examples: ["latest"],
  },
  {
    verb: "continue",
    action: "resume",
    target: "<sweep>",
    does: "Let a paused sweep go on",
    examples: ["latest"],
  },
  {
    verb: "stop",
    action: "stop",
    target: "<sweep[/trial]>",
    does: "Cancel everything that is not done, or one trial alone; this is final",
    examples: ["latest", "latest/17"],
  },
];

/** Adds the verbs. */
export const addControlCommands: AddCommand = (program, run) => {
  for (const { verb, action, target, does, examples } of ACTIONS) {
    const lines = examples.map((example) => `  deno task trawl ${verb} ${example}`).join("\n");
    addPlaceOptions(program.command(`${verb} ${target}`))
      .description(does)
      .addHelpText("after", `\nExample${examples.length > 1 ? "s" : ""}:\n${lines}\n`)
      .action((text: string, options: PlaceOptions) =>
        run((context) =>
          withReader(options, context, async (transport, signal) => {
            // Only a stop can be of a trial alone.
            const { sweep, trial } = action === "stop"
              ? parseTarget(text)
              : { sweep: text, trial: null };
            const id = await findSweepId(transport, sweep, { signal });
            const reply = await ask(transport, { id, trial, action }).catch((error: unknown) =>
              explain(transport, { id, verb, error, signal, place: samePlace(options) })
            );
            if (reply.type === "refused") throw new UserError(reply.message);
            const whole = trial === null ? `sweep ${id}` : `trial ${trial} of sweep ${id}`;
            context.output.note(`Asked ${whole} to ${verb}`);
            return EXIT.completed;
          })
        )
      );
  }
};

async function ask(
  { api }: Transport,
  { id, trial, action }: {
    readonly id: SweepId;
    readonly trial: TrialId | null;
    readonly action: ControlAction;
  },
): Promise<ApiReplies["control" | "stopTrials"]> {
  const head = { v: 1, sweep: id, by: "cli" } as const;
  return trial === null
    ? await api.request("control", { ...head, action })
    : await api.request("stopTrials", { ...head, trials: [trial] });
}

/** Why nobody answers: the sweep is over, or waits for a coordinator. @throws {UserError} Always. */
async function explain(
  transport: Transport,
  { id, verb, error, signal, place }: Required<Waiting> & {
    readonly id: SweepId;
    readonly verb: string;
    readonly error: unknown;
    readonly place: string;
  },
): Promise<never> {
  if (!(error instanceof CoordinatorAbsentError)) throw error;
  const status = (await recoverSweep(id, transport, { signal }))?.ledger.status;
  if (status !== undefined && isOver(status)) {
    throw new UserError(`Cannot ${verb} sweep "${id}": it is ${status}`);
  }
  throw new UserError(
    `Cannot ${verb} sweep "${id}": nobody coordinates it at present; ` +
      `deno task trawl resume ${id}${place} does`,
    { cause: error },
  );
}
