/** A process that holds a home's own NATS server: `nats_server_holder.ts HOME`, until its input ends. */
import { EmbeddedServer } from "../../core/nats/embedded_server.ts";
import { natsServerBinary } from "./nats_server_binary.ts";

/** What it prints, one JSON object a line. */
export type HolderLine =
  | { readonly kind: "open"; readonly url: string; readonly isReused: boolean }
  | { readonly kind: "interrupted" }
  | { readonly kind: "closed" };

if (import.meta.main) {
  const [home] = Deno.args;
  if (home === undefined) throw new TypeError("Cannot hold a NATS server: it must be given a home");
  await hold(home);
}

async function hold(home: string): Promise<void> {
  const interrupted = (): void => print({ kind: "interrupted" });
  Deno.addSignalListener("SIGINT", interrupted);
  {
    await using server = await EmbeddedServer.open({ home, binary: natsServerBinary });
    print({ kind: "open", url: server.url, isReused: server.isReused });
    await Deno.stdin.readable.pipeTo(new WritableStream());
  }
  print({ kind: "closed" });
  Deno.removeSignalListener("SIGINT", interrupted);
}

function print(line: HolderLine): void {
  // deno-lint-ignore no-console -- its standard output is its interface
  console.log(JSON.stringify(line));
}
