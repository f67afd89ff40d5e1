/** Parameters that are normally distributed: `mu` and `sigma`, of the number or of its logarithm. */
import {
  describeRule,
  type ParameterRule,
  satisfiesRule,
} from "../../core/domain/mlp_parameters.ts";
import type { NormalDomain, ParameterDomain } from "../../core/domain/search_space.ts";
import { valueAt } from "../../core/domain/space_codec.ts";
import { NUMBER_DISTRIBUTIONS, type NumberDistribution, STANDARD_NORMAL } from "./domain_format.ts";
import type { MapReader } from "./map_reader.ts";
import { readStep } from "./read_step.ts";

/** The distribution that the map describes; null after its problems went to the log. */
export function readNormal(
  reader: MapReader,
  { rule, distribution }: {
    readonly rule: ParameterRule;
    readonly distribution: NumberDistribution;
  },
): ParameterDomain | null {
  if (rule.kind === "choice") {
    const list = `{ values: [${rule.choices.join(", ")}] }`;
    reader.refuseSelf(`found a distribution of numbers, it must be a list: ${list}`);
    return null;
  }
  const isInteger = rule.kind === "int";
  const step = readStep(reader, { distribution, isInteger });
  const mean = readNumber(reader, "mu", { fallback: STANDARD_NORMAL.mean, isPositive: false });
  const sd = readNumber(reader, "sigma", { fallback: STANDARD_NORMAL.sd, isPositive: true });
  if (step === undefined || mean === null || sd === null) return null;
  if (isInteger && step === null) {
    reader.refuseSelf("found real numbers, it must be q_normal or q_log_normal: it is an integer");
    return null;
  }
  const { scale } = NUMBER_DISTRIBUTIONS[distribution];
  const domain: NormalDomain = {
    kind: "normal",
    scale,
    mean,
    sd,
    ...(step === null ? {} : { step: step.size }),
  };
  return staysInside(reader, { domain, rule }) ? domain : null;
}

function readNumber(
  reader: MapReader,
  key: "mu" | "sigma",
  { fallback, isPositive }: { readonly fallback: number; readonly isPositive: boolean },
): number | null {
  if (reader.get(key) === undefined) return fallback;
  return reader.number(key, {
    admits: (value) => Number.isFinite(value) && (!isPositive || value > 0),
    must: isPositive ? "a number > 0" : "a number",
  });
}

/** Whether everything that can be drawn is a value of the parameter: there are no bounds to cut it. */
function staysInside(
  reader: MapReader,
  { domain, rule }: { readonly domain: NormalDomain; readonly rule: ParameterRule },
): boolean {
  const isLog = domain.scale === "log" && domain.step === undefined;
  const outside = [0, 1].map((u) => valueAt(domain, u))
    // Where the logarithm's inverse comes out as 0, there is none of it any more.
    .find((end) => !satisfiesRule(rule, end) || isLog && end === 0);
  if (outside === undefined) return true;
  reader.refuseSelf(
    `found a distribution that reaches ${Number(Number(outside).toPrecision(4))} ` +
      `(8 standard deviations off), it must stay ${
        isLog && outside === 0 ? "> 0" : describeRule(rule)
      }: use a smaller sigma or a range`,
  );
  return false;
}
