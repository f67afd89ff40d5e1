/** The choice of a chart's two parameters; everything else of the address stays as it is. */
import type { VNode } from "preact";
import { numericAxis } from "../../state/parameters_axes.ts";
import type { ParametersSnapshot } from "./parameters_model.ts";

/** A side: its name in the address, what it is called, and what is chosen. */
export type PairSide = readonly [key: string, label: string, chosen: string];

/** The form. */
export function PairForm(
  { page: { facts: { sweep }, query, axes }, chart, sides }: {
    readonly page: ParametersSnapshot;
    /** Where the page is looked at afterwards; a contour has parameters with numbers alone. */
    readonly chart: "heat-map" | "contour";
    readonly sides: readonly PairSide[];
  },
): VNode {
  const keys = sides.map(([key]) => key);
  const others = [...new URLSearchParams(query)].filter(([name]) => !keys.includes(name));
  const names = axes.filter((axis) => chart === "heat-map" || numericAxis(axis) !== null)
    .map(({ name }) => name);
  return (
    <form class="pair" method="get" action={`/s/${sweep}/params#${chart}`} data-auto-submit>
      {others.map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      {sides.map(([key, label, chosen]) => (
        <label key={key}>
          {label}
          <select name={key}>
            {names.map((name) => (
              <option key={name} value={name} selected={name === chosen}>{name}</option>
            ))}
          </select>
        </label>
      ))}
      <button class="button" type="submit">Show</button>
    </form>
  );
}
