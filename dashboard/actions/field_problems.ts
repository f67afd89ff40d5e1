/** What is wrong with what somebody has filled in: which field, what it has, what it must be. */

/** Problems by the name of the field; the empty name: of the whole form. */
export type FieldProblems = ReadonlyMap<string, string>;

/** The problem of a refusal, at the field that it speaks of, if it speaks of one. */
export function problemsOf(message: string, names: readonly string[]): FieldProblems {
  const field = names.find((name) =>
    message.includes(`: ${name} is `) ||
    message.includes(`: ${name} would `) || message.includes(`value of ${name},`)
  );
  return new Map([[field ?? "", message]]);
}
