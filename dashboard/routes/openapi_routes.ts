/** `GET /openapi.json`: the document of the HTTP interface. */
import { Hono } from "hono";
import openapi from "../api/generated/openapi.json" with { type: "json" };

/** The document, as it was made when the types last changed. */
export function openapiRoutes(): Hono {
  const app = new Hono();
  const text = JSON.stringify(openapi);
  app.get("/openapi.json", (context) =>
    context.body(text, 200, {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-cache",
    }));
  return app;
}
