/** A second look into a running home: a transport to the server that a sweep started there. */
import { milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";

/** The address of a home's own server, with credentials; null while none is recorded. */
export async function homeServerUrl(home: string): Promise<string | null> {
  try {
    const record = JSON.parse(await Deno.readTextFile(`${home}/nats/server.json`));
    return record.url.replace("//", `//${record.user}:${encodeURIComponent(record.password)}@`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Opens a transport to it. */
export async function openHomeTransport(home: string): Promise<Transport> {
  const url = await homeServerUrl(home);
  if (url === null) throw new Error(`No server is recorded in ${home}`);
  return await openTransport(parseNatsTarget(url), { name: "test", leaseMs: milliseconds(10_000) });
}
