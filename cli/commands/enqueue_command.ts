/** `trawl enqueue`: asks a sweep's coordinator to try a configuration that somebody has in mind. */
import { recoverSweep } from "../../coordinator/recovery/recover_sweep.ts";
import type { Hyperparameters, ParameterValue } from "../../core/domain/hyperparameters.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { CoordinatorAbsentError } from "../../core/protocol/ports.ts";
import type { AddCommand } from "../command.ts";
import type { CliContext } from "../context.ts";
import { EXIT, type ExitCode, UserError } from "../exit_code.ts";
import { findSweepId } from "../find_sweep.ts";
import { withReader } from "../with_reader.ts";
import { samePlace } from "../same_place.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

/** Adds the verb. */
export const addEnqueueCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("enqueue <sweep> <name=value...>"))
    .description("Try a configuration of your own in a running sweep, with all its replicates")
    .addHelpText(
      "after",
      `
Parameters that are not given take the sweep's fixed value, else the trainer's default. Values may lie
outside of what is searched. The trials count within the run_cap; of a full one it is said how to make
room.

Examples:
  deno task trawl enqueue latest lr=0.03 hidden_width=48
  deno task trawl enqueue my-tpe-sweep optimizer=adam lr=0.001
`,
    )
    .action((sweep: string, pairs: readonly string[], options: PlaceOptions) =>
      run((context) => enqueue(sweep, parsePairs(pairs), { options, context }))
    );
};

async function enqueue(
  name: string,
  hyperparameters: Hyperparameters,
  { options, context }: { readonly options: PlaceOptions; readonly context: CliContext },
): Promise<ExitCode> {
  return await withReader(options, context, async (transport, signal) => {
    const sweep = await findSweepId(transport, name, { signal });
    const body = { v: 1, sweep, hyperparameters, by: "cli" } as const;
    const reply = await transport.api.request("enqueue", body).catch(async (error: unknown) => {
      if (!(error instanceof CoordinatorAbsentError)) throw error;
      const status = (await recoverSweep(sweep, transport, { signal }))?.ledger.status;
      if (status !== undefined && isOver(status)) {
        const advice = status === "cancelled"
          ? ", and that is final"
          : "; an extension opens it again";
        throw new UserError(
          `Cannot enqueue a configuration of sweep "${sweep}": it is ${status}${advice}`,
        );
      }
      throw new UserError(
        `Cannot enqueue a configuration of sweep "${sweep}": nobody coordinates it at present; ` +
          `deno task trawl resume ${sweep}${samePlace(options)} does`,
        { cause: error },
      );
    });
    if (reply.type === "refused") throw new UserError(reply.message);
    context.output.note(`Asked sweep ${sweep} to try it`);
    return EXIT.completed;
  });
}

/** @throws {UserError} If a pair is none, or a name comes twice. */
export function parsePairs(pairs: readonly string[]): Hyperparameters {
  const found = new Map<string, ParameterValue>();
  for (const pair of pairs) {
    const [, name, text] = /^([^=\s]+)=(.+)$/s.exec(pair) ?? [];
    if (name === undefined || text === undefined) {
      throw new UserError(`Cannot read "${pair}": it must be name=value`);
    }
    if (found.has(name)) throw new UserError(`Cannot set ${name} twice: it must be given once`);
    found.set(name, parseValue(text));
  }
  return Object.fromEntries(found);
}

function parseValue(text: string): ParameterValue {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}
