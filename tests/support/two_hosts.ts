/** Two hosts on one machine: network namespaces joined by a cable, made and removed by the test. */

/** A namespace and its address on the cable. */
export interface Host {
  readonly namespace: string;
  readonly address: string;
  /** Its end of the cable. */
  readonly device: string;
}

/** Two hosts that reach each other and nothing else. Disposing removes them. */
export interface TwoHosts extends AsyncDisposable {
  readonly first: Host;
  readonly second: Host;
}

/** Whether this machine lets the test make namespaces; if not, a line says what is missing. */
export async function canMakeHosts(): Promise<boolean> {
  const probe = `trawl-probe-${Deno.pid}`;
  try {
    await ip("netns", "add", probe);
    await ip("netns", "delete", probe);
    return true;
  } catch (error) {
    console.log(
      `skipped: no network namespaces here: ${error instanceof Error ? error.message : error}`,
    );
    return false;
  }
}

/** Makes the hosts. */
export async function makeTwoHosts(): Promise<TwoHosts> {
  const [a, b] = [`trawl-a-${Deno.pid}`, `trawl-b-${Deno.pid}`];
  // Interface names have 15 characters at most.
  const [left, right] = [`tra${Deno.pid}`, `trb${Deno.pid}`];
  const hosts: TwoHosts = {
    first: { namespace: a, address: "10.77.0.1", device: left },
    second: { namespace: b, address: "10.77.0.2", device: right },
    [Symbol.asyncDispose]: async () => {
      // The cable goes with the namespaces.
      for (const name of [a, b]) await ip("netns", "delete", name).catch(() => {});
    },
  };
  try {
    for (const name of [a, b]) await ip("netns", "add", name);
    await ip("link", "add", left, "netns", a, "type", "veth", "peer", "name", right, "netns", b);
    for (const { namespace, address, device } of [hosts.first, hosts.second]) {
      await ip("-n", namespace, "address", "add", `${address}/24`, "dev", device);
      await ip("-n", namespace, "link", "set", device, "up");
      await ip("-n", namespace, "link", "set", "lo", "up");
    }
    return hosts;
  } catch (error) {
    await hosts[Symbol.asyncDispose]();
    throw error;
  }
}

/** A command that runs on a host. */
export function onHost(
  { namespace }: Host,
  command: readonly string[],
  options: Deno.CommandOptions = {},
): Deno.Command {
  return new Deno.Command("ip", { ...options, args: ["netns", "exec", namespace, ...command] });
}

async function ip(...args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("ip", { args: [...args] }).output();
  if (!success) {
    throw new Error(`Cannot run ip ${args.join(" ")}: ${new TextDecoder().decode(stderr).trim()}`);
  }
}
