/** Who is served: browsers on this machine without a login, or whoever has a token from anywhere. */
import type { LoginLinks } from "./login_links.ts";

/** The two ways. */
export type DashboardAccess =
  | { readonly kind: "loopback" }
  | {
    readonly kind: "token";
    /** An operator's. */
    readonly token: string;
    /** A viewer's; null: viewers come by links alone. */
    readonly viewerToken: string | null;
    /** The links that were handed out. */
    readonly links: LoginLinks;
  };
