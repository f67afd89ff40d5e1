import { halfwaySweep } from "../../tests/support/sample_sweep.ts";
import { trialTable } from "./trial_rows.ts";

Deno.test("trialTable() lists trials in every state", async (t) => {
  const { view } = halfwaySweep();
  await t.assertSnapshot(trialTable(view, { width: 140 }).join("\n"));
  await t.assertSnapshot(trialTable(view, { width: 60 }).join("\n"));
});
