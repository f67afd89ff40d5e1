/** Saves a chart as PNG, SVG or CSV: works on every `section.chart` that has a menu. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { say } from "../keyboard/say.ts";
import { sweepOfPath } from "../keyboard/shortcuts.ts";
import { figureSvg } from "./figure_svg.ts";
import { tablesToCsv } from "./table_csv.ts";

/** A picture has twice the page's pixels, as far as a canvas can be so large. */
const SCALE = 2;
const LONGEST_SIDE = 16_000;
const MOST_PIXELS = 120_000_000;

/** Begins to listen to the menus. */
export function startChartExport(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(".chart-menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
    const button = target?.closest<HTMLElement>("button[data-export]");
    const card = button?.closest<HTMLElement>("section.chart");
    if (!button || !card) return;
    const menu = button.closest<HTMLDetailsElement>("details");
    save(card, button.dataset["export"] ?? "").then(
      (name) => say(`Saved ${name}`),
      (error) => say(`Not saved: ${error instanceof Error ? error.message : String(error)}`),
    );
    if (menu === null) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

async function save(card: HTMLElement, format: string): Promise<string> {
  const name = `${fileStem(card)}.${format}`;
  const blob = format === "csv"
    ? await csvOf(card)
    : format === "svg"
    ? svgBlob(figureSvg(card, stillsOf(card)).svg)
    : await pngOf(card);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return name;
}

function fileStem(card: HTMLElement): string {
  const parts = [sweepOfPath(location.pathname) ?? "trawl", card.id || "chart"];
  return parts.join("-").replaceAll(/[^\w.-]+/g, "_").slice(0, 120);
}

function svgBlob(svg: SVGSVGElement): Blob {
  const text = new XMLSerializer().serializeToString(svg);
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}`], { type: "image/svg+xml" });
}

/**
 * A canvas has no lines to write out: whatever draws on one is asked for a picture of the same.
 * They are put into the page for a moment, so that its styles hold for them.
 */
function stillsOf(card: HTMLElement): readonly SVGElement[] {
  if (card.querySelector("canvas") === null) return [];
  const host = document.createElement("div");
  host.className = "export-stills";
  card.append(host);
  card.dispatchEvent(new CustomEvent("trawl:still", { detail: host, bubbles: true }));
  setTimeout(() => host.remove());
  return [...host.querySelectorAll<SVGElement>("svg.plot")];
}

async function pngOf(card: HTMLElement): Promise<Blob> {
  const { svg, width, height, canvases } = figureSvg(card);
  const scale = Math.min(
    SCALE,
    LONGEST_SIDE / Math.max(width, height),
    Math.sqrt(MOST_PIXELS / (width * height)),
  );
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser draws no pictures");
  context.scale(scale, scale);
  const url = URL.createObjectURL(svgBlob(svg));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    context.drawImage(image, 0, 0, width, height);
  } finally {
    URL.revokeObjectURL(url);
  }
  for (const { canvas: own, box } of canvases) {
    context.drawImage(own, box.x, box.y, box.width, box.height);
  }
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => blob === null ? reject(new Error("it is too large")) : resolve(blob))
  );
}

async function csvOf(card: HTMLElement): Promise<Blob> {
  const { csv } = card.dataset;
  if (csv !== undefined) {
    const url = new URL(csv, location.href);
    const response = await fetch(url);
    if (url.origin !== location.origin || !response.ok) throw new Error("the server has no table");
    return await response.blob();
  }
  const tables = [...card.querySelectorAll("table")].map((table) => ({
    caption: table.caption?.textContent ?? "",
    rows: [...table.rows].map((row) => [...row.cells].map((cell) => textOf(cell))),
  }));
  if (tables.length === 0) throw new Error("this chart has no table");
  return new Blob([tablesToCsv(tables)], { type: "text/csv;charset=utf-8" });
}

function textOf(cell: Element): string {
  return cell.textContent?.replaceAll(/\s+/g, " ").trim() ?? "";
}
