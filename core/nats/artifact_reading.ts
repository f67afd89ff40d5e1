/** Reads an object's chunks one by one, so that whoever reads needs no right to make a consumer. */
import type { JetStreamManager, ObjectInfo } from "nats";
import { ARTIFACTS_BUCKET } from "../protocol/subjects.ts";
import { isNotFound } from "./jetstream_errors.ts";

const STREAM = `OBJ_${ARTIFACTS_BUCKET}`;
const DIGEST_PREFIX = "SHA-256=";

/**
 * The bytes of an object, verified. The client library reads through a push consumer; who may create
 * one chooses where it delivers, and could so speak on subjects that are closed to him.
 * @throws {DamagedArtifactError} If chunks are missing or differ from what was put.
 */
export async function readObject(
  manager: JetStreamManager,
  info: ObjectInfo,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(info.size);
  let filled = 0;
  let after = 0;
  for (let chunk = 0; chunk < info.chunks; chunk++) {
    const message = await nextChunk(manager, info, after);
    if (filled + message.data.length > bytes.length) {
      throw new DamagedArtifactError(info.name, "it has more bytes than it says");
    }
    bytes.set(message.data, filled);
    filled += message.data.length;
    after = message.seq;
  }
  if (filled < bytes.length) throw new DamagedArtifactError(info.name, "some of it is missing");
  await assertDigest(info, bytes);
  return bytes;
}

async function nextChunk(
  manager: JetStreamManager,
  info: ObjectInfo,
  after: number,
): Promise<{ readonly seq: number; readonly data: Uint8Array }> {
  const next_by_subj = `$O.${ARTIFACTS_BUCKET}.C.${info.nuid}`;
  // The server reads both fields together since 2.7.1; the library's type offers them apart.
  const query = { seq: after + 1, next_by_subj } as { readonly seq: number };
  try {
    return await manager.streams.getMessage(STREAM, query);
  } catch (cause) {
    if (!isNotFound(cause)) throw cause;
    throw new DamagedArtifactError(info.name, "some of it is missing", { cause });
  }
}

async function assertDigest(info: ObjectInfo, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const wanted = DIGEST_PREFIX + digest.toBase64({ alphabet: "base64url" });
  if (unpadded(info.digest) === unpadded(wanted)) return;
  throw new DamagedArtifactError(info.name, "its digest is another one");
}

/** Clients differ in whether they pad. */
function unpadded(digest: string): string {
  return digest.replace(/=+$/, "");
}

/** The stored bytes are not what was put. */
export class DamagedArtifactError extends Error {
  override readonly name = "DamagedArtifactError";

  constructor(artifact: string, state: string, options?: ErrorOptions) {
    super(`Cannot read artifact "${artifact}": ${state}; it must be put again`, options);
  }
}
