/** Numbers that somebody published, to be held against ours: a JSON file of experiments. */
import { z } from "zod";
import type { ParameterValue } from "../../domain/hyperparameters.ts";
import { MLP_PARAMETERS } from "../../domain/mlp_parameters.ts";

/** One published experiment. */
export interface PublishedExperiment {
  readonly name: string;
  /**
   * By the names of sweep files. Null: some other value than the baseline's, the publication does
   * not say which. A parameter that is not there is the baseline's.
   */
  readonly parameters: Readonly<Record<string, ParameterValue | null>>;
  readonly trainAccuracy: number | null;
  readonly testAccuracy: number | null;
  /** F1 on the test set, in the order of the classes. */
  readonly testF1: readonly number[] | null;
}

/** The file. */
export interface Published {
  readonly source: string;
  /** Examples of the splits: sweeps on other data are not held against it. */
  readonly support: { readonly train: number | null; readonly test: number | null };
  readonly experiments: readonly PublishedExperiment[];
}

const share = z.number().min(0).max(1);
const fileSchema = z.object({
  source: z.string().min(1).max(500),
  support: z.object({ train: z.number().nullish(), test: z.number().nullish() }).optional(),
  experiments: z.array(
    z.object({
      name: z.string().min(1).max(200),
      trainAccuracy: share.nullish(),
      testAccuracy: share.nullish(),
      testF1: z.array(share).nullish(),
    }).catchall(z.union([z.number(), z.string(), z.boolean(), z.null()])),
  ).min(1).max(1000),
});

/**
 * Reads the text of such a file.
 * @throws {SyntaxError} If it is something else; the message says where, and what it must be.
 */
export function parsePublished(text: string): Published {
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success) {
    const [issue] = file.error.issues;
    const place = issue === undefined || issue.path.length === 0
      ? "the file"
      : issue.path.join(".");
    throw new SyntaxError(`${place}: ${issue?.message ?? "it must be an object"}`);
  }
  const { source, support, experiments } = file.data;
  return {
    source,
    support: { train: support?.train ?? null, test: support?.test ?? null },
    experiments: experiments.map((
      { name, trainAccuracy, testAccuracy, testF1, ...parameters },
    ) => ({
      name,
      parameters: knownParameters(name, parameters),
      trainAccuracy: trainAccuracy ?? null,
      testAccuracy: testAccuracy ?? null,
      testF1: testF1 ?? null,
    })),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError("it is no JSON text", { cause });
  }
}

function knownParameters(
  experiment: string,
  parameters: Readonly<Record<string, ParameterValue | null>>,
): Readonly<Record<string, ParameterValue | null>> {
  const stranger = Object.keys(parameters).find((name) => !Object.hasOwn(MLP_PARAMETERS, name));
  if (stranger !== undefined) {
    throw new SyntaxError(
      `experiment "${experiment}" has "${stranger}": it must be one of trainAccuracy, ` +
        `testAccuracy, testF1, ${Object.keys(MLP_PARAMETERS).join(", ")}`,
    );
  }
  return parameters;
}
