import assert from "node:assert/strict";
import { formatPlaces, formatTopic, parsePlaces, parseTopic, topicOf } from "./topic.ts";

Deno.test("parseTopic() reads what formatTopic() writes, and nothing else", () => {
  for (
    const text of [
      "sweeps",
      "sweeps/2",
      "fleet",
      "news/a-1",
      "sweep/a-1",
      "sweep/a-1/0",
      "sweep/a-1/50",
    ]
  ) {
    const topic = parseTopic(text);
    assert.ok(topic !== null, text);
    assert.equal(formatTopic(topic), text);
  }
  for (const text of ["", "sweep", "sweep/", "news/a/1", "sweep/a/-1", "sweep/a/b", "other/a"]) {
    assert.equal(parseTopic(text), null, text);
  }
});

Deno.test("parsePlaces() reads what formatPlaces() writes", () => {
  const places = [{ topic: "fleet", after: null }, { topic: "sweep/a-1/0", after: "0ab1.12" }];
  assert.equal(formatPlaces(places), "fleet,sweep/a-1/0@0ab1.12");
  assert.deepEqual(parsePlaces(formatPlaces(places)), places);
  assert.deepEqual(parsePlaces(""), []);
});

Deno.test("topicOf() finds the topic of a stream's own address", () => {
  const of = (query: string): string => topicOf(new URL(`http://x/api/v1/stream${query}`));
  assert.equal(of(""), "sweeps");
  assert.equal(of("?fleet"), "fleet");
  assert.equal(of("?sweep=a-1"), "sweep/a-1");
  assert.equal(of("?sweep=a-1&limit=0"), "sweep/a-1/0");
});
