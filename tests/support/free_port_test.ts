import assert from "node:assert/strict";
import { freePort } from "./free_port.ts";

Deno.test("freePort() finds a port that can be listened on, outside what connections are given", async () => {
  const port = freePort();
  using _listener = Deno.listen({ hostname: "127.0.0.1", port });
  const range = await Deno.readTextFile("/proc/sys/net/ipv4/ip_local_port_range").catch(() => "");
  assert.ok(port < Number(range.split(/\s/)[0] || 32_768), `${port} is not below ${range}`);
});
