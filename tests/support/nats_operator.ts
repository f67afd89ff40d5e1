/** An operator of NATS with two accounts, made in memory: what `nsc` would make in files. */
import { nkeys } from "nats";

type KeyPair = ReturnType<typeof nkeys.createUser>;

const HEADER = { typ: "JWT", alg: "ed25519-nkey" };
const UNLIMITED = {
  ...{ subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true },
  ...{ conn: -1, leaf: -1, mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 },
};

/** Signs users in; its servers trust whoever has a JWT of one of its accounts. */
export class NatsOperator {
  readonly #operator = nkeys.createOperator();
  readonly #account = nkeys.createAccount();
  readonly #system = nkeys.createAccount();

  /** The part of a server's configuration that makes it trust this operator. */
  get config(): string {
    const [account, system] = [this.#account, this.#system].map((pair) => pair.getPublicKey());
    const claims = { type: "operator", version: 2, system_account: system };
    const preload = [
      [account, this.#accountJwt(this.#account, { ...UNLIMITED })],
      [system, this.#accountJwt(this.#system, { ...UNLIMITED, mem_storage: 0, disk_storage: 0 })],
    ];
    return [
      `operator: ${sign(this.#operator, { sub: this.#operator.getPublicKey(), claims })}`,
      `system_account: ${system}`,
      "resolver: MEMORY",
      `resolver_preload: {\n${preload.map(([key, jwt]) => `  ${key}: ${jwt}`).join("\n")}\n}`,
    ].join("\n");
  }

  /** The text of a `.creds` file of a new user. */
  credentials(): string {
    const user = nkeys.createUser();
    const claims = { type: "user", version: 2, subs: -1, data: -1, payload: -1 };
    const jwt = sign(this.#account, { sub: user.getPublicKey(), claims });
    const seed = new TextDecoder().decode(user.getSeed());
    return `-----BEGIN NATS USER JWT-----\n${jwt}\n------END NATS USER JWT------\n\n` +
      `-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`;
  }

  #accountJwt(account: KeyPair, limits: Readonly<Record<string, number | boolean>>): string {
    const claims = { type: "account", version: 2, limits };
    return sign(this.#operator, { sub: account.getPublicKey(), claims });
  }
}

function sign(
  issuer: KeyPair,
  { sub, claims }: { readonly sub: string; readonly claims: object },
): string {
  const issued = Math.floor(Date.now() / 1000);
  const payload = {
    jti: sub,
    iat: issued,
    iss: issuer.getPublicKey(),
    name: "test",
    sub,
    nats: claims,
  };
  const signed = `${encoded(JSON.stringify(HEADER))}.${encoded(JSON.stringify(payload))}`;
  return `${signed}.${base64Url(issuer.sign(new TextEncoder().encode(signed)))}`;
}

function encoded(text: string): string {
  return base64Url(new TextEncoder().encode(text));
}

function base64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
