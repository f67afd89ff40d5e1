/** `replicates` in a sweep file: a number for all configurations, or a race that decides. */
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import type { RacingPolicy } from "../../core/domain/race.ts";
import { RACING, REPLICATES } from "./format.ts";
import type { MapReader } from "./map_reader.ts";

/** As a specification has it; no race where the number is fixed. */
export type Replicates = Pick<SweepSpec, "replicates"> & { readonly racing: RacingPolicy | null };

const EXAMPLE = "{ auto: { start: 3, max: 20 } }";
const MUST = `one integer from ${REPLICATES.min} to ${REPLICATES.max}, auto or ${EXAMPLE}`;

/** Reads `replicates: 5`, `replicates: auto` or `replicates: { auto: { start: 3, max: 20 } }`. */
export function readReplicates(sweep: MapReader): Replicates {
  const fixed = { replicates: REPLICATES.default, racing: null };
  const node = sweep.get("replicates");
  if (node === undefined) return fixed;
  if (node.kind === "map") {
    const shape = { keys: ["auto"], example: EXAMPLE };
    const reader = sweep.map("replicates", shape);
    if (reader !== null && reader.get("auto") === undefined) {
      reader.refuseSelf(`found no auto, it must be ${EXAMPLE}`);
    }
    const auto = reader?.map("auto", { keys: ["start", "max"], example: "{ start: 3, max: 20 }" });
    return auto ? readRace(auto) : fixed;
  }
  const value = node.kind === "scalar" ? node.value : null;
  if (value === "auto") return race(RACING.start.default, RACING.max.default);
  if (
    typeof value === "number" && Number.isSafeInteger(value) && value >= REPLICATES.min &&
    value <= REPLICATES.max
  ) return { replicates: value, racing: null };
  sweep.refuseValue("replicates", node, MUST);
  return fixed;
}

function readRace(auto: MapReader): Replicates {
  const start = auto.integer("start", RACING.start) ?? RACING.start.default;
  const max = auto.integer("max", RACING.max) ?? Math.max(start, RACING.max.default);
  if (max < start) {
    auto.refuse("max", `found ${max}, it must be at least start, which is ${start}`);
  }
  return race(start, max);
}

function race(start: number, max: number): Replicates {
  return { replicates: start, racing: { max } };
}
