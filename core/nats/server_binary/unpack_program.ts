/** One program out of a release archive: nothing else in it ever reaches the disk. */
import { type UnzipFileInfo, unzipSync } from "fflate";
import { unpackTar } from "modern-tar";
import { type Bytes, bytes } from "../../domain/units.ts";

/** Far above any nats-server: an archive that declares more must not take the memory for it. */
const LARGEST_PROGRAM: Bytes = bytes(256 * 1024 * 1024);

/**
 * The bytes of the file called `program` at any depth in the archive. Only the last part of an
 * entry's name is looked at, so a name cannot lead out of a folder; links are not followed.
 *
 * @throws {Error} If the archive is damaged, or does not hold exactly one such file.
 */
export async function unpackProgram(
  archive: Uint8Array<ArrayBuffer>,
  format: "tar.gz" | "zip",
  program: string,
): Promise<Uint8Array> {
  const files = format === "zip" ? fromZip(archive, program) : await fromTar(archive, program);
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new Error(`the archive holds ${files.length} files "${program}"; it must hold one`);
  }
  return file;
}

async function fromTar(
  archive: Uint8Array<ArrayBuffer>,
  program: string,
): Promise<readonly Uint8Array[]> {
  const stream = new Blob([archive]).stream().pipeThrough(new DecompressionStream("gzip"));
  const entries = await unpackTar(stream, {
    filter: ({ type, name, size }) =>
      type === "file" && baseName(name) === program && fits(name, size),
  });
  return entries.flatMap((entry) => entry.data ?? []);
}

function fromZip(archive: Uint8Array, program: string): readonly Uint8Array[] {
  const filter = ({ name, originalSize }: UnzipFileInfo): boolean =>
    baseName(name) === program && fits(name, originalSize);
  return Object.values(unzipSync(archive, { filter }));
}

/** True. @throws {Error} If the file is larger than any program of its name. */
function fits(name: string, size: number): boolean {
  if (size <= LARGEST_PROGRAM) return true;
  throw new Error(`the archive's "${name}" is said to have ${size} bytes`);
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
