/** One program out of a release archive: nothing else in it ever reaches the disk. */
import { unzipSync } from "fflate";
import { unpackTar } from "modern-tar";

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
    filter: (header) => header.type === "file" && baseName(header.name) === program,
  });
  return entries.flatMap((entry) => entry.data ?? []);
}

function fromZip(archive: Uint8Array, program: string): readonly Uint8Array[] {
  return Object.values(unzipSync(archive, { filter: (file) => baseName(file.name) === program }));
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
