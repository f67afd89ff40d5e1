/** Signing in and out, and links for others. Only where a token guards the dashboard. */
import { type Context, Hono } from "hono";
import type { VNode } from "preact";
import type { DashboardAccess } from "../access/dashboard_access.ts";
import { failureLimit, roleOfToken } from "../access/guards.ts";
import { type Role, roleNamed, roleOf } from "../access/role.ts";
import type { SessionCookie } from "../access/session_cookie.ts";
import { LinksPage, LoginPage } from "../pages/login_page.tsx";
import { renderHtml } from "../pages/render_html.ts";
import { RefusedError, RequestError } from "../problem.ts";
import type { DashboardContext } from "./dashboard_context.ts";

/** What signing in works with. */
export interface LoginRoutesOptions {
  readonly access: Extract<DashboardAccess, { readonly kind: "token" }>;
  readonly session: SessionCookie;
}

/** The routes. */
export function loginRoutes(
  { version, clientBundle, clock }: DashboardContext,
  { access, session }: LoginRoutesOptions,
): Hono {
  const app = new Hono();
  const failures = failureLimit(clock);
  const shell = () => ({ version, clientBundle, now: clock() });
  app.get("/login", (context) => {
    const secret = context.req.query("link");
    if (secret === undefined) return send(context, <LoginPage {...shell()} words={null} />);
    // A mail program that only looks whether a link leads somewhere must not use it up.
    if (context.req.method === "HEAD") return context.body(null, 204);
    const role = failures.check(context, () => access.links.redeem(secret));
    if (role !== null) return enter(context, session, role);
    // Who went back in the browser, or opened the link again, is inside already.
    if (session.read(context) !== null) return context.redirect("/", 303);
    throw new RefusedError(401, "Cannot sign in with this link: it was used before, or has lapsed");
  });
  app.post("/login", async (context) => {
    const { token } = await context.req.parseBody();
    const given = typeof token === "string" ? token.trim() : "";
    const role = failures.check(context, () => roleOfToken(access, given));
    if (role === null) throw new RefusedError(401, "Cannot sign in: this is not the token");
    return enter(context, session, role);
  });
  app.post("/logout", (context) => {
    session.clear(context);
    return context.redirect("/login", 303);
  });
  app.get("/links", (context) => {
    assertOperator(context);
    return send(context, <LinksPage {...shell()} link={null} />);
  });
  app.post("/links", async (context) => {
    const link = issue(context, (await context.req.parseBody())["role"]);
    return send(context, <LinksPage {...shell()} link={link} />);
  });
  app.post("/api/v1/links", async (context) => {
    const body: unknown = await context.req.json();
    const role = typeof body === "object" && body !== null && "role" in body ? body.role : null;
    context.header("cache-control", "no-store");
    return context.json({ link: issue(context, role).href }, 201);
  });
  return app;

  function issue(context: Context, name: unknown): { readonly href: string; readonly role: Role } {
    const role = roleNamed(name);
    if (role === null) {
      throw new RequestError(
        `Cannot make a link for role "${String(name)}": it must be viewer or operator`,
      );
    }
    return { href: new URL(access.links.issue(role), context.req.url).href, role };
  }
}

function enter(context: Context, session: SessionCookie, role: Role): Response {
  session.write(context, role);
  context.header("cache-control", "no-store");
  return context.redirect("/", 303);
}

function assertOperator(context: Context): void {
  if (roleOf(context) === "operator") return;
  throw new RefusedError(403, "Cannot share as a viewer; it must be an operator who asks");
}

function send(context: Context, page: VNode): Response | Promise<Response> {
  context.header("cache-control", "no-store");
  return context.html(renderHtml(page));
}
