/** A client of a dashboard's HTTP interface, whose types are those of its OpenAPI document. */
import createFetchClient, { type Client } from "openapi-fetch";
import type { paths } from "./generated/paths.d.ts";

/** Where the dashboard is, and who asks. */
export interface TrawlClientOptions {
  /** As the dashboard printed it: `http://127.0.0.1:4747`. */
  readonly url: string | URL;
  /** An operator's or a viewer's; absent: a dashboard on this machine needs none. */
  readonly token?: string;
}

/** Methods by HTTP verb; each answers with `data`, or with `error`, which is a problem (RFC 9457). */
export type TrawlClient = Client<paths>;

/**
 * A client. Nothing is asked before a method is called.
 * @throws {TypeError} If the address cannot be parsed.
 */
export function createTrawlClient({ url, token }: TrawlClientOptions): TrawlClient {
  return createFetchClient<paths>({
    baseUrl: new URL(url).origin,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
}
