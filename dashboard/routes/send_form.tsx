/** A page that asks something: whole without script, which it has none of. */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { VNode } from "preact";
import { roleOf } from "../access/role.ts";
import type { MainPage } from "../client/navigation.tsx";
import { RefusedError } from "../problem.ts";
import { renderHtml } from "../pages/render_html.ts";
import { Shell } from "../pages/shell.tsx";
import type { DashboardContext } from "./dashboard_context.ts";

/**
 * The answer.
 * @throws {RefusedError} 403 for a viewer, who could read the question, but not answer it.
 */
export function sendForm(
  context: Context,
  { dashboard, title, page, content, status = 200 }: {
    readonly dashboard: DashboardContext;
    readonly title: string;
    readonly page: MainPage;
    readonly content: VNode;
    readonly status?: ContentfulStatusCode;
  },
): Response | Promise<Response> {
  if (roleOf(context) !== "operator") {
    throw new RefusedError(
      403,
      "Cannot open this form as a viewer; it must be an operator who asks",
    );
  }
  context.header("cache-control", "no-store");
  const { version, clientBundle, clock } = dashboard;
  const document = (
    <Shell
      title={title}
      version={version}
      clientBundle={clientBundle}
      now={clock()}
      state={null}
      role={roleOf(context)}
      isSignedIn={dashboard.needsLogin}
      current={{ page, isPart: true }}
    >
      {content}
    </Shell>
  );
  return context.html(renderHtml(document, { serverOption: dashboard.serverOption }), status);
}
