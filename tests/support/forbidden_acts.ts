/** A program that tries what a confined process must not do, and prints what came of each attempt. */

const [plan = "{}"] = Deno.args;

/** The attempts, as text: a thread must be able to run them without reading a file. */
const ATTEMPTS = `
async function attempts(plan) {
  const acts = {
    readHome: () => Deno.readTextFile(plan.home + "/mine.txt"),
    writeHome: () => Deno.writeTextFile(plan.home + "/written.txt", "x"),
    readOutside: () => Deno.readTextFile(plan.outside + "/id_ed25519"),
    readSystem: () => Deno.readTextFile("/etc/passwd"),
    readEnvironmentFile: () => Deno.readTextFile("/proc/self/environ"),
    listOutside: async () => { for await (const _ of Deno.readDir(plan.outside)) break; },
    writeOutside: () => Deno.writeTextFile(plan.outside + "/evil", "x"),
    linkOutside: () => Deno.symlink(plan.outside, plan.home + "/another"),
    removeOutside: () => Deno.remove(plan.outside + "/id_ed25519"),
    writeProgram: () => Deno.writeTextFile(plan.program, "x"),
    runProgram: () => new Deno.Command("cat", { args: ["/etc/passwd"] }).output(),
    runDeno: () => new Deno.Command(Deno.execPath(), { args: ["--version"] }).output(),
    readSecretVariable: () => Deno.env.get("AWS_SECRET_ACCESS_KEY"),
    listVariables: () => Deno.env.toObject(),
    loadLibrary: () => Deno.dlopen("libc.so.6", {}),
    connectElsewhere: () => Deno.connect({ hostname: "127.0.0.1", port: 9 }),
    fetchElsewhere: () => fetch("http://192.0.2.1/"),
  };
  const outcomes = {};
  for (const [name, act] of Object.entries(acts)) {
    try {
      await act();
      outcomes[name] = "done";
    } catch (error) {
      outcomes[name] = error.name;
    }
  }
  return outcomes;
}
`;

const inProcess = await new Function(`${ATTEMPTS}; return attempts(${plan})`)();
const module = `${ATTEMPTS}; self.postMessage(await attempts(${plan}));`;
const url = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
const thread = new Worker(url, { type: "module" });
const inThread = await new Promise((resolve) => {
  thread.onmessage = ({ data }) => resolve(data);
});
thread.terminate();
console.log(JSON.stringify([inProcess, inThread]));
