/** What a completed trial leaves behind besides its metrics: confusions, mistakes, pictures. */
import type { ConfusionMatrix } from "./classification_report.ts";
import type { TaskKind } from "./task_kind.ts";

/** How many mistakes are kept as the most confident ones of all. */
export const SUREST_KEPT = 12;
/** How many are kept at most: those, and one of each further confusion. */
export const MISTAKES_KEPT = 24;

/** An image as its dataset holds it. */
export interface RawImage {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 3: red, green, blue. */
  readonly channels: 1 | 3;
  /** `height × width × channels` bytes, row by row, channels together, in base64. */
  readonly data: string;
}

/** A test example that was classified wrongly. */
export interface Mistake {
  /** Its place in the test split. */
  readonly index: number;
  /** Class numbers. */
  readonly actual: number;
  readonly predicted: number;
  /** The probability that was given to the wrong class, in [0, 1]. */
  readonly confidence: number;
  /** −log of the probability that was given to the right class, in nats; null: it was not kept. */
  readonly loss: number | null;
  /** What it looks like; null where examples are no images. */
  readonly image: RawImage | null;
}

/** How many training images of a class are kept. */
export const SAMPLES_PER_CLASS = 5;

/** Classes of which images are kept, the first ones. */
export const CLASSES_SAMPLED = 20;

/** A training image, to show what the data look like. */
export interface SampleImage {
  /** Its place in the training split. */
  readonly index: number;
  /** The number of its class. */
  readonly label: number;
  readonly image: RawImage;
}

/** So many training examples are counted; of more an even selection. */
export const TRAIN_EXAMPLES_SCORED = 4000;

/** Confusion matrices of the splits, `confusion[actual][predicted]`. */
export interface SplitConfusions {
  /** All training examples, or `TRAIN_EXAMPLES_SCORED` of them, by the network as it is at the end. */
  readonly train: ConfusionMatrix;
  readonly validation: ConfusionMatrix;
  readonly test: ConfusionMatrix;
}

/** Values of one feature at equal distances, `count` of them from `min` to `max`. */
export interface GridAxis {
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** The probability of class 1 over a surface's plane after an epoch, in three decimals. */
export interface SurfaceSnapshot {
  readonly epoch: number;
  /** Places along each axis; they need not be as many as those of the result. */
  readonly side: number;
  /** `side²` of them, row by row from the lowest y. */
  readonly values: readonly number[];
}

/** What a network of one or two inputs has learned, as a picture. */
export type TaskPicture =
  /** Two inputs: the probability of class 1 over the plane, row by row from the lowest y. */
  | {
    readonly kind: "surface";
    readonly x: GridAxis;
    readonly y: GridAxis;
    readonly values: readonly number[];
    /** Test examples. */
    readonly points: readonly { readonly x: number; readonly y: number; readonly label: number }[];
    /** After how many epochs that is the result; null: it was not kept. */
    readonly epoch: number | null;
    /** The surface on the way, oldest first, the result not among them; empty where none were kept. */
    readonly snapshots: readonly SurfaceSnapshot[];
  }
  /** One input: the fitted curve as training went on. */
  | {
    readonly kind: "curve";
    readonly x: readonly number[];
    /** The function without noise, at the same places; null where nobody knows it. */
    readonly truth: readonly number[] | null;
    /** Training examples. */
    readonly points: readonly { readonly x: number; readonly y: number }[];
    /** The fit after so many epochs, oldest first; the last one is the result. */
    readonly snapshots: readonly { readonly epoch: number; readonly y: readonly number[] }[];
  };

/** The file that a completed trial leaves in the artifact store. */
export interface TrialResult {
  readonly v: 1;
  readonly kind: TaskKind;
  /** Empty for regression. */
  readonly classes: readonly string[];
  /** Null for regression. */
  readonly confusions: SplitConfusions | null;
  /**
   * Most confident first, at most {@link MISTAKES_KEPT}: the {@link SUREST_KEPT} most confident ones
   * of all, and the most confident one of each confusion of two classes that is not among them.
   */
  readonly mistakes: readonly Mistake[];
  /**
   * By class, at most {@link SAMPLES_PER_CLASS} of each; empty where examples are no images. Of trials
   * that end in one pack the one with the lowest number has them: a sweep's data are those of all.
   */
  readonly samples: readonly SampleImage[];
  readonly picture: TaskPicture | null;
}
