/** Says in a panel that its news could not be had, with a way to ask again. */
/// <reference lib="dom" />

/** The server answered, but not with what was asked for. */
export class AnswerError extends Error {
  readonly status: number;
  /** What the request is called in the server's log. */
  readonly requestId: string | null;

  constructor({ status, headers, url }: Response) {
    super(`Cannot fetch ${url}: the server answered ${status}`);
    this.status = status;
    this.requestId = headers.get("x-request-id");
  }
}

/**
 * How the latest question of a panel went. A server that is away is no matter of the panel: the
 * connection says so, and its return brings the news.
 */
export function tellFailure(panel: Element, error: unknown, retry: () => void): void {
  if (error !== null && !(error instanceof AnswerError)) return;
  panel.querySelector(":scope > .panel-failure")?.remove();
  if (error === null) return;
  const note = document.createElement("p");
  note.className = "trouble panel-failure";
  note.setAttribute("role", "alert");
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button";
  again.textContent = "Try again";
  again.addEventListener("click", retry);
  const request = error.requestId === null ? "" : `, request ${error.requestId}`;
  note.append(
    `${whyOf(error.status)}: this is what it said before. `,
    again,
    ` (${error.status}${request})`,
  );
  panel.prepend(note);
}

function whyOf(status: number): string {
  return status === 429 ? "Too many requests came from here" : "The server could not answer";
}
