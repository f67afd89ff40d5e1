/** Checkpoints, results and data sets: binary files by name, in the object store. */
import { type JetStreamManager, type NatsConnection, type ObjectStore, StorageType } from "nats";
import { type Bytes, bytes } from "../domain/units.ts";
import { messageLimit } from "../protocol/codec.ts";
import type { ArtifactStore } from "../protocol/ports.ts";
import { ARTIFACTS_BUCKET } from "../protocol/subjects.ts";
import { DamagedArtifactError, readObject } from "./artifact_reading.ts";
import { isNotFound } from "./jetstream_errors.ts";

/** The largest artifact that `get` loads, unless told. */
export const ARTIFACT_LIMIT: Bytes = bytes(2 ** 30);

const MAX_NAME_LENGTH = 256;
const NAME_REGEXP = /^[A-Za-z0-9_=-][A-Za-z0-9_.=-]*(\/[A-Za-z0-9_=-][A-Za-z0-9_.=-]*)*$/;
/** How often an artifact is read that is being replaced meanwhile. */
const READS = 3;
/** How long the server may take for each of a put's messages. */
const PUT_TIMEOUT_MS = 15_000;
/** Larger chunks make fewer messages; the client's default is as large. */
const LARGEST_CHUNK = 128 * 1024;

/** The artifacts of all sweeps. */
export class NatsArtifactStore implements ArtifactStore {
  readonly #store: ObjectStore;
  readonly #manager: JetStreamManager;
  readonly #chunk: number;

  private constructor(store: ObjectStore, manager: JetStreamManager, chunk: number) {
    this.#store = store;
    this.#manager = manager;
    this.#chunk = chunk;
  }

  /** A store over a provisioned server. */
  static async open(connection: NatsConnection): Promise<NatsArtifactStore> {
    const { views } = connection.jetstream();
    // The kind of storage counts only if the bucket is not there yet.
    const store = await views.os(ARTIFACTS_BUCKET, { storage: StorageType.File });
    const manager = await connection.jetstreamManager({ checkAPI: false });
    const chunk = Math.min(LARGEST_CHUNK, messageLimit(connection.info?.max_payload ?? Infinity));
    return new NatsArtifactStore(store, manager, chunk);
  }

  /**
   * Stores bytes under a name, in place of what was there. Readers see the old or the new ones.
   * @throws {SyntaxError} If the name is no artifact name.
   */
  async put(name: string, data: Uint8Array): Promise<void> {
    assertArtifactName(name);
    const options = { max_chunk_size: this.#chunk };
    await this.#store.put({ name, options }, toStream(data), { timeout: PUT_TIMEOUT_MS });
  }

  /**
   * The bytes, verified against their SHA-256, or null if there is no such artifact.
   * @throws {SyntaxError} If the name is no artifact name.
   * @throws {RangeError} If the artifact is larger than the limit; nothing is loaded then.
   * @throws {DamagedArtifactError} If its bytes are not all there, or not what was put.
   */
  async get(name: string, options: { readonly limit?: Bytes } = {}): Promise<Uint8Array | null> {
    assertArtifactName(name);
    const { limit = ARTIFACT_LIMIT } = options;
    let damage: unknown = null;
    for (let left = READS; left > 0; left--) {
      const info = await this.#store.info(name);
      if (info === null || info.deleted) return null;
      assertWithin(name, { size: info.size, limit });
      try {
        return await readObject(this.#manager, info);
      } catch (error) {
        if (!(error instanceof DamagedArtifactError)) throw error;
        // Somebody may have replaced it meanwhile: then the next look finds the new one.
        damage = error;
      }
    }
    throw damage;
  }

  /** Removes an artifact. Harmless if it was not there. @throws {SyntaxError} If the name is none. */
  async remove(name: string): Promise<void> {
    assertArtifactName(name);
    try {
      await this.#store.delete(name);
    } catch (error) {
      if (!isNotFound(error) && !isMissingObject(error)) throw error;
    }
  }
}

/**
 * A name is a relative path of plain segments, none of which begins with a dot: it may become a file.
 * @throws {SyntaxError} If the name is anything else.
 */
export function assertArtifactName(name: string): void {
  if (name.length > MAX_NAME_LENGTH || !NAME_REGEXP.test(name)) {
    throw new SyntaxError(
      `Cannot use artifact name ${JSON.stringify(name.slice(0, 80))}: it must match ` +
        `${NAME_REGEXP} and have at most ${MAX_NAME_LENGTH} characters`,
    );
  }
}

function assertWithin(
  name: string,
  { size, limit }: { readonly size: number; readonly limit: Bytes },
): void {
  if (size <= limit) return;
  throw new RangeError(
    `Cannot load artifact "${name}" of ${size} bytes: it must have at most ${limit}`,
  );
}

function isMissingObject(error: unknown): boolean {
  return error instanceof Error && error.message === "object not found";
}

function toStream(data: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller): void {
      controller.enqueue(data);
      controller.close();
    },
  });
}
