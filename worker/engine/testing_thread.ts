/** The thread of a test: chooses a backend and posts which one it got. */
/// <reference lib="deno.worker" />
import { chooseBackend } from "./choose_backend.ts";

const { backend } = await chooseBackend("wasm");
self.postMessage({ name: backend.name });
