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

export const sweepIdSchema: z.ZodType<SweepId> = admitted(z.string(), parseSweepId);
export const workerIdSchema: z.ZodType<WorkerId> = admitted(z.string(), parseWorkerId);
export const trialIdSchema: z.ZodType<TrialId> = admitted(z.number(), parseTrialId);
export const configurationIdSchema: z.ZodType<ConfigurationId> = admitted(
  z.number(),
  parseConfigurationId,
);
export const packIdSchema: z.ZodType<PackId> = admitted(z.number(), parsePackId);
export const attemptSchema: z.ZodType<Attempt> = admitted(z.number(), parseAttempt);
export const epochSchema: z.ZodType<Epoch> = admitted(z.number(), epoch);
export const instantSchema: z.ZodType<Instant> = admitted(z.number(), instant);
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
