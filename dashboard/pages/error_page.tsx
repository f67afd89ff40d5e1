/** What a person sees when a page cannot be shown: what happened, why, and what to do next. */
import type { VNode } from "preact";
import { EmptyState, serverOption } from "../client/parts/empty_state.tsx";
import type { ClientBundle } from "../client_bundle.ts";
import { FAULT_TITLE, type Problem } from "../problem.ts";
import { Shell } from "./shell.tsx";

/** What the page needs. */
export interface ErrorPageProps {
  readonly problem: Problem;
  readonly version: string;
  readonly clientBundle: ClientBundle;
  readonly now: number;
  /** Where workers join and journals are, without credentials. */
  readonly natsAddress?: string | null;
  /** Where a sweep is not there: the one whose id is near to what was asked for, if any is. */
  readonly absentSweep?: { readonly nearest: string | null } | null;
  /** Whether the reader has yet to sign in; absent: no. */
  readonly isOutside?: boolean;
}

/** The page of a problem. */
export function ErrorPage(props: ErrorPageProps): VNode {
  const { problem, absentSweep = null, natsAddress = null, ...rest } = props;
  return (
    <Shell
      {...rest}
      title={problem.title}
      state={null}
      current={null}
      role="viewer"
    >
      <header class="sweep-head">
        <h1>{problem.title}</h1>
      </header>
      <section class="card" aria-label="What happened">
        <p class="trouble">{problem.detail}</p>
        {absentSweep === null
          ? (
            <Advice
              status={problem.status}
              isOurs={problem.title === FAULT_TITLE}
              natsAddress={natsAddress}
            />
          )
          : <OtherSweep {...absentSweep} natsAddress={natsAddress} />}
        <p>
          {rest.isOutside ? <a href="/login">Sign in</a> : (
            <>
              <a href="/">All sweeps</a> · <a href="/fleet">All workers</a>
            </>
          )}
          {problem.requestId !== undefined && (
            <span class="note">
              · request <code>{problem.requestId}</code>
            </span>
          )}
        </p>
      </section>
    </Shell>
  );
}

function OtherSweep(
  { nearest, natsAddress }: {
    readonly nearest: string | null;
    readonly natsAddress: string | null;
  },
  context?: unknown,
): VNode {
  return (
    <>
      {nearest !== null && (
        <p class="nearest">
          Did you mean <a href={`/s/${nearest}`}>{nearest}</a>?
        </p>
      )}
      <EmptyState
        title="It may be in another home directory, or on another server."
        command={`deno task trawl ls${serverOption(context)}`}
      >
        This dashboard reads {natsAddress ?? "one server"}. This lists what a server has:
      </EmptyState>
    </>
  );
}

function Advice(
  { status, isOurs, natsAddress }: {
    readonly status: number;
    /** Whether the dashboard itself is to blame. */
    readonly isOurs: boolean;
    readonly natsAddress: string | null;
  },
  context?: unknown,
): VNode {
  switch (status) {
    case 400:
      return <EmptyState title="The address asks for something that makes no sense here." />;
    case 409:
      return <EmptyState title="Nothing was changed." />;
    case 404:
      return <EmptyState title="The address may be misspelt, or what it names was never there." />;
    case 403:
      return <EmptyState title="Your role does not allow it. Nothing was changed." />;
    case 429:
      return <EmptyState title="Too many requests came from here: wait a minute." />;
    case 500:
      return isOurs
        ? <EmptyState title="Nothing is lost: only this page is concerned." />
        : (
          <EmptyState title="Another version of Trawl wrote this journal, or it is damaged.">
            The other sweeps are not concerned. The version that wrote it can still read it.
          </EmptyState>
        );
    case 503:
      return (
        <EmptyState
          title={`The NATS server${natsAddress ? ` ${natsAddress}` : ""} is away.`}
          command={`deno task trawl doctor${serverOption(context)}`}
        >
          Nothing is lost: workers and sweeps wait for it too. Reload this page when it is back.
          This finds out what is the matter:
        </EmptyState>
      );
    default:
      return <EmptyState title="The list of sweeps may still work." />;
  }
}
