/** A part of a page whose failure stays in it. */
import type { ComponentChildren, VNode } from "preact";

/** What a panel needs. */
export interface PanelProps {
  /** What it is called where it cannot be drawn. */
  readonly title: string;
  /** As a function: what it reads may fail as well, and fails in the panel. */
  readonly children: ComponentChildren | (() => ComponentChildren);
}

/** The panel; the server draws a {@link FailedPanel} where what is inside cannot be drawn. */
export function Panel({ children }: PanelProps): VNode {
  return <>{contentOf(children)}</>;
}

/** What is to be drawn in a panel. */
export function contentOf(children: PanelProps["children"]): ComponentChildren {
  return typeof children === "function" ? children() : children;
}

/** What stands in the place of a panel that cannot be drawn. */
export function FailedPanel(
  { title, requestId }: { readonly title: string; readonly requestId: string | null },
): VNode {
  return (
    <section class="card" aria-label={title} data-failed="">
      <h2>{title}</h2>
      <p class="trouble" role="alert">
        This panel cannot be drawn; the others are not concerned. <a href="">Try again</a>
        {requestId !== null && (
          <>
            {" "}
            <span class="faint">
              request <code>{requestId}</code>
            </span>
          </>
        )}
      </p>
    </section>
  );
}
