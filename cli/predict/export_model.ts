/** Writes a stored model as files that other programs open. */
import { join } from "node:path";
import { encodeModel } from "../../core/protocol/model_file.ts";
import type { StoredModel } from "../../core/views/trial_files.ts";
import { UserError } from "../exit_code.ts";
import { tfjsModel } from "./tfjs_model.ts";

/** The formats of models. */
export type ModelFormat = "tfjs" | "safetensors";

/**
 * Writes the files into a folder, which is made if it is not there.
 * @returns Their paths.
 * @throws {UserError} If the folder cannot be written.
 */
export async function exportModel(
  model: StoredModel,
  { format, out }: { readonly format: ModelFormat; readonly out: string },
): Promise<readonly string[]> {
  const files = filesOf(model, format);
  try {
    await Deno.mkdir(out, { recursive: true });
    for (const { name, bytes } of files) await Deno.writeFile(join(out, name), bytes);
  } catch (cause) {
    throw new UserError(`Cannot write into "${out}": it must be a folder that you may write`, {
      cause,
    });
  }
  return files.map(({ name }) => join(out, name));
}

function filesOf(
  model: StoredModel,
  format: ModelFormat,
): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const encoder = new TextEncoder();
  switch (format) {
    case "tfjs": {
      const { json, weights } = tfjsModel(model);
      return [
        { name: "model.json", bytes: encoder.encode(json) },
        { name: "weights.bin", bytes: weights },
      ];
    }
    case "safetensors":
      return [
        { name: "model.safetensors", bytes: encodeModel(model) },
        { name: "card.json", bytes: encoder.encode(`${JSON.stringify(model.card, null, 2)}\n`) },
      ];
    default:
      return format satisfies never;
  }
}
