/** Many occasions, few acts: what is asked for often is done at most once in a while. */

/** When the next act may begin, and how to wait for that. */
export interface Pace {
  readonly ms: number;
  readonly setTimer: (act: () => void, ms: number) => void;
}

/**
 * A function that has `act` run soon after it is called, never twice at once, and never within
 * `pace.ms` of the end of the run before. Calls in between lead to one more run.
 */
export function atMostEvery(act: () => Promise<void>, { ms, setTimer }: Pace): () => void {
  let state: "free" | "busy" | "wanted" = "free";
  const run = async (): Promise<void> => {
    try {
      await act();
    } finally {
      setTimer(() => {
        const isWanted = state === "wanted";
        state = isWanted ? "busy" : "free";
        if (isWanted) run().catch(() => {});
      }, ms);
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
