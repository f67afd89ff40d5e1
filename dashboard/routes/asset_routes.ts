/** The page's script and styles, and its icon. */
import { Hono } from "hono";
import type { Asset } from "../client_bundle.ts";
import { PackedAsset } from "../packed_asset.ts";
import type { DashboardContext } from "./dashboard_context.ts";

const FOR_EVER = "public, max-age=31536000, immutable";

/** Three bars of a ledger: readable on light and dark tabs. */
const ICON =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#12354a"/><path d="M7 22 13 15l5 4 7-10" fill="none" stroke="#5fd0b5" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** Files by their digest: a browser that has one never asks again. */
export function assetRoutes({ clientBundle }: DashboardContext): Hono {
  const app = new Hono();
  const assets: readonly (Asset | null)[] = Object.values(clientBundle);
  const byPath = new Map(
    assets.flatMap((asset) => asset === null ? [] : [[asset.path, new PackedAsset(asset)]]),
  );
  app.get("/assets/*", async (context) => {
    const asset = byPath.get(context.req.path);
    if (asset === undefined) return context.notFound();
    const { body, encoding } = await asset.bodyFor(context.req.header("accept-encoding"));
    return context.body(body, 200, {
      "content-type": asset.contentType,
      "cache-control": FOR_EVER,
      "vary": "accept-encoding",
      ...(encoding === null ? {} : { "content-encoding": encoding }),
    });
  });
  app.get("/icon.svg", (context) =>
    context.body(ICON, 200, {
      "content-type": "image/svg+xml",
      "cache-control": "public, max-age=86400",
    }));
  app.get("/favicon.ico", (context) => context.redirect("/icon.svg", 301));
  return app;
}
