/** Work in steps of few milliseconds each: done at once, or with turns for others in between. */
import { othersTurn } from "../waiting.ts";

/** What comes of the last step. */
export type Steps<Result> = Generator<void, Result, void>;

/** Takes all steps. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** Takes all steps; after each of them, whatever is ready has its turn. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  let step = steps.next();
  while (step.done !== true) {
    await othersTurn();
    step = steps.next();
  }
  return step.value;
}
