/** A real nats-server under `docs/nats/nats.conf` as it is shipped, with its three users. */
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import { natsServerBinary } from "./nats_server_binary.ts";

/** The users of the shipped configuration. */
export type Role = "coordinator" | "worker" | "viewer";

const CONFIG = fileURLToPath(new URL("../../docs/nats/nats.conf", import.meta.url));
const READY_WITHIN_MS = 10_000;

/** A server that a test owns. Disposing ends it and removes its folder. */
export class SecuredServer implements AsyncDisposable {
  /** Without credentials. */
  readonly url: string;
  readonly #dir: string;
  readonly #child: Deno.ChildProcess;

  private constructor(url: string, dir: string, child: Deno.ChildProcess) {
    this.url = url;
    this.#dir = dir;
    this.#child = child;
  }

  /** Starts one on a free port; everything else is as in the file. */
  static async start(): Promise<SecuredServer> {
    const { path } = await natsServerBinary();
    const dir = await Deno.makeTempDir({ prefix: "trawl-nats-" });
    const child = new Deno.Command(path, {
      args: ["--config", CONFIG, "--port", "-1", "--ports_file_dir", dir],
      cwd: dir,
      env: {
        TRAWL_COORDINATOR_PASSWORD: passwordOf("coordinator"),
        TRAWL_WORKER_PASSWORD: passwordOf("worker"),
        TRAWL_VIEWER_PASSWORD: passwordOf("viewer"),
      },
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      const url = await readAddress(join(dir, `${basename(path)}_${child.pid}.ports`));
      return new SecuredServer(url, dir, child);
    } catch (error) {
      await end(child, dir);
      throw error;
    }
  }

  /** The address with a user's name and password. */
  urlOf(role: Role): string {
    return this.url.replace("//", `//${role}:${passwordOf(role)}@`);
  }

  /** A transport of a user. */
  open(role: Role, leaseMs: number = 10_000): Promise<Transport> {
    const target = parseNatsTarget(this.urlOf(role));
    return openTransport(target, { name: `test-${role}`, leaseMs: milliseconds(leaseMs) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await end(this.#child, this.#dir);
  }
}

function passwordOf(role: Role): string {
  return `test-password-of-${role}`;
}

async function readAddress(path: string): Promise<string> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (true) {
    const text = await Deno.readTextFile(path).catch(() => "");
    if (text.trim().endsWith("}")) {
      const { nats } = JSON.parse(text) as { readonly nats: readonly string[] };
      if (nats[0] !== undefined) return nats[0];
    }
    if (performance.now() > deadline) throw new Error(`Cannot find ${path} within 10 s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function end(child: Deno.ChildProcess, dir: string): Promise<void> {
  child.kill("SIGKILL");
  await child.status;
  await Deno.remove(dir, { recursive: true });
}
