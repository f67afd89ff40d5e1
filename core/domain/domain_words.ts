/** Domains and conditions in words, for reports and messages. */
import type { Condition, ParameterDomain } from "./search_space.ts";

/** Which values a parameter may take. */
export function describeDomain(domain: ParameterDomain): string {
  switch (domain.kind) {
    case "values": {
      const { values, probabilities } = domain;
      return probabilities === undefined
        ? values.map(String).join(", ")
        : values.map((value, i) => `${value} (${share(probabilities[i] ?? 0)})`).join(", ");
    }
    case "int":
      return `integers from ${domain.min} to ${domain.max}${manner(domain)}`;
    case "float":
      return `from ${domain.min} to ${domain.max}${manner(domain)}`;
    case "normal":
      return `${domain.scale === "log" ? "log-normal" : "normal"}, ` +
        `mean ${domain.mean}, standard deviation ${domain.sd}` +
        (domain.step === undefined ? "" : `, in steps of ${domain.step}`);
    default:
      return domain satisfies never;
  }
}

/** What another parameter must be. */
export function describeCondition({ parameter, test }: Condition): string {
  if (test.kind === "in") {
    return test.values.length === 1
      ? `${parameter} is ${test.values[0]}`
      : `${parameter} is one of ${test.values.join(", ")}`;
  }
  if (test.min === null) return `${parameter} <= ${test.max}`;
  if (test.max === null) return `${parameter} >= ${test.min}`;
  return `${test.min} <= ${parameter} <= ${test.max}`;
}

function manner(
  { scale, step }: { readonly scale: "linear" | "log"; readonly step?: number | undefined },
): string {
  return (step === undefined ? "" : `, in steps of ${step}`) +
    (scale === "log" ? ", evenly in ratios" : "");
}

function share(probability: number): string {
  return `${Number((100 * probability).toPrecision(3))} %`;
}
