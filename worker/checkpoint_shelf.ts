/** The checkpoints of one attempt in the artifact store: one at a time, never none between two. */
import { getLogger } from "@logtape/logtape";
import { checkpointArtifact, detachedArtifact } from "../core/protocol/subjects.ts";
import type { ArtifactStore, Timers } from "../core/protocol/ports.ts";
import { type AttemptApi, retryPause } from "./attempt_api.ts";
import type { SavedCheckpoint } from "./outbox.ts";

const logger = getLogger(["trawl", "worker", "checkpoint"]);

/** A store that fails this often has lost one checkpoint; the next one tries again. */
const STORE_TRIES = 3;

/** What a shelf needs. */
export interface CheckpointShelfOptions {
  readonly artifacts: ArtifactStore;
  readonly api: AttemptApi;
  readonly timers: Timers;
  /** The artifact that the attempt was granted to go on from, if nobody else does; else null. */
  readonly granted: string | null;
}

/** Stores, announces and removes checkpoints. */
export class CheckpointShelf {
  readonly #options: CheckpointShelfOptions;
  /** What the coordinator would hand to the next attempt. */
  #current: string | null;
  /** Lanes wait in it for another day. */
  #parked: string | null = null;

  constructor(options: CheckpointShelfOptions) {
    this.#options = options;
    this.#current = options.granted;
  }

  /**
   * A granted checkpoint; null if it is not in the store any more, or cannot be loaded at all.
   * @throws {unknown} The signal's reason, when it aborts before the store has answered.
   */
  async load(
    granted: string,
    options: { readonly signal: AbortSignal },
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    const { artifacts, timers } = this.#options;
    for (let repetition = 1;; repetition++) {
      options.signal.throwIfAborted();
      try {
        const bytes = await artifacts.get(granted);
        // A copy of its own memory, which can be handed to the training thread.
        return bytes === null ? null : new Uint8Array(bytes);
      } catch (error) {
        logger.warn("Cannot read checkpoint {granted}: {error}", { granted, error });
        // It has no name that the store knows, or is too large: asking again does not help.
        if (error instanceof SyntaxError || error instanceof RangeError) return null;
        await timers.sleep(retryPause(repetition), options);
      }
    }
  }

  /**
   * Stores and announces a checkpoint, then removes the one before it, in this order: whenever the
   * attempt ends, the checkpoint that the coordinator knows is in the store.
   * @throws {unknown} What `AttemptApi.send` throws.
   */
  async store(
    checkpoint: SavedCheckpoint,
    options: { readonly signal: AbortSignal },
  ): Promise<void> {
    const { api } = this.#options;
    const { epoch, trials } = checkpoint;
    const artifact = checkpointArtifact(api.ref.sweep, { ...api.ref, epoch });
    if (!await this.#put(artifact, checkpoint.bytes, options)) return;
    await api.send("checkpointed", { ...api.ref, epoch, artifact, trials }, options);
    const previous = this.#current;
    this.#current = artifact;
    if (previous !== null && previous !== artifact) await this.#remove(previous);
  }

  /**
   * Stores and announces lanes that leave the pack: the file is of whoever gets them, and never
   * removed here. False if the store does not take it: then nothing has happened.
   * @throws {unknown} What `AttemptApi.send` throws.
   */
  async detach(
    { epoch, trials, bytes }: SavedCheckpoint,
    options: { readonly signal: AbortSignal },
  ): Promise<boolean> {
    const { api } = this.#options;
    const [first] = trials;
    if (first === undefined) return false;
    const artifact = detachedArtifact(api.ref.sweep, { ...api.ref, epoch, first });
    if (!await this.#put(artifact, bytes, options)) return false;
    await api.send("detached", { ...api.ref, epoch, artifact, trials }, options);
    return true;
  }

  /**
   * Stores lanes that wait for another day; who announces them knows their artifact by this.
   * @throws {Error} If the store does not take it.
   */
  async park(
    { epoch, bytes }: Pick<SavedCheckpoint, "epoch" | "bytes">,
    options: { readonly signal: AbortSignal },
  ): Promise<string> {
    const { ref } = this.#options.api;
    const artifact = checkpointArtifact(ref.sweep, { ...ref, epoch });
    if (!await this.#put(artifact, bytes, options)) {
      throw new Error(`Cannot keep paused trials: the store did not take ${artifact}`);
    }
    this.#parked = artifact;
    return artifact;
  }

  /** Removes the last checkpoint: nobody goes on from it. */
  async clear(): Promise<void> {
    const last = this.#current;
    this.#current = null;
    if (last !== null && last !== this.#parked) await this.#remove(last);
  }

  /** Whether the artifact is in the store now. */
  async #put(
    artifact: string,
    bytes: Uint8Array,
    options: { readonly signal: AbortSignal },
  ): Promise<boolean> {
    const { artifacts, timers } = this.#options;
    for (let repetition = 1; repetition <= STORE_TRIES; repetition++) {
      options.signal.throwIfAborted();
      try {
        await artifacts.put(artifact, bytes);
        return true;
      } catch (error) {
        logger.warn("Cannot store checkpoint {artifact}: {error}", { artifact, error });
        await timers.sleep(retryPause(repetition), options);
      }
    }
    return false;
  }

  async #remove(artifact: string): Promise<void> {
    try {
      await this.#options.artifacts.remove(artifact);
    } catch (error) {
      // It costs space and nothing else: the attempt goes on.
      logger.warn("Cannot remove checkpoint {artifact}: {error}", { artifact, error });
    }
  }
}
