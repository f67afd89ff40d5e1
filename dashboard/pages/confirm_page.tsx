/** A page that asks before what is final is done: what will happen, and a button that does it. */
import type { ComponentChildren, VNode } from "preact";

/** The question. */
export interface ConfirmProps {
  readonly title: string;
  /** Where the button posts to. */
  readonly action: string;
  readonly button: string;
  /** Whether nothing brings it back. */
  readonly isFinal: boolean;
  /** Where somebody goes who thinks better of it. */
  readonly back: string;
  readonly children: ComponentChildren;
}

/** The question as a card. */
export function ConfirmCard(props: ConfirmProps): VNode {
  const { title, action, button, isFinal, back, children } = props;
  return (
    <section class="card ask" aria-labelledby="ask-title">
      <h2 id="ask-title" class="big">{title}</h2>
      {children}
      <form method="post" action={action} class="deciding">
        <button type="submit" class={`button chief${isFinal ? " final" : ""}`}>{button}</button>
        <a class="button" href={back}>Keep it as it is</a>
      </form>
    </section>
  );
}
