/** The part of the JSON Schema that describes `early_terminate`. */
import { closedObject, integer, type JsonObject } from "./json_schema_parts.ts";
import {
  ASHA_VARIANTS,
  ETA,
  MIN_EPOCHS,
  MIN_TRIALS,
  PATIENCE,
  POSITIVE,
  SCHEDULER_KEYS,
  SCHEDULER_TYPES,
  WANDB_BRACKETS,
} from "./scheduler_format.ts";

/** `early_terminate`, a form for each type; `hyperband` has W&B's own beside ours. */
export function schedulerSchema(): JsonObject {
  const forms = SCHEDULER_TYPES.map((type) =>
    closedObject(
      {
        type: { const: type },
        ...Object.fromEntries(SCHEDULER_KEYS[type].map((key) => [key, keySchema(key)])),
      },
      ["type"],
    )
  );
  return {
    description: "Which trials go on, and until when; by default all train to their end.",
    anyOf: [...forms, ...wandbForms()],
  };
}

function keySchema(key: string): JsonObject {
  return KEYS[key] ?? {};
}

const KEYS: Readonly<Record<string, JsonObject>> = {
  variant: {
    description: "promotion: trials pause at rungs, and the best go on. stopping: they run on.",
    enum: ASHA_VARIANTS,
  },
  min_epochs: integer("Nothing is decided before so many epochs.", MIN_EPOCHS),
  eta: integer("Of so many trials one goes on.", ETA),
  min_trials: integer("Nor before so many others have got as far.", MIN_TRIALS),
  interval: integer("Epochs between two looks.", POSITIVE),
  quantile: {
    description: "The share at the bottom that copies the share at the top.",
    type: "number",
    exclusiveMinimum: 0,
    maximum: 0.5,
  },
  resample: {
    description: "How often a parameter is drawn anew instead of perturbed.",
    type: "number",
    minimum: 0,
    maximum: 1,
  },
  factors: {
    description: "What a number is multiplied with, each equally likely.",
    type: "array",
    items: { type: "number", exclusiveMinimum: 0 },
    minItems: 1,
    maxItems: 100,
  },
  patience: integer("Epochs without improvement.", PATIENCE),
  min_delta: {
    description: "What counts as one, in the metric's unit.",
    type: "number",
    minimum: 0,
  },
};

function wandbForms(): readonly JsonObject[] {
  const common = {
    type: { const: "hyperband" },
    eta: integer("", ETA),
    strict: { type: "boolean" },
  };
  const s = integer("The number of bands.", WANDB_BRACKETS);
  return [
    closedObject(
      { ...common, min_iter: integer("The first band, in epochs.", POSITIVE), s },
      ["type", "min_iter"],
    ),
    closedObject(
      { ...common, max_iter: integer("The epochs of a whole trial.", POSITIVE), s },
      ["type", "max_iter", "s"],
    ),
  ];
}
