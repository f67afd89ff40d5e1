/** What a dashboard process may touch: its server, its home, the address it listens at. */
import type { Confinement } from "./permission_flags.ts";
import { programFiles } from "./program_files.ts";
import { serverAddresses, type ServerPlace } from "./server_place.ts";

/** What a dashboard is about to be started with. */
export interface DashboardPlaces {
  /** Absolute. */
  readonly home: string;
  readonly server: ServerPlace;
  /** The address to listen at. */
  readonly host: string;
}

/** The confinement of a dashboard. */
export function confineDashboard({ home, server, host }: DashboardPlaces): Confinement {
  const addresses = serverAddresses(server);
  return {
    set: "dashboard",
    read: [...programFiles(), home, ...server.files],
    write: [home],
    // Any port of it: without --port a free one is taken where the usual one is not.
    net: addresses === "any" ? "any" : [...addresses, host.includes(":") ? `[${host}]` : host],
    ffi: [],
  };
}
