/** Workers on a host of their own: a network namespace whose cable is taken away by cutting the link. */
import type { Host, TwoHosts } from "../support/two_hosts.ts";
import type { WorkersHost } from "./stage.ts";

/** How a soak on the first of two hosts is told where its workers live. */
export function formatWorkersHost({ first, second }: TwoHosts): string {
  return JSON.stringify({ first, second });
}

/**
 * The workers' host, seen from the first one: this process must run there.
 * @throws {SyntaxError} If the text was not made by `formatWorkersHost`.
 */
export function parseWorkersHost(text: string): WorkersHost {
  const { first, second } = JSON.parse(text) as { readonly first: Host; readonly second: Host };
  return {
    through: ["ip", "netns", "exec", second.namespace],
    address: first.address,
    setLink: async (isUp) => {
      const args = ["link", "set", first.device, isUp ? "up" : "down"];
      const { success, stderr } = await new Deno.Command("ip", { args }).output();
      if (!success) throw new Error(`Cannot set the link: ${new TextDecoder().decode(stderr)}`);
    },
  };
}
