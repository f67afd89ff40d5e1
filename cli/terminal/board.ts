/** The terminal board as lines: a pure picture of its model, at any size. */
import { renderTable } from "../tables/table.ts";
import type { BoardModel, BoardWorker } from "./board_model.ts";
import {
  clockTime,
  confidence,
  count,
  counted,
  objective,
  parameterValue,
  rate,
} from "../../core/views/quantities.ts";
import { STATUS_LOOKS, statusBar } from "./status_bar.ts";
import { ellipsisFor, type Line, renderLine, type Span, type Style } from "./style.ts";
import { displayWidth } from "./text.ts";

/** What the terminal can show. */
export interface BoardOptions {
  readonly width: number;
  /** Lines at most. */
  readonly height: number;
  readonly color: boolean;
  readonly unicode: boolean;
}

/** How much of the board is shown; less where the terminal is low. */
interface Layout {
  readonly top: number;
  readonly workers: number;
  readonly hasGaps: boolean;
}

const LAYOUTS: readonly Layout[] = [
  { top: 5, workers: 8, hasGaps: true },
  { top: 5, workers: 4, hasGaps: true },
  { top: 5, workers: 4, hasGaps: false },
  { top: 3, workers: 1, hasGaps: false },
  { top: 1, workers: 0, hasGaps: false },
];

const STATE_STYLES: Readonly<Record<BoardModel["state"], Style>> = {
  running: "cyan",
  paused: "yellow",
  completed: "green",
  failed: "red",
  cancelled: "dim",
};

/** The board, at most `width` cells wide and `height` lines high. */
export function renderBoard(model: BoardModel, options: BoardOptions): readonly string[] {
  const { width, height } = options;
  if (width < 1 || height < 1) return [];
  let lines: readonly Line[] = [];
  for (const layout of LAYOUTS) {
    lines = boardLines(model, { ...options, ...layout });
    if (lines.length <= height) break;
  }
  return lines.slice(0, height).map((line) => renderLine(line, options));
}

type Drawing = BoardOptions & Layout;

function boardLines(model: BoardModel, drawing: Drawing): readonly Line[] {
  const gap: readonly Line[] = drawing.hasGaps ? [[]] : [];
  const top = topLines(model, drawing);
  const workers = workerLines(model, drawing);
  const foot = footLines(model);
  return [
    headerLine(model, drawing),
    statusBar(model.counts, drawing),
    ...legendLines(model, drawing),
    [{ text: `${rate(model.laneStepsPerSecond)} lane steps/s` }],
    ...(top.length === 0 ? [] : [...gap, ...top]),
    ...(workers.length === 0 ? [] : [...gap, ...workers]),
    ...(foot.length === 0 ? [] : [...gap, ...foot]),
  ];
}

function headerLine(model: BoardModel, { width, unicode }: Drawing): Line {
  const left: readonly Span[] = [
    { text: model.name, style: "bold" },
    { text: "  " },
    { text: model.state, style: STATE_STYLES[model.state] },
  ];
  const isLive = model.state === "running" || model.state === "paused";
  const eta = model.etaMs === null ? (unicode ? "—" : "-") : clockTime(model.etaMs);
  const elapsed = clockTime(model.elapsedMs);
  const right = isLive ? `${elapsed}  ETA ${eta}` : elapsed;
  const used = left.reduce((sum, { text }) => sum + displayWidth(text), 0);
  const fill = width - used - displayWidth(right);
  return [...left, { text: " ".repeat(Math.max(2, fill)) }, { text: right }];
}

