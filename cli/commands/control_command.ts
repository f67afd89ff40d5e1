/** `trawl pause`, `trawl stop` and `trawl continue`: asks a sweep's coordinator for a change. */
import type { ControlAction } from "../../core/protocol/messages.ts";
import { CoordinatorAbsentError } from "../../core/protocol/ports.ts";
import { EXIT, UserError } from "../exit_code.ts";
import { recoverSweep } from "../../coordinator/recovery/recover_sweep.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { findSweepId } from "../find_sweep.ts";
import type { AddCommand } from "../command.ts";
import { withReader } from "../with_reader.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

const ACTIONS: readonly {
  readonly verb: string;
  readonly action: ControlAction;
  readonly does: string;
}[] = [
  { verb: "pause", action: "pause", does: "Start no more trials; those that run go on" },
  { verb: "continue", action: "resume", does: "Let a paused sweep go on" },
  { verb: "stop", action: "stop", does: "Cancel everything that is not done; this is final" },
];

/** Adds the verbs. */
export const addControlCommands: AddCommand = (program, run) => {
  for (const { verb, action, does } of ACTIONS) {
    addPlaceOptions(program.command(`${verb} <sweep>`))
      .description(does)
      .addHelpText("after", `\nExample:\n  deno task trawl ${verb} latest\n`)
      .action((name: string, options: PlaceOptions) =>
        run((context) =>
          withReader(options, context, async (transport, signal) => {
            const id = await findSweepId(transport, name, { signal });
            const body = { v: 1, sweep: id, action, by: "cli" } as const;
            const reply = await transport.api.request("control", body).catch(async (error) => {
              if (!(error instanceof CoordinatorAbsentError)) throw error;
              const status = (await recoverSweep(id, transport, { signal }))?.ledger.status;
              if (status !== undefined && isOver(status)) {
                throw new UserError(`Cannot ${verb} sweep "${id}": it is ${status}`);
              }
              throw new UserError(
                `Cannot ${verb} sweep "${id}": nobody coordinates it at present; ` +
                  `deno task trawl resume ${id} does`,
                { cause: error },
              );
            });
            if (reply.type === "refused") throw new UserError(reply.message);
            context.output.note(`Asked sweep ${id} to ${verb}`);
            return EXIT.completed;
          })
        )
      );
  }
};
