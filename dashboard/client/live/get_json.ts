/** JSON of this server's own interface. */
/// <reference lib="dom" />

/** The answer. @throws {Error} If the server does not give it. */
export async function getJson<T>(path: string): Promise<T> {
  const response = await fetch(path, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`Cannot fetch ${path}: the server answered ${response.status}`);
  return await response.json();
}
