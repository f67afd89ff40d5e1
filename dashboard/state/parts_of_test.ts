import assert from "node:assert/strict";
import { ArrayJournal } from "../../tests/support/array_journal.ts";
import { journalOf } from "../../tests/support/journals.ts";
import { AllPanels } from "../client/overview/panels.tsx";
import { LiveSweep } from "../live_sweep.ts";
import { renderHtml } from "../pages/render_html.ts";
import { RequestError } from "../problem.ts";
import { overviewSnapshot } from "./overview_snapshot.ts";
import { panelsSnapshot } from "./panels_snapshot.ts";
import { partsOf } from "./parts_of.ts";
import { leaderboardState } from "./ranking.ts";

interface Pair {
  readonly one: number;
  readonly other: string;
}

Deno.test("partsOf() makes each part once; one that fails throws where it is read, and is tried again", () => {
  let tries = 0;
  let isBroken = true;
  const pair = partsOf<Pair>({
    one: () => ++tries,
    other: () => {
      if (isBroken) throw new TypeError("undefined has no part");
      return "mended";
    },
  });
  assert.deepEqual([pair.one, pair.one, tries], [1, 1, 1]);
  assert.throws(() => pair.other, TypeError);
  assert.throws(() => JSON.stringify(pair), TypeError);
  isBroken = false;
  assert.equal(JSON.stringify(pair), '{"one":1,"other":"mended"}');
});

Deno.test("partsOf() passes on at once what answers the request", () => {
  const refuse = (): never => {
    throw new RequestError("Cannot draw it: there is no such objective");
  };
  assert.throws(() => partsOf<Pair>({ one: refuse, other: () => "" }), RequestError);
});

Deno.test("the overview whose events cannot be read has every card that needs none of them", async () => {
  const entries = [...journalOf({ configurations: 12, epochs: 2 })];
  const created = entries[0]?.events[0];
  assert.ok(created?.type === "sweepCreated");
  const journal = new ArrayJournal(created.sweep);
  journal.grow(entries);
  const ending = new AbortController();
  const live = new LiveSweep(created.sweep, { journal, signal: ending.signal });
  await live.ready;
  ending.abort();
  const snapshot = overviewSnapshot(live, { now: 0, workers: [], limit: 50 });
  const leaderboard = leaderboardState(live, 50);
  Object.defineProperty(live, "events", {
    configurable: true,
    get: () => {
      throw new TypeError("the events are broken");
    },
  });

  const query = { x: null, y: null };
  const { panels } = panelsSnapshot(live, { query, now: 0 });
  const faults: Error[] = [];
  const draw = (): string =>
    renderHtml(
      AllPanels({ panels, snapshot, leaderboard, hrefOfLimit: () => "", kept: [] }),
      { requestId: "ab-1", onFault: (fault) => faults.push(fault) },
    );
  const failed = (html: string): readonly string[] =>
    [...html.matchAll(/aria-label="([^"]*)" data-failed/g)].map(([, title = ""]) => title);

  const html = draw();
  const concerned = ["Optimisation history", "Importance", "Last events"];
  assert.deepEqual(failed(html), concerned);
  const told = concerned.map((title) => `Cannot draw the panel "${title}"`);
  assert.deepEqual(faults.map(({ message }) => message), told);
  assert.match(html, /2 workers, from 0 s/, "the workers over time are drawn");
  assert.match(html, /showing 12 of 12 configurations/, "and so is the leaderboard");
  assert.match(html, /<code>ab-1<\/code>/);
  assert.doesNotMatch(html, /broken/, "what went wrong is for the log");
  assert.throws(() => JSON.stringify(panels), /broken/);

  Reflect.deleteProperty(live, "events");
  assert.deepEqual(failed(draw()), [], "whoever tries again has all of it");
});
