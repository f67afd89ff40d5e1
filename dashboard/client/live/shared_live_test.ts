import assert from "node:assert/strict";
import fc from "fast-check";
import { TestBrowser, type TestTab } from "../../../tests/support/browser_tabs.ts";
import type { StreamEvent } from "./live_stream.ts";
import { SharedLive } from "./shared_live.ts";
import { MOST_TOPICS, parsePlaces } from "./topic.ts";
import { distance, parseBatch, TopicLog } from "./batch.ts";

const PATIENCE_MS = 20_000;

async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    assert.ok(performance.now() < deadline, `Cannot wait any longer for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const leaders = (tabs: readonly TestTab[]): number => tabs.filter(({ live }) => live.leads).length;

Deno.test("SharedLive has eight tabs told by one stream, and each of what it lacked", async () => {
  const browser = new TestBrowser();
  browser.grow(10);
  const tabs = Array.from(
    { length: 8 },
    (_, index) => browser.open(`tab-${index}`, { known: index }),
  );
  await until(() => tabs.every(({ points }) => points.size === 10), "what was there");
  browser.grow(5);
  await until(() => tabs.every(({ points }) => points.size === 15), "what came");
  assert.equal(browser.streams, 1);
  assert.equal(leaders(tabs), 1);
  for (const { live } of tabs) live.leave();
  await until(() => browser.streams === 0, "the end of the stream");
});

Deno.test("SharedLive has another tab lead when the leader leaves, and nothing is lost", async () => {
  const browser = new TestBrowser();
  const tabs = ["a", "b", "c"].map((tab) => browser.open(tab));
  await until(() => leaders(tabs) === 1, "a leader");
  browser.grow(3);
  await until(() => tabs.every(({ points }) => points.size === 3), "the first news");
  const left = tabs.filter((tab) => {
    if (!tab.live.leads) return true;
    tab.live.leave();
    return false;
  });
  browser.grow(3);
  await until(() => left.every(({ points }) => points.size === 6), "news by another leader");
  assert.equal(left.length, 2);
  assert.equal(browser.streams, 1);
  for (const { live } of left) live.leave();
});

Deno.test("SharedLive takes the lead from a tab that is frozen; thawed, it follows", async () => {
  const browser = new TestBrowser({ aliveMs: 25 });
  const first = browser.open("a");
  await until(() => first.live.leads, "a leader");
  const second = browser.open("b");
  browser.grow(1);
  await until(() => second.points.size === 1, "news by the first");
  first.freeze();
  browser.grow(4);
  await until(() => second.points.size === 5, "news without the first");
  assert.ok(second.live.leads);
  await until(() => !first.live.leads, "the first to know");
  for (const { live } of [first, second]) live.leave();
});

Deno.test("SharedLive tells a paused tab nothing, and afterwards what came meanwhile", async () => {
  const browser = new TestBrowser();
  const tabs = ["a", "b"].map((tab) => browser.open(tab));
  const [, paused] = tabs;
  assert.ok(paused !== undefined);
  browser.grow(2);
  await until(() => tabs.every(({ points }) => points.size === 2), "the first news");
  paused.hold(true);
  browser.grow(4);
  await until(() => tabs[0]?.points.size === 6, "news for the other");
  assert.equal(paused.points.size, 2);
  const { opened } = browser;
  paused.hold(false);
  await until(() => paused.points.size === 6, "what it missed");
  assert.equal(browser.opened, opened, "another tab had it: the server was not asked");
  for (const { live } of tabs) live.leave();
});

Deno.test("SharedLive has each tab lead itself where tabs cannot talk", async () => {
  const browser = new TestBrowser({ canShare: false });
  const tabs = ["a", "b", "c"].map((tab) => browser.open(tab));
  browser.grow(2);
  await until(() => tabs.every(({ points }) => points.size === 2), "news for all");
  assert.equal(browser.streams, 3);
  for (const { live } of tabs) live.leave();
  assert.equal(browser.streams, 0);
});

Deno.test("SharedLive loses nothing, whoever comes, goes, pauses and freezes in whatever order", async () => {
  const step = fc.record({
    act: fc.constantFrom("open", "leave", "join", "hold", "release", "freeze", "grow", "wait"),
    which: fc.nat(5),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      const browser = new TestBrowser({ aliveMs: 25 });
      const tabs = [browser.open("first")];
      const frozen = new Set<TestTab>();
      let known = 0;
      for (const { act, which } of steps) {
        const tab = tabs[which % tabs.length];
        assert.ok(tab !== undefined);
        if (act === "open" && tabs.length < 8) tabs.push(browser.open(`${tabs.length}`, { known }));
        if (act === "leave") tab.live.leave();
        if (act === "join") tab.live.join();
        if (act === "hold") tab.hold(true);
        if (act === "release") tab.hold(false);
        if (act === "freeze" && frozen.size === 0) {
          frozen.add(tab);
          tab.freeze();
        }
        if (act === "grow") browser.grow(which + 1), known += which + 1;
        if (act === "wait") await new Promise((resolve) => setTimeout(resolve, which * 10));
      }
      const rest = tabs.filter((tab) => !frozen.has(tab));
      for (const { live, hold } of rest) {
        hold(false);
        live.join();
      }
      browser.grow(1);
      const whole = Array.from({ length: known + 1 }, (_, index) => index + 1);
      const hasAll = ({ points }: TestTab): boolean => points.size === whole.length;
      await until(() => rest.every(hasAll), `all of ${whole.length} points in ${rest.length} tabs`);
      for (const { points } of rest) assert.deepEqual([...points].sort((a, b) => a - b), whole);
      for (const { live } of tabs) live.leave();
      await until(() => browser.streams === 0, "the end of all streams");
    }),
    { numRuns: 20, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
  );
});

Deno.test("SharedLive has a tab that knows another stream begin anew, whatever other tabs know", async () => {
  const browser = new TestBrowser();
  browser.grow(6);
  const foreign = browser.open("a", { known: 3, epoch: "older" });
  const other = browser.open("b", { known: 2 });
  await until(() => other.points.size === 6, "what the other lacked");
  await until(() => foreign.resyncs > 0, "that the foreign one begins anew");
  browser.grow(1);
  await until(() => [foreign, other].every(({ points }) => points.has(7)), "news for both");
  assert.equal(browser.streams, 1);
  for (const { live } of [foreign, other]) live.leave();
});

Deno.test("parseBatch() takes a news event apart", () => {
  const data = 'sweep/a/0 0ab.12\nstate {"text":"a b"}\nmetrics {}';
  assert.deepEqual(parseBatch({ type: "news", data, lastId: null }), {
    topic: "sweep/a/0",
    id: "0ab.12",
    messages: [{ type: "state", data: '{"text":"a b"}' }, { type: "metrics", data: "{}" }],
  });
  const list = parseBatch({ type: "news", data: "fleet \nfleet {}", lastId: null });
  assert.deepEqual([list.id, list.messages], [null, [{ type: "fleet", data: "{}" }]]);
});

Deno.test("TopicLog knows what a tab has missed, or that it does not know", () => {
  const log = new TopicLog("e.5");
  const batch = (sequence: number, size = 1) => ({
    topic: "news/a",
    id: `e.${sequence}`,
    messages: [{ type: "state", data: "x".repeat(size) }],
  });
  for (const sequence of [7, 9]) log.push(batch(sequence));
  const ids = (after: string): readonly (string | null)[] | null =>
    log.since(after)?.map(({ id }) => id) ?? null;
  assert.deepEqual(ids("e.5"), ["e.7", "e.9"]);
  assert.deepEqual(ids("e.8"), ["e.9"]);
  assert.deepEqual(ids("e.12"), [], "a page that is younger than the news has missed nothing");
  assert.equal(ids("e.4"), null);
  assert.equal(ids("other.8"), null);
  log.push(batch(20, 2_000_000));
  assert.deepEqual(ids("e.9"), ["e.20"]);
  assert.equal(ids("e.8"), null, "what is too much is forgotten");
  assert.equal(log.place, "e.20");
  assert.equal(distance("other.3", "e.3"), -1);
});

Deno.test("SharedLive asks for no more topics than one stream has, and tells the oldest so", async () => {
  let query = (): string => "";
  let end = new AbortController().signal;
  let tell = (_: StreamEvent): void => {};
  const live = new SharedLive({
    tab: "a",
    tabs: null,
    connect: (stream) => [query, end, tell] = [stream.query, stream.signal, stream.onEvent],
    onConnection: () => {},
    onHello: () => {},
    now: () => 42,
    random: () => 0,
  });
  const told = new Map<string, string[]>();
  live.join();
  for (let i = 0; i < MOST_TOPICS + 3; i++) {
    const topic = `news/s-${i}`;
    live.want(topic, null, ({ messages }) => told.set(topic, messages.map(({ data }) => data)));
  }
  await until(() => told.size === 3, "word for the oldest");
  assert.deepEqual([...told.keys()], ["news/s-0", "news/s-1", "news/s-2"]);
  assert.match(told.get("news/s-0")?.[0] ?? "", /"since":42,"reason":"More than 200 pages"/);
  const places = parsePlaces(query());
  assert.equal(places.length, MOST_TOPICS);
  assert.equal(places[0]?.topic, "news/s-3");
  tell({ type: "news", data: "news/s-9 \nstate 1", lastId: null });
  assert.deepEqual(told.get("news/s-9"), ["1"]);
  // The oldest is wanted anew, as by a page that is looked at again, and displaces another.
  live.want("news/s-0", "e.7", () => {});
  await until(() => told.size === 5, "word for the one that is displaced");
  assert.deepEqual(told.get("news/s-0"), ["null"]);
  assert.match(told.get("news/s-3")?.[0] ?? "", /"since":42/);
  live.leave();
  assert.ok(end.aborted);
});
