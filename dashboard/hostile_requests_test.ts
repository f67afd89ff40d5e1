import assert from "node:assert/strict";
import { parseSweepId } from "../core/domain/ids.ts";
import { openDashboard, startJournalServer } from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";

/** Names that every object has, numbers at the edge, texts that are long, deep or no text. */
const HOSTILE = [
  "constructor",
  "toString",
  "__proto__",
  "m.constructor",
  "p.__proto__",
  "constructor>1",
  "NaN",
  "1e308",
  "-9007199254740993",
  "e.99999999999999999999",
  "\u0000",
  "\u202e",
  "(".repeat(3_000),
  "lr>0.1 ".repeat(400),
  "(a+)+$",
  "1,".repeat(1_500),
];
const FIELDS = [
  "metric",
  "q",
  "group",
  "sort",
  "x",
  "y",
  "cx",
  "trials",
  "t",
  "from",
  "to",
  "after",
  "limit",
  "page",
  "objective",
  "lines",
  "cell",
  "order",
];
const ADDRESSES = [
  "/s/grown-1",
  "/s/grown-1/t/0",
  "/s/grown-1/trials",
  "/s/grown-1/curves",
  "/s/grown-1/params",
  "/s/grown-1/compare",
  "/s/grown-1/timeline",
  "/s/grown-1/events",
  "/api/v1/sweeps/grown-1/curves",
  "/api/v1/sweeps/grown-1/curves.csv",
];

Deno.test("no hostile field of an address is a fault of the server's, nor keeps it busy", async () => {
  await using server = await startJournalServer();
  await server.write(parseSweepId("grown-1"), journalOf({ configurations: 8, failureRate: 0.2 }));
  using dashboard = openDashboard(server);
  for (const address of ADDRESSES) {
    for (const [at, value] of HOSTILE.entries()) {
      // One alone, some in turn, and all at once with the same: the first wrong one hides others.
      const fields = FIELDS.filter((_, index) => (index + at) % 3 === 0);
      for (const names of [["metric"], fields, FIELDS]) {
        const query = new URLSearchParams(names.map((name) => [name, value]));
        const asker = { remoteAddr: { hostname: `${address} ${at}` } };
        const response = await dashboard.app.request(`${address}?${query}`, {}, asker);
        const text = await response.text();
        const what = `${address}?${names.join("=…&")}=${value.slice(0, 30)}: ${text.slice(0, 300)}`;
        assert.ok(response.status < 500, `${response.status} ${what}`);
        assert.doesNotMatch(text, /native code|\[object Object\]/, what);
      }
    }
  }
});

Deno.test("a metric named like what every object has is in no file of points either", async () => {
  await using server = await startJournalServer();
  await server.write(parseSweepId("grown-1"), journalOf({ configurations: 8 }));
  using dashboard = openDashboard(server);
  for (const metric of ["toString", "constructor", "__proto__"]) {
    const path = `/api/v1/sweeps/grown-1/curves.csv?trials=0,1&metric=${metric}`;
    const rows = (await (await dashboard.app.request(path)).text()).split("\r\n");
    assert.deepEqual(rows, [`trial,configuration,replicate,epoch,${metric}`, ""]);
  }
});
