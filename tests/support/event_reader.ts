/** Reads a response's server-sent events one by one, with the page's own parser. */
import { EventParser, type StreamEvent } from "../../dashboard/client/live/live_stream.ts";

/** The events of one response. Disposing hangs up. */
export class EventReader implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #parser = new EventParser();
  #waiting: StreamEvent[] = [];
  #pending: ReturnType<ReadableStreamDefaultReader<string>["read"]> | null = null;

  /** The answer's HTTP status: 204 has no events. */
  readonly status: number;

  constructor(response: Response) {
    this.status = response.status;
    const body = response.body ?? new Blob([]).stream();
    this.#reader = body.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next event; null at the end of the stream, or if none comes in time. */
  async next(withinMs = 5_000): Promise<StreamEvent | null> {
    while (this.#waiting.length === 0) {
      this.#pending ??= this.#reader.read();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<null>((resolve) =>
        timer = setTimeout(() => resolve(null), withinMs)
      );
      const chunk = await Promise.race([this.#pending, late]);
      clearTimeout(timer);
      if (chunk === null) return null;
      this.#pending = null;
      if (chunk.done) return null;
      this.#waiting.push(...this.#parser.push(chunk.value));
    }
    return this.#waiting.shift() ?? null;
  }

  /** All events until one of a type, itself included. */
  async until(type: string): Promise<readonly StreamEvent[]> {
    const events: StreamEvent[] = [];
    for (let event = await this.next(); event !== null; event = await this.next()) {
      events.push(event);
      if (event.type === type) return events;
    }
    const seen = events.map((event) => event.type).join(", ");
    throw new Error(`Cannot find a "${type}" event: there came only ${seen || "nothing"}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel();
  }
}
