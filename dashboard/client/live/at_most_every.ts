/** Many occasions, few acts: what is asked for often is done at most once in a while. */

/** When the next act may begin, and how to wait for that. */
export interface Pace {
  readonly ms: number;
  readonly setTimer: (act: () => void, ms: number) => void;
  readonly now?: () => number;
  /** 0 to 1. Pages that are told at the same moment then do not all ask at the same. */
  readonly random?: () => number;
}

/** A server that takes long to answer is asked seldom: it spends a fifth of its time on us at most. */
const REST = 4;
const JITTER = 0.25;

/**
 * A function that has `act` run soon after it is called, never twice at once, and never within
 * `pace.ms`, or four times as long as the run took, of the end of the run before. Calls in between
 * lead to one more run.
 */
export function atMostEvery(act: () => Promise<void>, pace: Pace): () => void {
  const { ms, setTimer, now = () => performance.now(), random = Math.random } = pace;
  let state: "free" | "busy" | "wanted" = "free";
  const run = async (): Promise<void> => {
    const startedAt = now();
    try {
      await act();
    } finally {
      const rest = Math.max(ms, REST * (now() - startedAt));
      setTimer(() => {
        const isWanted = state === "wanted";
        state = isWanted ? "busy" : "free";
        if (isWanted) run().catch(() => {});
      }, rest * (1 + JITTER * random()));
    }
  };
  return () => {
    if (state !== "free") {
      state = "wanted";
      return;
    }
    state = "busy";
    run().catch(() => {});
  };
}
