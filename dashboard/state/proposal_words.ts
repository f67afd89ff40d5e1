/** Why a configuration was tried, in words that need no knowledge of the sampler. */
import type { ProposalNote } from "../../core/domain/observation.ts";
import { formatCount, formatValue } from "../client/parts/format.ts";

/** What a sampler had seen: the other facts are its own numbers. */
const SEEN: readonly string[] = ["completed", "stopped", "pending"];
const SEEN_WORDS: Readonly<Record<string, string>> = { pending: "on their way" };

/** Such as `by tpe, from 12 completed and 3 stopped (below 5, acquisition 6.1)`. */
export function describeProposal({ sampler, facts }: ProposalNote): string {
  if (sampler === "manual") {
    return `by hand${facts["by"] === undefined ? "" : `: ${facts["by"]}`}`;
  }
  const seen = SEEN.flatMap((name) => {
    const count = facts[name];
    return typeof count === "number" && count > 0
      ? [`${formatCount(count)} ${SEEN_WORDS[name] ?? name}`]
      : [];
  });
  const own = Object.entries(facts)
    .filter(([name, value]) =>
      !SEEN.includes(name) && (name !== "startup" || typeof value === "number")
    )
    .map(([name, value]) => `${name} ${formatValue(value)}`);
  const from = facts["startup"] === "yes"
    ? ", spread evenly before it learns"
    : seen.length === 0
    ? ""
    : `, from ${listed(seen)}`;
  return `by ${sampler}${from}${own.length === 0 ? "" : ` (${own.join(", ")})`}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
