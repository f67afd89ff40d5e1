/** The client's own socket transport, with the one listener that it forgets. */
import type { ConnectionOptions, NatsConnection } from "nats";
import { NatsConnectionImpl, setTransportFactory } from "nats/client";
import { nodeResolveHost, NodeTransport } from "nats/node-transport";

/**
 * Connects as `connect` of the client does, over sockets whose late errors are nobody's business.
 *
 * The client takes all listeners off a socket when it is done with it. If the server has closed with
 * bytes of ours unread, as it does when it refuses a login, the reset that follows finds no listener
 * and would end the process as an uncaught error.
 */
export function connectOverSocket(options: ConnectionOptions): Promise<NatsConnection> {
  setTransportFactory({
    factory: () => new GuardedTransport(),
    dnsResolveFn: nodeResolveHost,
  });
  return NatsConnectionImpl.connect(options);
}

class GuardedTransport extends NodeTransport {
  override async connect(
    host: Parameters<NodeTransport["connect"]>[0],
    options: ConnectionOptions,
  ): Promise<void> {
    try {
      await super.connect(host, options);
    } catch (error) {
      this.socket?.on("error", ignore);
      throw error;
    }
  }

  override setupHandlers(): void {
    super.setupHandlers();
    const { socket } = this;
    // Runs before any further event of the socket: the client resolves it right after its clean-up.
    this.closed().then(() => {
      socket.on("error", ignore);
    });
  }
}

function ignore(): void {
  // Whatever failed was told already, or happened after the connection was given up.
}
