/** Which parameters have an order that a distance can follow. */
import type { ParameterDomain } from "../../../core/domain/search_space.ts";

/**
 * Whether nearby coordinates of the unit cube give values that are alike: numbers, lists of numbers in
 * order, and whatever has two values only.
 */
export function isOrdered(domain: ParameterDomain): boolean {
  if (domain.kind !== "values" || domain.values.length <= 2) return true;
  const { values } = domain;
  if (!values.every((value) => typeof value === "number")) return false;
  const directions = values.slice(1).map((value, i) => Math.sign(value - (values[i] ?? value)));
  return directions.every((direction) => direction !== 0 && direction === directions[0]);
}
