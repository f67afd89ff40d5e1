/** Nominal types over primitives, so that two ids cannot be swapped in a call. */

declare const brand: unique symbol;

/** A primitive that cannot be confused with another of the same base type. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
