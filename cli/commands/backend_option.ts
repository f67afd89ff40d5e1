/** The words that `--backend` takes. */
import { BACKEND_NAMES } from "../../worker/engine/backend.ts";
import type { BackendRequest } from "../../worker/engine/choose_backend.ts";

/** Every backend, and `auto`, which takes the first that works. */
export const BACKEND_REQUESTS: readonly BackendRequest[] = ["auto", ...BACKEND_NAMES];
