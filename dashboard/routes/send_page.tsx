/** One page as an answer: its content in the shell, with the state that its script goes on from. */
import type { Context } from "hono";
import type { VNode } from "preact";
import { faultOf, requestIdOf } from "../access/request_ids.ts";
import { roleOf } from "../access/role.ts";
import type { MainPage, Whereabouts } from "../client/navigation.tsx";
import type { PageState } from "../client/page_state.ts";
import { type RenderContext, renderHtml } from "../pages/render_html.ts";
import { Shell } from "../pages/shell.tsx";
import { schemaOf } from "../state/sweep_schema.ts";
import type { DashboardContext } from "./dashboard_context.ts";

/** What a page is made of. */
export interface PageParts {
  readonly dashboard: DashboardContext;
  readonly title: string;
  readonly state: PageState;
  readonly current: Whereabouts<MainPage>;
  readonly content: VNode;
}

/** What the components of an answer get besides their props. */
export function drawingOf(
  context: Context,
  { serverOption, onFault }: Pick<DashboardContext, "serverOption" | "onFault">,
): RenderContext {
  return {
    serverOption,
    requestId: requestIdOf(context),
    onFault: (error) => onFault(faultOf(context, error)),
  };
}

/** The answer. It is never stored: the next one may tell something else. */
export function sendPage(
  context: Context,
  { dashboard, title, state, current, content }: PageParts,
): Response | Promise<Response> {
  context.header("cache-control", "no-store");
  const document = (
    <Shell
      title={title}
      version={dashboard.version}
      clientBundle={dashboard.clientBundle}
      now={state.snapshot.now}
      state={state}
      role={roleOf(context)}
      isSignedIn={dashboard.needsLogin}
      current={current}
      schema={"facts" in state.snapshot ? schemaOf(state.snapshot.facts) : null}
    >
      {content}
    </Shell>
  );
  return context.html(renderHtml(document, drawingOf(context, dashboard)));
}
