/** A program that says what `nvidia-smi -L` says on a machine with GPUs. */

/** A folder to put on the PATH, and the program in it; disposing removes both. */
export interface FakeNvidiaSmi extends AsyncDisposable {
  readonly folder: string;
  readonly path: string;
}

/** Prints the list, or what it is asked to measure; with `error`, prints that on stderr and ends with code 9. */
export async function fakeNvidiaSmi(
  list: string,
  error?: string,
  measured = "",
): Promise<FakeNvidiaSmi> {
  const folder = await Deno.makeTempDir({ prefix: "trawl-smi-" });
  const path = `${folder}/nvidia-smi`;
  const end = error === undefined ? "" : `echo '${error}' >&2\nexit 9\n`;
  const query = `case "$1" in --query-gpu*) cat <<'END'\n${measured}END\nexit;; esac\n`;
  await Deno.writeTextFile(path, `#!/bin/sh\n${query}cat <<'END'\n${list}END\n${end}`);
  await Deno.chmod(path, 0o755);
  return { folder, path, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

/** A program in the place of `nvidia-smi`. */
export interface NvidiaSmiScript {
  readonly path: string;
  /** What a test lets it take. */
  readonly timeoutMs?: number;
}

/** Does what the shell script says. Disposing removes it. */
export async function scriptedNvidiaSmi(
  script: string,
  timeoutMs?: number,
): Promise<NvidiaSmiScript & FakeNvidiaSmi> {
  const fake = await fakeNvidiaSmi("");
  await Deno.writeTextFile(fake.path, `#!/bin/sh\n${script}`);
  return { ...fake, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
}
