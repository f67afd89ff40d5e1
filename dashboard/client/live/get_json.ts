/** JSON of this server's own interface. */
/// <reference lib="dom" />
import { AnswerError } from "./panel_failure.ts";

/** The answer. @throws {AnswerError} If the server gives another; as `fetch` does if it gives none. */
export async function getJson<T>(path: string, signal: AbortSignal | null = null): Promise<T> {
  const response = await fetch(path, { headers: { accept: "application/json" }, signal });
  if (!response.ok) throw new AnswerError(response);
  return await response.json();
}
