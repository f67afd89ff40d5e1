/** The three faces of a running sweep: a live board, one line per event, JSON lines. */
import type { JournalEntry } from "../core/domain/sweep_event.ts";
import { isOver } from "../core/domain/sweep.ts";
import { objectivesOf } from "../core/domain/sweep_spec.ts";
import type { Presence } from "../core/protocol/presence.ts";
import type { SweepView } from "../core/views/sweep_view.ts";
import type { CliContext } from "./context.ts";
import type { LinkChange } from "./link_monitor.ts";
import { writeAll } from "./output.ts";
import { finalReport } from "./tables/final_report.ts";
import { boardModel } from "./terminal/board_model.ts";
import { EventNarrator } from "./terminal/event_lines.ts";
import { type TerminalFeatures, terminalFeatures } from "./terminal/features.ts";
import { connectionLine, summaryLine, sweepLine, trialLines } from "./terminal/json_lines.ts";
import { LiveBoard } from "./terminal/live_board.ts";
import { terminalSize } from "./terminal_size.ts";

/** Which face. */
export type DisplayMode = "json" | "human";

/** Shows a view as it changes. */
export interface SweepDisplay {
  /** An entry was just folded into the view. */
  readonly folded: (entry: JournalEntry) => void;
  /** The connection was lost, or is there again. */
  readonly linkChanged: (change: LinkChange) => void;
  /** Nothing more will come: shows the result. */
  readonly finish: () => void;
  /** Nothing more will come, and there is no result. */
  readonly abandon: () => void;
}

/** What a display needs besides the view. */
export interface DisplayOptions {
  readonly mode: DisplayMode;
  readonly dashboardUrl: string | null;
  readonly verbose: boolean;
  readonly drain: AbortSignal;
  /** What commands repeat to meet the same sweeps; see `same_place.ts`. */
  readonly place: string;
  /** What `resume` repeats besides. */
  readonly data: string;
  readonly presences: () => readonly Presence[];
  /** What the connection lacks at present; null while all is well. */
  readonly trouble: () => string | null;
}

/** The face that fits the options and the terminal. */
export function openDisplay(
  view: SweepView,
  options: DisplayOptions,
  context: CliContext,
): SweepDisplay {
  if (options.mode === "json") return jsonDisplay(view, options, context);
  const features = terminalFeatures(context.env, { isTerminal: Deno.stdout.isTerminal() });
  return features.isInteractive
    ? boardDisplay(view, { ...options, features }, context)
    : lineDisplay(view, { ...options, features }, context);
}

function jsonDisplay(view: SweepView, options: DisplayOptions, context: CliContext): SweepDisplay {
  const { line } = context.output;
  line(sweepLine(view, options));
  return {
    folded: (entry) => trialLines(view, entry).forEach(line),
    linkChanged: (change) => line(connectionLine(change)),
    finish: () => {
      line(summaryLine(view));
      tellHowToResume(view, options, context);
    },
    abandon: () => {},
  };
}

type HumanOptions = DisplayOptions & { readonly features: TerminalFeatures };

function boardDisplay(view: SweepView, options: HumanOptions, context: CliContext): SweepDisplay {
  const { timers, output } = context;
  const narrator = new EventNarrator({ verbose: true });
  narrator.catchUp(view);
  let lastEvent: string | null = null;
  const board = LiveBoard.open({
    ...options.features,
    clock: timers.now,
    terminal: {
      write: (text) => writeAll(Deno.stdout, text),
      size: () => terminalSize(),
    },
    model: () =>
      boardModel(view, {
        now: timers.now(),
        presences: options.presences(),
        lastEvent,
        dashboardUrl: options.dashboardUrl,
        isDraining: options.drain.aborted,
        trouble: options.trouble(),
      }),
  });
  return {
    folded: (entry) => {
      lastEvent = narrator.lines(view, entry).at(-1) ?? lastEvent;
    },
    linkChanged: ({ message }) => {
      lastEvent = message;
    },
    finish: () => {
      board[Symbol.dispose]();
      output.line("");
      report(view, options, context);
    },
    abandon: () => board[Symbol.dispose](),
  };
}

function lineDisplay(view: SweepView, options: HumanOptions, context: CliContext): SweepDisplay {
  const { line } = context.output;
  const narrator = new EventNarrator(options);
  narrator.catchUp(view);
  line(`Sweep ${view.id}: ${view.ledger.spec.name}`);
  if (options.dashboardUrl !== null) line(`Dashboard: ${options.dashboardUrl}`);
  return {
    folded: (entry) => narrator.lines(view, entry).forEach(line),
    // The log says it already, on stderr.
    linkChanged: () => {},
    finish: () => report(view, options, context),
    abandon: () => {},
  };
}

function report(view: SweepView, options: HumanOptions, context: CliContext): void {
  const { features, place } = options;
  const lines = finalReport(view, {
    width: terminalSize().columns,
    ellipsis: features.unicode ? "…" : "...",
    place,
    isLeft: true,
    lookNext: [
      `deno task trawl show ${view.id}${place}`,
      ...(objectivesOf(view.ledger.spec).length < 2
        ? []
        : [`deno task trawl show ${view.id} --front${place}`]),
      `deno task dashboard${place}`,
    ],
  });
  for (const line of lines) context.output.line(line);
  tellHowToResume(view, options, context);
}

function tellHowToResume(
  view: SweepView,
  { place, data }: DisplayOptions,
  { output }: CliContext,
): void {
  if (isOver(view.ledger.status)) return;
  output.note(`Interrupted. Go on with: deno task trawl resume ${view.id}${place}${data}`);
}