/** `48 asked = █ 20 completed + ░ 28 queued`, on as many lines as it takes. */
function legendLines(model: BoardModel, { width, unicode }: Drawing): readonly Line[] {
  const { counts } = model;
  const parts = STATUS_LOOKS.filter(({ status }) => counts[status] > 0);
  const items = parts.map(({ status, style, glyph, ascii }, index): Line => [
    { text: index === 0 ? " = " : " + " },
    { text: unicode ? glyph : ascii, style },
    { text: ` ${count(counts[status])} ${status}` },
  ]);
  const lines: Span[][] = [[{ text: `${count(counts.asked)} asked` }]];
  for (const item of items) {
    const line = lines.at(-1) ?? [];
    if (cells(line) + cells(item) > width) lines.push([...item]);
    else line.push(...item);
  }
  return lines;
}

function cells(line: Line): number {
  return line.reduce((sum, { text }) => sum + displayWidth(text), 0);
}

function topLines(model: BoardModel, { width, top, unicode }: Drawing): readonly Line[] {
  if (model.top.length === 0) return [];
  const hasReplicates = model.top.some(({ asked }) => asked > 1);
  const columns = [
    { header: "#", align: "right" as const },
    { header: model.metric.name, align: "right" as const },
    { header: "95 % CI", isWhole: true, isOptional: true },
    ...(hasReplicates ? [{ header: "n", align: "right" as const, isOptional: true }] : []),
    ...model.varied.map((name) => ({ header: name })),
  ];
  const rows = model.top.slice(0, top).map((row) => [
    String(row.rank),
    objective(row.objective),
    confidence(row.estimate),
    ...(hasReplicates ? [`${row.completed}/${row.asked}`] : []),
    ...model.varied.map((name) => parameterValue(row.hyperparameters[name])),
  ]);
  return tableLines(renderTable(columns, rows, { width, ellipsis: ellipsisFor(unicode) }));
}

function workerLines(model: BoardModel, drawing: Drawing): readonly Line[] {
  const { width, unicode } = drawing;
  if (model.workers.length === 0) {
    return model.hint === null ? [] : [[{ text: "no worker yet", style: "yellow" }]];
  }
  if (drawing.workers === 0) return [[{ text: counted(model.workers.length, "worker") }]];
  const columns = [
    { header: "worker" },
    { header: "backend" },
    { header: "training", align: "left" as const },
    { header: "lane steps/s", align: "right" as const },
    { header: "host", isOptional: true },
  ];
  const shown = model.workers.slice(0, drawing.workers);
  const rows = shown.map((worker) => [
    worker.worker,
    worker.backend,
    occupation(worker),
    worker.state === "gone" ? "" : rate(worker.laneStepsPerSecond),
    worker.host,
  ]);
  const lines = tableLines(renderTable(columns, rows, { width, ellipsis: ellipsisFor(unicode) }));
  const quarantines = shown.flatMap(({ worker, quarantine }): readonly Line[] =>
    quarantine === null ? [] : [[{ text: `${worker}: ${quarantine}`, style: "yellow" }]]
  );
  const hidden = model.workers.slice(drawing.workers);
  if (hidden.length === 0) return [...lines, ...quarantines];
  const speed = hidden.reduce((sum, worker) => sum + worker.laneStepsPerSecond, 0);
  const text = `and ${counted(hidden.length, "more worker")}, ${rate(speed)} lane steps/s`;
  return [...lines, [{ text, style: "dim" }], ...quarantines];
}

function occupation({ state, packs, lanes }: BoardWorker): string {
  if (packs === 0) return state;
  const what = `${counted(packs, "pack")}, ${counted(lanes, "lane")}`;
  return state === "draining" ? `${what}, draining` : what;
}

function tableLines(lines: readonly string[]): readonly Line[] {
  return lines.map((text, index): Line => [index === 0 ? { text, style: "dim" } : { text }]);
}

function footLines({ lastEvent, dashboardUrl, hint }: BoardModel): readonly Line[] {
  const lines: Line[] = [];
  if (lastEvent !== null) lines.push([{ text: lastEvent }]);
  if (dashboardUrl !== null) {
    lines.push([{ text: "watch  " }, { text: dashboardUrl, style: "blue" }]);
  }
  if (hint !== null) lines.push([{ text: hint, style: "dim" }]);
  return lines;
}
