/** What a person sees when a page cannot be shown: what happened and where to go. */
import type { VNode } from "preact";
import type { ClientBundle } from "../client_bundle.ts";
import type { Problem } from "../problem.ts";
import { Shell } from "./shell.tsx";

/** What the page needs. */
export interface ErrorPageProps {
  readonly problem: Problem;
  readonly version: string;
  readonly clientBundle: ClientBundle;
  readonly now: number;
}

/** The page of a problem. */
export function ErrorPage({ problem, ...rest }: ErrorPageProps): VNode {
  return (
    <Shell {...rest} title={problem.title} state={null} current={null} role="viewer">
      <header class="sweep-head">
        <h1>{problem.title}</h1>
      </header>
      <section class="card" aria-label="What happened">
        <p class="trouble">{problem.detail}</p>
        <p>{advice(problem.status)}</p>
      </section>
    </Shell>
  );
}

function advice(status: number): string {
  switch (status) {
    case 409:
      return "Nothing was changed.";
    case 404:
      return "The list of sweeps shows what is there.";
    case 503:
      return "Reload this page when the NATS server is back; nothing is lost by waiting.";
    default:
      return "The list of sweeps may still work.";
  }
}
