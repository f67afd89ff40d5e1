/** Why a backend was refused, for a place that shows its name beside the reason. */

/** The error's message without its opening words. */
export function refusalReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^Cannot (?:load|use) backend "[^"]*": /, "");
}
