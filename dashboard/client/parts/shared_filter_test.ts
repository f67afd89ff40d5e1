import assert from "node:assert/strict";
import { filterIn, withFilter } from "./shared_filter.ts";

const read = (search: string): string => filterIn(new URLSearchParams(search));

Deno.test("filterIn() takes what every page understands, and nothing of one page alone", () => {
  assert.equal(
    read("q=lr>0.01&sort=-trial&state=failed&x=step&page=3"),
    "q=lr%3E0.01&state=failed",
  );
  assert.equal(read("worker=+a+&pack=3"), "worker=a&pack=3");
  assert.equal(read("q=+&state=&top=5&min.lr=1"), "");
  assert.equal(read("state=failed&state=pruned"), "", "a page that knows one state shows all");
});

Deno.test("withFilter() adds the filter to an address with and without a query", () => {
  assert.equal(withFilter("/s/a", ""), "/s/a");
  assert.equal(withFilter("/s/a", "q=x"), "/s/a?q=x");
  assert.equal(withFilter("/s/a?t=1", "q=x"), "/s/a?t=1&q=x");
});
