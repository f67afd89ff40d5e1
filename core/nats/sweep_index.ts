/** The index of sweeps: a record for each, in a bucket that every reader may look into. */
import type { JetStreamManager, KV, NatsConnection } from "nats";
import type { SweepId } from "../domain/ids.ts";
import { decode, DecodeError, encode } from "../protocol/codec.ts";
import type { SweepIndex, Waiting } from "../protocol/ports.ts";
import type { SweepRecord } from "../protocol/sweep_record.ts";
import { sweepRecordSchema } from "../protocol/sweep_record_schema.ts";
import { SWEEPS_BUCKET } from "../protocol/subjects.ts";
import { abortable } from "./waiting.ts";

const KEY_PREFIX = `$KV.${SWEEPS_BUCKET}.`;

/** The bucket of records. What cannot be read is as good as absent: the journal has it all. */
export class NatsSweepIndex implements SweepIndex {
  readonly #bucket: KV;
  readonly #manager: JetStreamManager;

  private constructor(bucket: KV, manager: JetStreamManager) {
    this.#bucket = bucket;
    this.#manager = manager;
  }

  /** An index over a provisioned server. */
  static async open(connection: NatsConnection): Promise<NatsSweepIndex> {
    const manager = await connection.jetstreamManager({ checkAPI: false });
    const bucket = await connection.jetstream().views.kv(SWEEPS_BUCKET, { bindOnly: true });
    return new NatsSweepIndex(bucket, manager);
  }

  /** Replaces a sweep's record. @throws {Error} If the server does not take it. */
  async put(record: SweepRecord, options: Waiting = {}): Promise<void> {
    await abortable(this.#bucket.put(record.sweep, encode(record)), options.signal);
  }

  /** A sweep's record; null if there is none that can be read. */
  async get(sweep: SweepId, options: Waiting = {}): Promise<SweepRecord | null> {
    return await abortable(this.#get(sweep), options.signal);
  }

  /** All records that can be read, by id. */
  async list(options: Waiting = {}): Promise<readonly SweepRecord[]> {
    return await abortable(this.#list(), options.signal);
  }

  async #list(): Promise<readonly SweepRecord[]> {
    const query = { subjects_filter: `${KEY_PREFIX}>` };
    const { state } = await this.#manager.streams.info(`KV_${SWEEPS_BUCKET}`, query);
    const keys = Object.keys(state.subjects ?? {}).map((name) => name.slice(KEY_PREFIX.length));
    const records = await Promise.all(keys.sort().map((key) => this.#get(key)));
    return records.filter((record) => record !== null);
  }

  async #get(key: string): Promise<SweepRecord | null> {
    const stored = await this.#bucket.get(key);
    if (stored === null || stored.operation !== "PUT") return null;
    try {
      const record = decode(stored.value, sweepRecordSchema, { subject: KEY_PREFIX + key });
      const sweep: string = record.sweep;
      return sweep === key ? record : null;
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return null;
    }
  }
}
