/** `trawl schema`: the JSON Schema of sweep files, for editors. */
import { EXIT } from "../exit_code.ts";
import type { AddCommand } from "../command.ts";
import { sweepFileJsonSchema } from "../sweep_file/json_schema.ts";

/** Adds the verb. */
export const addSchemaCommand: AddCommand = (program, run) => {
  program
    .command("schema")
    .description("Print the JSON Schema of sweep files (for the completion of your editor)")
    .addHelpText("after", `\nExamples:\n  deno task trawl schema > sweep.schema.json\n`)
    .action(() =>
      run(({ output }) => {
        output.line(JSON.stringify(sweepFileJsonSchema(), null, 2));
        return Promise.resolve(EXIT.completed);
      })
    );
};
