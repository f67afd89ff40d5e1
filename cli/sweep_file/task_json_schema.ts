/** The part of the JSON Schema that describes `task`: one variant for each dataset. */
import { TASK_KINDS } from "../../core/domain/task_kind.ts";
import {
  type DatasetFacts,
  DATASETS,
  DEFAULT_TEST_FRACTION,
  EXAMPLES,
  MAX_NOISE,
  MAX_TEXT_LENGTH,
} from "./format.ts";
import { closedObject, integer, type JsonObject } from "./json_schema_parts.ts";

/** The schema of `task`. */
export function taskSchema(): JsonObject {
  const variants = [...DATASETS.values()].map((facts) => {
    const { properties, required } = dataSchema(facts);
    return closedObject({
      dataset: { const: facts.name },
      ...properties,
      validation: {
        description: "test, or the share of the training examples that validates.",
        anyOf: [
          { const: "test" },
          { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
        ],
      },
      train_examples: integer("Training examples at most; by default all.", {
        min: 2,
        max: facts.trainExamples ?? Number.MAX_SAFE_INTEGER,
      }),
    }, ["dataset", ...required]);
  });
  return { description: "The data that trials train on.", anyOf: variants };
}

interface DataSchema {
  readonly properties: JsonObject;
  readonly required: readonly string[];
}

function dataSchema(facts: DatasetFacts): DataSchema {
  switch (facts.name) {
    case "mnist":
      return { properties: {}, required: [] };
    case "cifar100":
      return { properties: { classes: classesSchema(facts) }, required: [] };
    case "xor":
    case "noisy-sigmoid":
      return { properties: generatedSchema(facts), required: [] };
    case "csv":
      return { properties: csvSchema(), required: ["path", "target", "kind"] };
    case "idx":
      return { properties: idxSchema(), required: ["images", "labels"] };
    default:
      return facts.name satisfies never;
  }
}

function classesSchema({ selectableClasses }: DatasetFacts): JsonObject {
  return {
    description: "Class numbers; by default all.",
    type: "array",
    items: { type: "integer", minimum: 0, maximum: (selectableClasses ?? 1) - 1 },
    minItems: 2,
    uniqueItems: true,
  };
}

function generatedSchema({ generated }: DatasetFacts): JsonObject {
  return {
    examples: integer("Training examples; as many fresh ones test.", {
      ...EXAMPLES,
      ...(generated === null ? {} : { default: generated.examples }),
    }),
    noise: {
      description: "The standard deviation of the noise.",
      type: "number",
      minimum: 0,
      maximum: MAX_NOISE,
      ...(generated === null ? {} : { default: generated.noise }),
    },
  };
}

function csvSchema(): JsonObject {
  const columns = { type: "array", items: { type: "string" }, uniqueItems: true };
  return {
    path: path("A table with a header: commas, semicolons or tabs between its columns."),
    target: { description: "The column to predict.", type: "string" },
    kind: { description: "What to make of the target.", enum: TASK_KINDS },
    features: {
      description: "The columns to predict it from; by default all the others.",
      ...columns,
      minItems: 1,
    },
    categorical: { description: "Columns whose numbers are names.", ...columns },
    test: testFraction("The share of the rows that tests."),
  };
}

function idxSchema(): JsonObject {
  return {
    images: path("Images as MNIST has them: an IDX file of bytes."),
    labels: path("Their classes: an IDX file of bytes."),
    test_images: path("Images to test with; by default a share of the others."),
    test_labels: path("The classes of test_images."),
    test: testFraction("The share of the images that tests, without test_images."),
  };
}

function path(description: string): JsonObject {
  return {
    description: `${description} Relative to the sweep file, or absolute.`,
    type: "string",
    minLength: 1,
    maxLength: MAX_TEXT_LENGTH,
  };
}

function testFraction(description: string): JsonObject {
  return {
    description,
    type: "number",
    exclusiveMinimum: 0,
    exclusiveMaximum: 1,
    default: DEFAULT_TEST_FRACTION,
  };
}
