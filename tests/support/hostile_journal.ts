/** A sweep in which every text that somebody else chooses means harm, as far as the formats let it in. */
import { parseSweepId, parseWorkerId, type SweepId } from "../../core/domain/ids.ts";
import type { JournalEntry, SweepEvent } from "../../core/domain/sweep_event.ts";
import { NO_PERMISSIONS } from "../../core/domain/user_module.ts";
import { instant } from "../../core/domain/units.ts";
import type { JournalServer } from "./dashboards.ts";
import { journalOf } from "./journals.ts";
import { DATASET } from "./specs.ts";

/** The sweep. */
export const HOSTILE_SWEEP: SweepId = parseSweepId("hostile-1");

/** What is put wherever a text goes: elements, ends of scripts, quotes, directions, no width, length. */
export const HOSTILE_TEXTS: readonly string[] = [
  `<img src=x onerror="window.harmed=1">`,
  `</script><script>window.harmed=1</script>`,
  `"'><svg onload=window.harmed=1>&lt;b&gt;`,
  `\u202egnirts\u2066 \u200b\u200d\ufeff<!--`,
  `javascript:window.harmed=1`,
  `=cmd|' /C calc'!A0`,
  `</title></style></textarea>{{7*7}}\${7*7}`,
  "w".repeat(10_000),
];

const [IMAGE = "", SCRIPT = "", QUOTES = "", , ADDRESS = "", FORMULA = ""] = HOSTILE_TEXTS;
const EVERYTHING = HOSTILE_TEXTS.join("\n");

/** Its journal: all of it legal. */
export function hostileJournal(startAt: number): readonly JournalEntry[] {
  const entries = journalOf({
    sweep: HOSTILE_SWEEP,
    startAt,
    configurations: HOSTILE_TEXTS.length,
    failureRate: 0.3,
    lossRate: 0.1,
    spec: {
      name: `${IMAGE}${SCRIPT}`,
      description: EVERYTHING,
      // A module's parameters have any names; those of our own networks do not.
      task: { dataset: "module", folder: "/", path: `${IMAGE}.ts`, permissions: NO_PERMISSIONS },
      parameters: [
        { name: "lr", domain: { kind: "float", scale: "log", min: 0.001, max: 0.5 } },
        { name: QUOTES, domain: { kind: "values", values: HOSTILE_TEXTS } },
        { name: FORMULA, domain: { kind: "values", values: [ADDRESS, FORMULA] } },
        { name: "p".repeat(300), domain: { kind: "values", values: [1, 2] } },
      ],
    },
  });
  return [...entries].map((entry) => ({ ...entry, events: entry.events.map(poisoned) }));
}

function poisoned(event: SweepEvent): SweepEvent {
  switch (event.type) {
    case "sweepCreated":
      return {
        ...event,
        dataset: { ...DATASET, name: SCRIPT, classes: DATASET.classes.map(() => IMAGE) },
        versions: { trawl: IMAGE, deno: SCRIPT },
      };
    case "trialsQueued":
      return {
        ...event,
        trials: event.trials.map((trial) => ({
          ...trial,
          hyperparameters: {
            lr: Number(trial.hyperparameters["lr"]),
            [QUOTES]: HOSTILE_TEXTS[trial.configuration % HOSTILE_TEXTS.length] ?? IMAGE,
            [FORMULA]: trial.trial % 2 === 0 ? ADDRESS : FORMULA,
            ["p".repeat(300)]: 1 + trial.trial % 2,
          },
        })),
      };
    case "trialFailed":
      return { ...event, reason: { kind: "exception", message: EVERYTHING } };
    case "packReleased":
      return { ...event, cause: { kind: "returned", message: EVERYTHING } };
    default:
      return event;
  }
}

/** Writes the journal, and has a hostile worker live. */
export async function writeHostileSweep(server: JournalServer, now: number): Promise<void> {
  await server.write(HOSTILE_SWEEP, hostileJournal(now - 60_000));
  await server.transport.presence.put({
    v: 1,
    worker: parseWorkerId("alder-1"),
    host: `${IMAGE}${"h".repeat(400)}`,
    pid: 7,
    version: SCRIPT,
    backend: "wasm",
    reason: EVERYTHING,
    refused: [{ name: "webgpu", reason: QUOTES }],
    slots: 1,
    draining: false,
    packs: [],
    laneStepsPerSecond: 1234,
    trialsFinished: 3,
    startedAt: instant(now),
    at: instant(now),
  });
}
