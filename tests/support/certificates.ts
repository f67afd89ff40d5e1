/** Certificates for tests of TLS, made with the openssl program. */

async function openssl(dir: string, line: string): Promise<boolean> {
  try {
    const options = { args: line.split(" "), cwd: dir, stdout: "null", stderr: "null" } as const;
    return (await new Deno.Command("openssl", options).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** An authority, a certificate of this machine by it, and another authority; false without openssl. */
export async function makeCertificates(dir: string): Promise<boolean> {
  const key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
  await Deno.writeTextFile(`${dir}/ext`, "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  const lines = [
    `req -x509 ${key} -keyout ca.key -out ca.pem -days 2 -subj /CN=ca`,
    `req -x509 ${key} -keyout other.key -out other.pem -days 2 -subj /CN=other`,
    `req ${key} -keyout server.key -out server.csr -subj /CN=server`,
    "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 2 " +
    "-extfile ext",
  ];
  for (const line of lines) if (!await openssl(dir, line)) return false;
  return true;
}
