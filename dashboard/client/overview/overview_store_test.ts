import assert from "node:assert/strict";
import { parseSweepId } from "../../../core/domain/ids.ts";
import { openDashboard, startJournalServer } from "../../../tests/support/dashboards.ts";
import { journalOf } from "../../../tests/support/journals.ts";
import type { CurvesAnswer, OverviewSnapshot, StateUpdate } from "../model.ts";
import { OverviewStore } from "./overview_store.ts";

const sweep = parseSweepId("grown-1");
const entries = [...journalOf({ configurations: 4, epochs: 6 })];
const API = `/api/v1/sweeps/${sweep}`;

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = AbortSignal.timeout(20_000);
  while (!await isSo()) {
    deadline.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

Deno.test("OverviewStore keeps what came while an older answer was on its way", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, entries.slice(0, 6));
  using dashboard = openDashboard(server);
  const get = async (path: string) => await (await dashboard.app.request(path)).json();
  const snapshot: OverviewSnapshot = await get(`${API}/snapshot`);
  const curves: CurvesAnswer = await get(`${API}/curves`);
  const store = new OverviewStore({
    ...{ page: "overview", snapshot, curves, limit: null },
    plane: { x: null, y: null },
    filter: "",
  });
  const own = globalThis.fetch;
  let onTheWay = Promise.withResolvers<void>();
  const answered: string[] = [];
  globalThis.fetch = async (path) => {
    const response = await dashboard.app.request(String(path));
    answered.push(String(path));
    await onTheWay.promise;
    return response;
  };
  try {
    store.take({ type: "resync", data: "{}", lastId: null });
    await until(() => answered.length === 1);
    await server.write(sweep, entries.slice(6));
    let later = snapshot;
    await until(async () => {
      later = await get(`${API}/snapshot`);
      return later.live.progress.status === "completed";
    });
    const { asOf, now, facts, live } = later;
    const update: StateUpdate = { asOf, now, facts, ...live };
    store.take({ type: "state", data: JSON.stringify(update), lastId: asOf });
    onTheWay.resolve();
    await until(() => answered.length >= 2);
    assert.equal(store.snapshot.value.live.progress.status, "completed");
    assert.equal(store.snapshot.value.asOf, asOf);

    onTheWay = Promise.withResolvers();
    const before = answered.length;
    store.choose("val_loss");
    await until(() => answered.length > before);
    const [{ trial } = { trial: -1 }] = store.curves.value.series;
    const points = [{ trial, epoch: 7, metrics: { val_loss: 0.125 } }];
    store.take({ type: "metrics", data: JSON.stringify({ asOf, points }), lastId: asOf });
    onTheWay.resolve();
    await until(() => store.curves.value.metric === "val_loss");
    const drawn = store.curves.value.series.find((one) => one.trial === trial);
    assert.deepEqual(drawn?.points.at(-1), [7, 0.125]);
  } finally {
    globalThis.fetch = own;
  }
});

Deno.test("OverviewStore keeps curves to a filter, which the stream does not know", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, entries.slice(0, 12));
  using dashboard = openDashboard(server);
  const get = async (path: string) => await (await dashboard.app.request(path)).json();
  const filter = "q=trial<2";
  const snapshot: OverviewSnapshot = await get(`${API}/snapshot?${filter}`);
  const curves: CurvesAnswer = await get(`${API}/curves?${filter}`);
  const drawn = () => store.curves.value.series.map(({ trial }) => trial);
  const store = new OverviewStore({
    ...{ page: "overview", snapshot, curves, limit: null },
    plane: { x: null, y: null },
    filter,
  });
  const own = globalThis.fetch;
  globalThis.fetch = async (path) => await dashboard.app.request(String(path));
  try {
    await server.write(sweep, entries.slice(12));
    let later = snapshot;
    await until(async () => {
      later = await get(`${API}/snapshot`);
      return later.live.progress.status === "completed";
    });
    assert.ok(later.live.selection.curves.length > 2);
    const { asOf, now, facts, live } = later;
    const told: StateUpdate = { asOf, now, facts, ...live };
    store.take({ type: "state", data: JSON.stringify(told), lastId: asOf });
    assert.equal(store.snapshot.value.live.progress.status, "completed");
    assert.deepEqual(store.snapshot.value.live.selection, snapshot.live.selection);

    await store.renewSelection();
    const { selection } = store.snapshot.value.live;
    assert.deepEqual(selection.unfiltered, { ranked: later.live.selection.ranked, running: 0 });
    assert.deepEqual(drawn().toSorted(), [0, 1]);
    assert.deepEqual(selection.curves.map(({ trial }) => trial).toSorted(), [0, 1]);

    // Connected anew, it asks for what it shows.
    store.take({ type: "resync", data: "{}", lastId: null });
    store.choose("val_loss");
    await until(() => store.curves.value.metric === "val_loss");
    assert.deepEqual(drawn().toSorted(), [0, 1]);
    assert.equal(store.snapshot.value.live.selection.ranked, 2);
  } finally {
    globalThis.fetch = own;
  }
});
