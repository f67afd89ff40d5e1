/** A cable to the server: a TCP proxy that can be cut and mended. */

/** A cable to a port of this machine. Disposing takes it away. */
export class Wire implements AsyncDisposable {
  readonly #listener: Deno.TcpListener;
  readonly #target: number;
  readonly #connections = new Set<Deno.Conn>();
  readonly #serving: Promise<void>;
  #mended: PromiseWithResolvers<void> | null = null;
  #isRefusing = false;

  private constructor(target: number, hostname: string) {
    this.#target = target;
    this.#listener = Deno.listen({ hostname, port: 0 });
    this.#serving = this.#serve();
  }

  /** A cable from an address of this machine to `127.0.0.1:target`. */
  static to(target: number, hostname: string = "127.0.0.1"): Wire {
    return new Wire(target, hostname);
  }

  /** Where clients connect. */
  get port(): number {
    return this.#listener.addr.port;
  }

  /** Whether nothing goes through at present. */
  get isCut(): boolean {
    return this.#isRefusing || this.#mended !== null;
  }

  /** Nothing goes through any more, and nobody is told: packets that are lost. */
  stall(): void {
    this.#mended ??= Promise.withResolvers();
  }

  /** Every connection is closed, and new ones are until it is mended. */
  sever(): void {
    this.#isRefusing = true;
    this.#closeAll();
  }

  /** What was held back goes through, and new connections too. */
  mend(): void {
    this.#isRefusing = false;
    this.#mended?.resolve();
    this.#mended = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    this.#isRefusing = true;
    this.#closeAll();
    this.#mended?.resolve();
    await this.#serving;
  }

  async #serve(): Promise<void> {
    const joined: Promise<void>[] = [];
    for await (const near of this.#listener) joined.push(this.#join(near));
    await Promise.all(joined);
  }

  async #join(near: Deno.Conn): Promise<void> {
    this.#connections.add(near);
    try {
      await this.#mended?.promise;
      if (this.#isRefusing) return;
      const far = await Deno.connect({ hostname: "127.0.0.1", port: this.#target });
      this.#connections.add(far);
      if (this.#isRefusing) return this.#close(far);
      await Promise.all([this.#pump(near, far), this.#pump(far, near)]);
    } catch {
      // Nobody listens there at present: the client hears of it as a connection that ends.
    } finally {
      this.#close(near);
    }
  }

  /** Bytes one way until an end closes; then both are closed. */
  async #pump(from: Deno.Conn, to: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (let count = await from.read(buffer); count !== null; count = await from.read(buffer)) {
        await this.#mended?.promise;
        for (let sent = 0; sent < count;) sent += await to.write(buffer.subarray(sent, count));
      }
    } catch {
      // An end was closed in the middle of it.
    } finally {
      this.#close(from);
      this.#close(to);
    }
  }

  #closeAll(): void {
    for (const connection of [...this.#connections]) this.#close(connection);
  }

  #close(connection: Deno.Conn): void {
    if (!this.#connections.delete(connection)) return;
    try {
      connection.close();
    } catch { /* it has closed by itself */ }
  }
}
