/** The text of the last module that this worker ran, out of the artifact store, by its digest. */
import { MAX_MODULE_BYTES } from "../../core/domain/user_module.ts";
import { bytes } from "../../core/domain/units.ts";
import type { ArtifactStore } from "../../core/protocol/ports.ts";
import { moduleArtifact } from "../../core/protocol/subjects.ts";
import { DatasetError } from "../datasets/dataset.ts";

/** Holds at most one: packs of one sweep come one after the other. */
export class ModuleStore {
  readonly #artifacts: Pick<ArtifactStore, "get">;
  #kept: { readonly digest: string; readonly text: string } | null = null;

  constructor(artifacts: Pick<ArtifactStore, "get">) {
    this.#artifacts = artifacts;
  }

  /**
   * The text that has this SHA-256.
   * @throws {DatasetError} If there is none, or what is there is something else.
   */
  async load(digest: string): Promise<string> {
    if (this.#kept?.digest === digest) return this.#kept.text;
    const text = await this.#read(digest);
    this.#kept = { digest, text };
    return text;
  }

  async #read(digest: string): Promise<string> {
    const cannot = `Cannot load the sweep's module ${digest.slice(0, 16)}`;
    let stored: Uint8Array | null;
    try {
      stored = await this.#artifacts.get(moduleArtifact(digest), {
        limit: bytes(MAX_MODULE_BYTES),
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DatasetError(`${cannot}: ${reason}`, { cause: error });
    }
    if (stored === null) throw new DatasetError(`${cannot}: it is not in the artifact store`);
    const copy = new Uint8Array(stored);
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", copy)).toHex();
    if (found !== digest) {
      throw new DatasetError(`${cannot}: what the store has by that name has digest ${found}`);
    }
    return new TextDecoder().decode(copy);
  }
}
