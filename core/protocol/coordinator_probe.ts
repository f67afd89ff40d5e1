/** Is anybody coordinating a sweep? Asked of whoever answers for it. */
import type { SweepId } from "../domain/ids.ts";
import { type Milliseconds, milliseconds } from "../domain/units.ts";
import {
  type ApiClient,
  ApiRefusedError,
  ApiTimeoutError,
  CoordinatorAbsentError,
  type Waiting,
} from "./ports.ts";

/** Who is there. */
export type CoordinatorProbe =
  | { readonly kind: "present"; readonly coordinator: string }
  | { readonly kind: "absent" }
  /** Somebody listens and does not answer, as when frozen; or the server tells nobody who listens. */
  | { readonly kind: "silent" };

/** A coordinator answers at once, unless its machine is very busy: then it must not be taken for dead. */
const ANSWER_WITHIN: Milliseconds = milliseconds(5_000);
/** For readers, who only show what they find. */
export const GLANCE: Milliseconds = milliseconds(2_000);

/** @throws {Error} If the question cannot be sent, and the signal's reason, if it aborts first. */
export async function probeCoordinator(
  api: ApiClient,
  sweep: SweepId,
  options: Waiting & { readonly timeoutMs?: Milliseconds } = {},
): Promise<CoordinatorProbe> {
  const asking = { timeoutMs: ANSWER_WITHIN, ...options };
  try {
    const { coordinator } = await api.request("ping", { v: 1, sweep }, asking);
    return { kind: "present", coordinator };
  } catch (error) {
    if (error instanceof CoordinatorAbsentError) return { kind: "absent" };
    if (error instanceof ApiTimeoutError) return { kind: "silent" };
    // One of another version, which does not know the question, is there all the same.
    if (error instanceof ApiRefusedError) return { kind: "present", coordinator: "unknown" };
    throw error;
  }
}
