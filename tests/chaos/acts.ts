/** What is done to the processes of a sweep, and how it is drawn and told. */
import type { Rng } from "../../core/domain/rng.ts";
import type { Skew } from "./skewed_timers.ts";

/** The worker that holds the pack of the moment's event, or one by its number modulo what there is. */
export type Whom = "holder" | number;

/** One deed to the processes. Whoever is killed or drained is replaced. */
export type Act =
  /** SIGKILL. */
  | { readonly kind: "killWorker"; readonly whom: Whom }
  /** SIGTERM. */
  | { readonly kind: "drainWorker"; readonly whom: Whom }
  /** SIGSTOP and, later, SIGCONT: for more than a lease, it comes back as a zombie. */
  | { readonly kind: "freezeWorker"; readonly whom: Whom; readonly forMs: number }
  | { readonly kind: "killCoordinator" }
  | { readonly kind: "drainCoordinator" }
  /** SIGSTOP and SIGCONT; in the meantime another one takes the sweep over, or nobody does. */
  | { readonly kind: "freezeCoordinator"; readonly forMs: number; readonly isReplaced: boolean }
  /** Another one while the first lives. */
  | { readonly kind: "secondCoordinator" }
  /** SIGKILL, then a new one on the same port and store. */
  | { readonly kind: "killServer"; readonly forMs: number }
  /** SIGSTOP and SIGCONT: it answers nobody, and no connection ends. */
  | { readonly kind: "freezeServer"; readonly forMs: number }
  /** Stopped nine tenths of the time, as one whose disk is slow. */
  | { readonly kind: "slowServer"; readonly forMs: number }
  /** A cable is cut: bytes are held back, or connections closed. The others reach the server. */
  | {
    readonly kind: "cut";
    readonly whose: "workers" | "coordinators";
    readonly how: "stall" | "sever";
    readonly forMs: number;
  }
  /** SIGKILL to everybody, the server too; then all of them again. */
  | { readonly kind: "killAll" }
  /** The same lease in the queue twice more. */
  | { readonly kind: "repeatLease"; readonly pack: number }
  /** A clock is set, or runs at another speed from here on. */
  | { readonly kind: "skewClock"; readonly of: Whom | "coordinator"; readonly skew: Skew };

/** The name of an act. */
export type ActKind = Act["kind"];

type Draw = (rng: Rng, leaseMs: number) => Act;

/** Every act, in the order in which the draw counts them. */
const DRAWS: readonly Draw[] = [
  (rng) => ({ kind: "killWorker", whom: whom(rng) }),
  (rng, leaseMs) => ({ kind: "freezeWorker", whom: whom(rng), forMs: aroundLease(rng, leaseMs) }),
  () => ({ kind: "killCoordinator" }),
  (rng) => ({ kind: "killServer", forMs: 50 + rng.below(1_500) }),
  (rng, leaseMs) => ({
    kind: "cut",
    whose: "workers",
    how: rng.below(2) === 0 ? "stall" : "sever",
    forMs: aroundLease(rng, leaseMs),
  }),
  () => ({ kind: "secondCoordinator" }),
  (rng) => ({ kind: "drainWorker", whom: whom(rng) }),
  (rng) => ({ kind: "repeatLease", pack: rng.below(8) }),
  (rng, leaseMs) => ({
    kind: "freezeCoordinator",
    forMs: aroundLease(rng, leaseMs),
    isReplaced: rng.below(2) === 0,
  }),
  () => ({ kind: "drainCoordinator" }),
  (rng, leaseMs) => ({
    kind: "cut",
    whose: "coordinators",
    how: rng.below(2) === 0 ? "stall" : "sever",
    forMs: aroundLease(rng, leaseMs),
  }),
  (rng, leaseMs) => ({ kind: "freezeServer", forMs: aroundLease(rng, leaseMs) }),
  (rng, leaseMs) => ({ kind: "slowServer", forMs: aroundLease(rng, leaseMs) }),
  () => ({ kind: "killAll" }),
];

/** What only the light processes let be done to them. */
const LIGHT_DRAWS: readonly Draw[] = [
  ...DRAWS,
  (rng) => ({ kind: "skewClock", of: whom(rng), skew: drawSkew(rng) }),
  (rng) => ({ kind: "skewClock", of: "coordinator", skew: drawSkew(rng) }),
];

/** How many kinds of deeds there are to draw from. */
export function drawCount(options: { readonly isLight: boolean }): number {
  return drawsOf(options).length;
}

/** The n-th kind of deed, with everything else of it drawn. */
export function drawAct(
  rng: Rng,
  n: number,
  options: { readonly isLight: boolean; readonly leaseMs: number },
): Act {
  const draw = drawsOf(options)[n];
  if (draw === undefined) throw new RangeError(`Cannot draw deed ${n}: there is no such kind`);
  return draw(rng, options.leaseMs);
}

/** An act in a few words. */
export function describeAct(act: Act): string {
  switch (act.kind) {
    case "killWorker":
    case "drainWorker":
      return `${act.kind} ${act.whom}`;
    case "freezeWorker":
      return `freezeWorker ${act.whom} for ${act.forMs} ms`;
    case "freezeCoordinator":
      return `freezeCoordinator for ${act.forMs} ms${act.isReplaced ? ", replaced" : ""}`;
    case "killServer":
    case "freezeServer":
    case "slowServer":
      return `${act.kind} for ${act.forMs} ms`;
    case "cut":
      return `${act.how} the ${act.whose}' cable for ${act.forMs} ms`;
    case "repeatLease":
      return `repeatLease of pack ${act.pack}`;
    case "skewClock": {
      const { skew } = act;
      const how = skew.kind === "jump" ? `jumps by ${skew.ms} ms` : `runs ${skew.factor} times`;
      return `the clock of ${act.of} ${how}`;
    }
    case "killCoordinator":
    case "drainCoordinator":
    case "secondCoordinator":
    case "killAll":
      return act.kind;
    default:
      return act satisfies never;
  }
}

function drawsOf({ isLight }: { readonly isLight: boolean }): readonly Draw[] {
  return isLight ? LIGHT_DRAWS : DRAWS;
}

function whom(rng: Rng): Whom {
  const n = rng.below(6);
  return n < 3 ? n : "holder";
}

/** Half of them shorter than a lease, half of them longer. */
function aroundLease(rng: Rng, leaseMs: number): number {
  return rng.below(2) === 0
    ? Math.round(0.1 * leaseMs) + rng.below(Math.round(0.6 * leaseMs))
    : Math.round(1.2 * leaseMs) + rng.below(leaseMs);
}

function drawSkew(rng: Rng): Skew {
  if (rng.below(2) === 0) return { kind: "rate", factor: [0.25, 0.5, 2, 4][rng.below(4)] ?? 2 };
  const ms = 10 ** (2 + rng.below(5)) * (1 + rng.below(9));
  return { kind: "jump", ms: rng.below(2) === 0 ? ms : -ms };
}
