/** Which workers live: records in a bucket that forgets them after a few silent seconds. */
import type { JetStreamManager, KV, NatsConnection } from "nats";
import type { WorkerId } from "../domain/ids.ts";
import { decode, DecodeError, encode } from "../protocol/codec.ts";
import type { PresenceDirectory, Waiting } from "../protocol/ports.ts";
import type { Presence } from "../protocol/presence.ts";
import { presenceSchema } from "../protocol/presence_schema.ts";
import { WORKERS_BUCKET } from "../protocol/subjects.ts";
import { abortable } from "./waiting.ts";

/** How a directory is opened. */
export interface PresenceDirectoryOptions {
  /** Told of each record that cannot be read; it is left out of the list. */
  readonly onUndecodable?: (error: DecodeError) => void;
}

const KEY_PREFIX = `$KV.${WORKERS_BUCKET}.`;

/** The presence bucket. */
export class NatsPresenceDirectory implements PresenceDirectory {
  readonly #bucket: KV;
  readonly #manager: JetStreamManager;
  readonly #onUndecodable: (error: DecodeError) => void;

  private constructor(bucket: KV, manager: JetStreamManager, options: PresenceDirectoryOptions) {
    this.#bucket = bucket;
    this.#manager = manager;
    this.#onUndecodable = options.onUndecodable ?? (() => {});
  }

  /** A directory over a provisioned server. */
  static async open(
    connection: NatsConnection,
    options: PresenceDirectoryOptions = {},
  ): Promise<NatsPresenceDirectory> {
    const manager = await connection.jetstreamManager({ checkAPI: false });
    const bucket = await connection.jetstream().views.kv(WORKERS_BUCKET, { bindOnly: true });
    return new NatsPresenceDirectory(bucket, manager, options);
  }

  /** Says that a worker lives. @throws {Error} If the server does not answer: say it again later. */
  async put(presence: Presence): Promise<void> {
    await this.#bucket.put(presence.worker, encode(presence));
  }

  /** Says that a worker is gone. Harmless if it was not there. */
  async remove(worker: WorkerId): Promise<void> {
    await this.#bucket.delete(worker);
  }

  /** The workers that were heard of within the bucket's TTL, by id. */
  async list(options: Waiting = {}): Promise<readonly Presence[]> {
    return await abortable(this.#list(), options.signal);
  }

  async #list(): Promise<readonly Presence[]> {
    // Names from the stream's state, then direct gets: a consumer, as `keys()` makes one, waits for
    // ever if a record expires while it is read.
    const { state } = await this.#manager.streams.info(`KV_${WORKERS_BUCKET}`, {
      subjects_filter: `${KEY_PREFIX}>`,
    });
    const keys = Object.keys(state.subjects ?? {}).map((name) => name.slice(KEY_PREFIX.length));
    const records = await Promise.all(keys.sort().map((key) => this.#get(key)));
    return records.filter((record) => record !== null);
  }

  async #get(key: string): Promise<Presence | null> {
    const record = await this.#bucket.get(key);
    if (record === null || record.operation !== "PUT") return null;
    try {
      const presence = decode(record.value, presenceSchema, { subject: KEY_PREFIX + key });
      const owner: string = presence.worker;
      if (owner === key) return presence;
      const reason = `it speaks of worker "${owner}"`;
      throw new DecodeError(KEY_PREFIX + key, { reason, bytes: record.value });
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.#onUndecodable(error);
      return null;
    }
  }
}
