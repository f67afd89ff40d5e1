/** Schemas of ids and units: what they admit is what the domain's own parsers admit. */
import { z } from "zod";
import {
  type Attempt,
  type ConfigurationId,
  type PackId,
  parseAttempt,
  parseConfigurationId,
  parsePackId,
  parseSweepId,
  parseTrialId,
  parseWorkerId,
  type SweepId,
  type TrialId,
  type WorkerId,
} from "../domain/ids.ts";
import {
  type Epoch,
  epoch,
  type Instant,
  instant,
  type Milliseconds,
  milliseconds,
} from "../domain/units.ts";

/** A sweep id: one subject token. */
export const sweepIdSchema: z.ZodType<SweepId> = admitted(z.string(), parseSweepId);
/** A worker id: one subject token. */
export const workerIdSchema: z.ZodType<WorkerId> = admitted(z.string(), parseWorkerId);
/** A trial id: an integer from 0. */
export const trialIdSchema: z.ZodType<TrialId> = admitted(z.number(), parseTrialId);
/** A configuration id: an integer from 0. */
export const configurationIdSchema: z.ZodType<ConfigurationId> = admitted(
  z.number(),
  parseConfigurationId,
);
/** A pack id: an integer from 0. */
export const packIdSchema: z.ZodType<PackId> = admitted(z.number(), parsePackId);
/** An attempt: an integer from 1. */
export const attemptSchema: z.ZodType<Attempt> = admitted(z.number(), parseAttempt);
/** A count of finished epochs. */
export const epochSchema: z.ZodType<Epoch> = admitted(z.number(), epoch);
/** Milliseconds since 1970. */
export const instantSchema: z.ZodType<Instant> = admitted(z.number(), instant);
/** A duration in milliseconds, from 0. */
export const millisecondsSchema: z.ZodType<Milliseconds> = admitted(z.number(), milliseconds);

/** A number from 0 that counts something. */
export const countSchema: z.ZodType<number> = z.int().min(0);
/** A number from 1 that counts something. */
export const positiveSchema: z.ZodType<number> = z.int().min(1);

/** The base schema, narrowed to what `parse` accepts without a throw and returns unchanged. */
function admitted<Base extends string | number, T extends Base>(
  base: z.ZodType<Base>,
  parse: (value: Base) => T,
): z.ZodType<T> {
  const accepts = (value: Base): value is T => {
    try {
      return parse(value) === value;
    } catch {
      // The parser's own words name a value, not a field; the path says more.
      return false;
    }
  };
  return base.refine(accepts, { error: "value out of range" }) as unknown as z.ZodType<T>;
}
