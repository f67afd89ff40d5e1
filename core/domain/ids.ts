/** Identities: sweeps, trials, packs, workers. They become NATS subject tokens and URL parts. */
import type { Brand } from "./brand.ts";

/** A sweep's id, unique in its home: a subject token and a path segment. */
export type SweepId = Brand<string, "SweepId">;
/** A trial's number within its sweep, from 0, in the order in which it was asked for. */
export type TrialId = Brand<number, "TrialId">;
/** A configuration's number within its sweep, from 0: trials of one configuration are replicates. */
export type ConfigurationId = Brand<number, "ConfigurationId">;
/** A pack's number within its sweep, from 0. */
export type PackId = Brand<number, "PackId">;
/** A worker process's id, unique over all hosts: a KV key and a subject token. */
export type WorkerId = Brand<string, "WorkerId">;
/** A granted claim on a pack, numbered from 1: the fencing token. */
export type Attempt = Brand<number, "Attempt">;

const TOKEN_REGEXP = /^[A-Za-z0-9_-]{1,64}$/;

function parseToken(text: string, what: string): string {
  if (!TOKEN_REGEXP.test(text)) {
    throw new SyntaxError(
      `Cannot parse ${what} "${text.slice(0, 80)}": it must match ${TOKEN_REGEXP}`,
    );
  }
  return text;
}

function parseCount(value: number, what: string, least: number): number {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`Cannot parse ${what} ${value}: it must be an integer >= ${least}`);
  }
  return value;
}

/** @throws {SyntaxError} If the text is no subject token of at most 64 characters. */
export function parseSweepId(text: string): SweepId {
  return parseToken(text, "sweep id") as SweepId;
}

/** @throws {SyntaxError} If the text is no subject token of at most 64 characters. */
export function parseWorkerId(text: string): WorkerId {
  return parseToken(text, "worker id") as WorkerId;
}

/** @throws {RangeError} If the number is not an integer >= 0. */
export function parseTrialId(value: number): TrialId {
  return parseCount(value, "trial id", 0) as TrialId;
}

/** @throws {RangeError} If the number is not an integer >= 0. */
export function parseConfigurationId(value: number): ConfigurationId {
  return parseCount(value, "configuration id", 0) as ConfigurationId;
}

/** @throws {RangeError} If the number is not an integer >= 0. */
export function parsePackId(value: number): PackId {
  return parseCount(value, "pack id", 0) as PackId;
}

/** @throws {RangeError} If the number is not an integer >= 1. */
export function parseAttempt(value: number): Attempt {
  return parseCount(value, "attempt", 1) as Attempt;
}
