/** What native libraries take from the process's environment alone, and read when they are loaded. */

/** Mesa and wgpu complain on stderr where it is missing; nothing is ever written there. */
const FOR_VULKAN: Readonly<Record<string, string>> = { XDG_RUNTIME_DIR: "/tmp" };

/** TensorFlow's C library. */
const FOR_TENSORFLOW: Readonly<Record<string, string>> = {
  // Only what ends the process; the reasons for a refusal come from a process that says more.
  TF_CPP_MIN_LOG_LEVEL: "3",
  // Otherwise the first thread takes all of the GPU's memory.
  TF_FORCE_GPU_ALLOW_GROWTH: "true",
};

/** Which library is about to be loaded. */
export type NativeLibrary = "vulkan" | "tensorflow";

/** Sets what the user has not set. Nothing is taken back: libraries read it whenever they like. */
export function applyNativeSettings(library: NativeLibrary): void {
  if (library === "vulkan" && Deno.build.os !== "linux") return;
  const settings = library === "vulkan" ? FOR_VULKAN : FOR_TENSORFLOW;
  const { env } = Deno;
  for (const [name, value] of Object.entries(settings)) {
    if (!env.get(name)) env.set(name, value);
  }
}
