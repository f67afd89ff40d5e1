/** An answer in parts of which one may fail without the others. */
import { problemOf } from "../problem.ts";

/**
 * Makes each part at once, and each for itself. One that could not be made throws where it is read,
 * after another try: a page's panel reads its own, and says that it has none; who reads all of them,
 * as JSON does, fails as a whole.
 * @throws What a maker throws to answer the request: that it is wrong, or what it asks for absent.
 */
export function partsOf<T extends object>(
  makers: { readonly [Name in keyof T]: () => T[Name] },
): T {
  const parts: Partial<T> = {};
  for (const name of namesOf(makers)) {
    const make = makers[name];
    Object.defineProperty(parts, name, { enumerable: true, get: remembered(make) });
  }
  return parts as T;
}

function namesOf<T extends object>(object: T): readonly (keyof T)[] {
  return Object.keys(object) as (keyof T)[];
}

function remembered<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  try {
    made = { value: make() };
  } catch (error) {
    if (problemOf(error).status < 500) throw error;
  }
  return () => (made ??= { value: make() }).value;
}
