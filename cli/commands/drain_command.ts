/** `trawl drain`: asks for a worker to give its packs back and to end. */
import type { WorkerId } from "../../core/domain/ids.ts";
import { isOver } from "../../core/domain/sweep.ts";
import type { Transport } from "../../core/nats/transport.ts";
import { askToDrain } from "../../core/protocol/ask_to_drain.ts";
import type { Waiting } from "../../core/protocol/ports.ts";
import type { AddCommand } from "../command.ts";
import { EXIT, UserError } from "../exit_code.ts";
import { readCatalog } from "../sweep_catalog.ts";
import { withReader } from "../with_reader.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

/** Adds the verb. */
export const addDrainCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("drain <worker>"))
    .description("Have a worker give its packs back, each with a checkpoint, and end")
    .addHelpText(
      "after",
      `
The worker is told by the coordinator of a sweep that it trains for; an idle one with its next claim.
The dashboard's Fleet page has the names of workers; the beginning of one will do.

Example:
  deno task trawl drain my-host-4711-x7k2
`,
    )
    .action((name: string, options: PlaceOptions) =>
      run((context) =>
        withReader(options, context, async (transport, signal) => {
          const worker = await findWorker(transport, name, { signal });
          const running = async () =>
            (await readCatalog(transport, { signal }))
              .filter(({ record }) => record === null || !isOver(record.state))
              .map(({ sweep }) => sweep);
          const answer = await askToDrain(transport, { worker, by: "cli", running }, { signal });
          if (answer.kind !== "asked") {
            const why = answer.kind === "unheard" ? answer.refusals[0] : undefined;
            throw new UserError(
              why ?? `Cannot drain worker "${worker}": no coordinator can be reached that could ` +
                  "tell it; Ctrl-C or SIGTERM in its own process does the same",
            );
          }
          const sweeps = answer.sweeps.join(", ");
          context.output.note(`Asked worker ${worker} to drain, through sweep ${sweeps}`);
          return EXIT.completed;
        })
      )
    );
};

/** @throws {UserError} If the text fits no worker, or several. */
async function findWorker(
  { presence }: Transport,
  text: string,
  options: Waiting,
): Promise<WorkerId> {
  const known = (await presence.list(options)).map(({ worker }) => worker);
  const fits = known.filter((worker) => worker.startsWith(text));
  const [only] = fits;
  if (known.some((worker) => worker === text) || fits.length === 1) {
    const found = known.find((worker) => worker === text) ?? only;
    if (found !== undefined) return found;
  }
  const what = fits.length > 1 ? `it fits ${fits.length} workers` : "there is no such worker";
  const names = (fits.length > 1 ? fits : known).slice(0, 5).join(", ");
  const advice = names === "" ? "none lives at present" : `known ones are ${names}`;
  throw new UserError(`Cannot find worker "${text}": ${what}; ${advice}`);
}
