/** Values of command-line options: parsed at once, refused with what they must be. */
import { InvalidArgumentError } from "commander";

/** A parser of integers in [min, max], for commander's options. */
export function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`It must be an integer from ${min} to ${max}.`);
    }
    return value;
  };
}

/** A parser of one of a few words. */
export function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((known) => known === text);
    if (word === undefined) {
      throw new InvalidArgumentError(`It must be one of ${words.join(", ")}.`);
    }
    return word;
  };
}

/** A parser of `all` or of numbers, such as `0,2`; the numbers come sorted, each once. */
export function allOrNumbers(text: string): "all" | readonly number[] {
  if (text === "all") return "all";
  const parts = text.split(",").map((part) => part.trim());
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) {
    throw new InvalidArgumentError("It must be all, or numbers such as 0,2.");
  }
  return [...new Set(parts.map(Number))].sort((a, b) => a - b);
}

/** Collects the values of an option that may be given more than once. */
export function collect(text: string, previous: readonly string[]): readonly string[] {
  return [...previous, text];
}
