/**
 * What Optuna reached and took, measured on its master branch of August 2026 with its defaults
 * (multivariate TPE): the best loss over 20 seeds, and the time of an ask and a tell on two cores.
 */

/** A median; with the quartiles around it where they were noted. */
export interface LeaderQuality {
  readonly median: number;
  readonly quartiles?: readonly [lower: number, upper: number] | undefined;
}

type ByTrials = ReadonlyMap<number, LeaderQuality>;

/** The best loss by method, function and number of trials. */
export const LEADER_QUALITY: Readonly<Record<string, Readonly<Record<string, ByTrials>>>> = {
  random: {
    Branin: figures([1.144, 0.562, 1.856], [0.778, 0.534, 1.134], [0.513, 0.437, 0.598]),
    Hartmann6: figures([-1.768], [-2.123], [-2.258]),
    mixed: figures([0.276], [0.232], [0.156]),
  },
  sobol: {
    Branin: figures([1.063, 0.731, 1.566], [0.764, 0.469, 1.052], [0.547, 0.454, 0.721]),
    Hartmann6: figures([-1.837], [-2.03], [-2.516]),
    mixed: figures([0.296], [0.228], [0.149]),
  },
  tpe: {
    Branin: figures([0.507, 0.422, 0.587], [0.417, 0.406, 0.428], [0.401, 0.4, 0.403]),
    Hartmann6: figures([-2.992, -3.079, -2.828], [-3.228, -3.246, -3.146], [
      -3.292,
      -3.302,
      -3.281,
    ]),
    mixed: figures([0.096, 0.02, 0.133], [0.0024, 0.0013, 0.0183], [0.0002]),
  },
};

/** Milliseconds of TPE's ask and tell by the number of parameters and of past trials. */
export const LEADER_LATENCY_MS: ReadonlyMap<number, ReadonlyMap<number, number>> = new Map([
  [4, new Map([[100, 2.3], [1_000, 7.5], [10_000, 66.7], [50_000, 411]])],
  [10, new Map([[100, 3.8], [1_000, 11.4], [10_000, 111]])],
]);

type Figure = readonly [median: number, lower?: number, upper?: number];

function figures(at50: Figure, at100: Figure, at200: Figure): ByTrials {
  const quality = ([median, lower, upper]: Figure): LeaderQuality =>
    lower === undefined || upper === undefined ? { median } : { median, quartiles: [lower, upper] };
  return new Map([[50, quality(at50)], [100, quality(at100)], [200, quality(at200)]]);
}
