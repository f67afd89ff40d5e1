/** JSON of this server's own interface. */
/// <reference lib="dom" />

/** The answer. @throws {Error} If the server does not give it, or the signal aborts. */
export async function getJson<T>(path: string, signal: AbortSignal | null = null): Promise<T> {
  const response = await fetch(path, { headers: { accept: "application/json" }, signal });
  if (!response.ok) throw new Error(`Cannot fetch ${path}: the server answered ${response.status}`);
  return await response.json();
}
