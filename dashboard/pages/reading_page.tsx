/** What a person sees while a large journal is read: how far it is. The page comes by itself. */
import type { VNode } from "preact";
import { formatCount } from "../client/parts/format.ts";
import type { ClientBundle } from "../client_bundle.ts";
import type { JournalReading } from "../journal_reading.ts";
import { Shell } from "./shell.tsx";

/** What the page needs. */
export interface ReadingPageProps {
  readonly reading: JournalReading;
  /** The sweep whose journal it is; null: those of all sweeps. */
  readonly sweep: string | null;
  readonly version: string;
  readonly clientBundle: ClientBundle;
  readonly now: number;
}

/** The page; whoever sends it tells the browser to ask again soon. */
export function ReadingPage({ reading, sweep, ...rest }: ReadingPageProps): VNode {
  const journal = sweep === null ? "Reading the journals" : "Reading the journal";
  const { read, total } = reading;
  const so = `${formatCount(read)} of ${formatCount(total)} entries`;
  return (
    <Shell
      {...rest}
      title={journal}
      state={null}
      role="viewer"
      current={{ page: "sweeps", isPart: sweep !== null }}
    >
      <header class="sweep-head">
        <h1>{sweep ?? "Sweeps"}</h1>
      </header>
      <section class="card reading" aria-labelledby="reading-title">
        <h2 id="reading-title">{journal}: {so}</h2>
        <progress max={total} value={read} aria-labelledby="reading-title">{so}</progress>
        <p class="note">
          Every page is made from the journal, so all of it is read once after the dashboard has
          started, or when nobody has looked for a while. This page asks again each second and shows
          the rest as soon as it is there.
        </p>
      </section>
    </Shell>
  );
}
