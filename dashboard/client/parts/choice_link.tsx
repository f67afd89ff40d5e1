/** A link that stays on the page where there is a script, and loads it anew where there is none. */
import type { ComponentChildren, VNode } from "preact";

/** What the link needs. */
export interface ChoiceLinkProps {
  readonly href: string;
  /** What a script does instead of following the link. */
  readonly onChoose?: (() => void) | undefined;
  readonly isChosen?: boolean | undefined;
  readonly label?: string | undefined;
  readonly children: ComponentChildren;
}

/** The link. A click with a key that opens another tab is left to the browser. */
export function ChoiceLink(props: ChoiceLinkProps): VNode {
  const { href, onChoose, isChosen = false, label, children } = props;
  return (
    <a
      href={href}
      aria-current={isChosen ? "true" : undefined}
      aria-label={label}
      onClick={onChoose && ((event: MouseEvent) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onChoose();
      })}
    >
      {children}
    </a>
  );
}
