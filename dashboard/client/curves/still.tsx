/** A still picture of what a live chart of lines shows at present, for whoever saves it. */
/// <reference lib="dom" />
import { render } from "preact";
import { useEffect } from "preact/hooks";
import type { DrawnView } from "./lines_axes.ts";
import { LinesPlot } from "./lines_plot.tsx";

/** Draws into whatever element `trawl:still` brings to a card that the chart stands in. */
export function useStill(
  host: { readonly current: Element | null },
  latest: { readonly current: { readonly view: DrawnView } },
): void {
  useEffect(() => {
    const onStill = (event: Event): void => {
      const into: unknown = event instanceof CustomEvent ? event.detail : null;
      const { target } = event;
      if (!(into instanceof Element && target instanceof Node && target.contains(host.current))) {
        return;
      }
      const place = document.createElement("div");
      into.append(place);
      render(<LinesPlot view={latest.current.view} label="" />, place);
    };
    document.addEventListener("trawl:still", onStill);
    return () => document.removeEventListener("trawl:still", onStill);
  }, []);
}
