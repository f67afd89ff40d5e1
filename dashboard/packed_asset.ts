/** Files that never change as they go over the wire: packed once, as well as it can be done. */
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { Asset } from "./client_bundle.ts";

/** A body and how it is packed; null: it is not. */
export interface PackedBody {
  readonly encoding: "br" | "gzip" | null;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** One file in all encodings. */
export class PackedAsset {
  readonly #asset: Asset;
  readonly #packed: Promise<readonly PackedBody[]>;

  /** Begins to pack it. */
  constructor(asset: Asset) {
    this.#asset = asset;
    this.#packed = pack(asset.body);
  }

  get contentType(): string {
    return this.#asset.contentType;
  }

  /** The smallest body that a client takes which says so in `Accept-Encoding`. */
  async bodyFor(accepted: string | undefined): Promise<PackedBody> {
    const isTaken = takenBy(accepted ?? "");
    const packed = await this.#packed;
    return packed.find(({ encoding }) => encoding !== null && isTaken(encoding)) ??
      { encoding: null, body: this.#asset.body };
  }
}

/** By RFC 9110, section 12.5.3: whatever is named without `q=0`, and by a star what is not named. */
function takenBy(accepted: string): (encoding: string) => boolean {
  const taken = new Map(
    accepted.split(",").map((part) => {
      const [name = "", ...parameters] = part.toLowerCase().split(";").map((text) => text.trim());
      return [name, !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))];
    }),
  );
  return (encoding) => taken.get(encoding) ?? taken.get("*") ?? false;
}

/** The smallest first. */
async function pack(body: Uint8Array<ArrayBuffer>): Promise<readonly PackedBody[]> {
  const [br, zipped] = await Promise.all([promisify(brotliCompress)(body), promisify(gzip)(body)]);
  const packed: readonly PackedBody[] = [
    { encoding: "br", body: new Uint8Array(br) },
    { encoding: "gzip", body: new Uint8Array(zipped) },
  ];
  return packed.toSorted((a, b) => a.body.length - b.body.length);
}
