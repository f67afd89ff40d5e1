/** Three real nats-servers that form one cluster on loopback, each with a store of its own. */
import { join } from "node:path";
import { connectNats } from "../../core/nats/connect.ts";
import { ConfiguredServer } from "./configured_server.ts";
import { freePort } from "./free_port.ts";

const NODES = 3;
const LEADER_WITHIN_MS = 60_000;

/** A cluster that a test owns. Disposing ends its servers and removes their folders. */
export class NatsCluster implements AsyncDisposable {
  readonly nodes: readonly ConfiguredServer[];

  private constructor(nodes: readonly ConfiguredServer[]) {
    this.nodes = nodes;
  }

  /** Starts the nodes and waits until JetStream has a leader among them. */
  static async start(): Promise<NatsCluster> {
    await using stack = new AsyncDisposableStack();
    const routes = distinctPorts(NODES);
    const urls = routes.map((port) => `nats://127.0.0.1:${port}`).join(", ");
    const nodes = await Promise.all(routes.map(async (port, index) =>
      stack.use(
        await ConfiguredServer.start({
          config: (dir) =>
            [
              `server_name: "n${index}"`,
              `jetstream { store_dir: ${JSON.stringify(join(dir, "jetstream"))} }`,
              `cluster { name: "test", listen: "127.0.0.1:${port}", routes: [ ${urls} ] }`,
            ].join("\n"),
        }),
      )
    ));
    const cluster = new NatsCluster(nodes);
    await cluster.#untilLed();
    stack.move();
    return cluster;
  }

  /** All addresses, for `--nats`; the nodes in the order given come first. */
  url(first: readonly number[] = []): string {
    const order = [...first, ...this.nodes.keys()].filter((n, i, all) => all.indexOf(n) === i);
    return order.map((index) => this.nodes[index]!.url).join(",");
  }

  /** The node that leads a stream at present; -1 while none does. */
  async leaderOf(stream: string): Promise<number> {
    await using link = await connectNats(this.url(), { name: "test" });
    const manager = await link.connection.jetstreamManager({ checkAPI: false });
    const { cluster } = await manager.streams.info(stream);
    return Number(/^n(\d)$/.exec(cluster?.leader ?? "")?.[1] ?? -1);
  }

  async #untilLed(): Promise<void> {
    const deadline = performance.now() + LEADER_WITHIN_MS;
    for (;;) {
      await using link = await connectNats(this.url(), { name: "test" });
      try {
        // A stream on every node shows that all three have found each other.
        const manager = await link.connection.jetstreamManager();
        await manager.streams.add({ name: "PROBE", subjects: ["probe"], num_replicas: NODES });
        await manager.streams.delete("PROBE");
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.nodes.map((node) => node[Symbol.asyncDispose]()));
  }
}

function distinctPorts(count: number): readonly number[] {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(freePort());
  return [...ports];
}
