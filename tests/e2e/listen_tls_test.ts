import assert from "node:assert/strict";
import { makeCertificates } from "../support/certificates.ts";
import { freePort } from "../support/free_port.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server_binary.ts";
import { eventually, ROOT, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";

const ignore = !(await natsServerBinaryOrSkip());
const ONE_TRIAL = ["batch_size=128", "depth=1", "hidden_width=8", "lr=0.1", "epochs=1"];
const LAUNCHED = ["--permission-set=launcher", "--no-prompt", `${ROOT}cli/confined.ts`];

/** A sweep of one trial, over TLS with a certificate that lies outside its home. */
function startSweep(home: string, certificates: string, workers: number): TrawlProcess {
  return new TrawlProcess([
    ...["sweep", "quickstart", ...ONE_TRIAL.flatMap((values) => ["--set", values])],
    ...["--listen", `127.0.0.1:${freePort()}`, "--tls-ca", `${certificates}/ca.pem`],
    ...["--tls-cert", `${certificates}/server.pem`, "--tls-key", `${certificates}/server.key`],
    ...["--workers", String(workers), "--json", "--no-dashboard", "--home", home],
  ]);
}

async function assertCompleted(sweep: TrawlProcess): Promise<void> {
  const { code, stdout, stderr } = await sweep.finished;
  assert.equal(code, 0, stderr);
  const { trials } = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
  assert.equal(trials.completed, 1);
}

Deno.test({
  name: "sweep --listen with a certificate is trained by confined workers, its own and the home's",
  ignore,
  fn: async () => {
    await using certificates = await temporaryHome();
    if (!await makeCertificates(certificates.path)) {
      console.log("skipped: TLS needs the openssl program for its certificates");
      return;
    }
    {
      await using home = await temporaryHome();
      await using sweep = startSweep(home.path, certificates.path, 1);
      await assertCompleted(sweep);
    }
    await using home = await temporaryHome();
    await using sweep = startSweep(home.path, certificates.path, 0);
    await eventually("the sweep", () => sweep.stdout.includes(`"sweep"`));
    await using worker = new TrawlProcess(
      ["worker", "--max-idle", "10", "--home", home.path],
      { start: LAUNCHED },
    );
    await assertCompleted(sweep);
    const { code, stderr } = await worker.finished;
    assert.equal(code, 0, stderr);
  },
});
