/** The `task` of a sweep file whose data are the user's own files: a table, or images and labels. */
import type { CsvTask, IdxTask } from "../../core/domain/sweep_spec.ts";
import { TASK_KINDS } from "../../core/domain/task_kind.ts";
import { DEFAULT_TEST_FRACTION, MAX_TEXT_LENGTH } from "./format.ts";
import type { MapReader } from "./map_reader.ts";
import type { TreeNode } from "./yaml_tree.ts";

/** A table in a text file; null after its problems went to the log. */
export function readCsvTask(reader: MapReader, folder: string): CsvTask | null {
  refuseMissing(reader, ["path", "target", "kind"]);
  const path = readPath(reader, "path");
  const target = readColumn(reader, "target");
  const kind = reader.choice("kind", TASK_KINDS);
  const features = readColumns(reader, { key: "features", target });
  const categorical = readColumns(reader, { key: "categorical", target });
  if (features?.length === 0) {
    reader.refuse("features", "found an empty list, it must name at least one column");
  }
  const stranger = categorical?.find((name) => features !== null && !features.includes(name));
  if (stranger !== undefined) {
    reader.refuse("categorical", `found "${stranger}", it must be one of features`);
  }
  const test = readFraction(reader);
  if (path === null || target === null || kind === null) return null;
  return { folder, path, target, kind, features, categorical: categorical ?? [], test };
}

/** Images and labels in IDX files; null after its problems went to the log. */
export function readIdxTask(reader: MapReader, folder: string): IdxTask | null {
  refuseMissing(reader, ["images", "labels"]);
  const images = readPath(reader, "images");
  const labels = readPath(reader, "labels");
  const testImages = readPath(reader, "test_images");
  const testLabels = readPath(reader, "test_labels");
  const fraction = readFraction(reader);
  for (const [one, other] of [["test_images", "test_labels"], ["test_labels", "test_images"]]) {
    if (one === undefined || other === undefined) continue;
    if (reader.get(one) === undefined || reader.get(other) !== undefined) continue;
    reader.refuseKey(one, `found without ${other}, it must have both or neither`);
  }
  if (reader.get("test_images") !== undefined && reader.get("test") !== undefined) {
    reader.refuseKey("test", "found beside test_images, it must be one or the other");
  }
  if (images === null || labels === null) return null;
  const test = testImages !== null && testLabels !== null
    ? { kind: "files", images: testImages, labels: testLabels } as const
    : { kind: "cut", fraction } as const;
  return { folder, images, labels, test };
}

function refuseMissing(reader: MapReader, keys: readonly string[]): void {
  const missing = keys.filter((key) => reader.get(key) === undefined);
  if (missing.length === 0) return;
  reader.refuseSelf(`found no ${missing.join(", no ")}, it must have ${keys.join(", ")}`);
}

function readPath(reader: MapReader, key: string): string | null {
  const must = "the path of a file, relative to the sweep file or absolute";
  const path = reader.text(key, must);
  if (path === null) return null;
  if (path !== "" && path.length <= MAX_TEXT_LENGTH && !path.includes("\0")) return path;
  reader.refuse(key, `found a path of ${path.length} characters, it must be ${must}`);
  return null;
}

function readColumn(reader: MapReader, key: string): string | null {
  const node = reader.get(key);
  if (node === undefined) return null;
  const name = columnName(node);
  if (name === null) reader.refuseValue(key, node, "the name of a column");
  return name;
}

/** Names of columns, each once; null where the file does not say. */
function readColumns(
  reader: MapReader,
  { key, target }: { readonly key: string; readonly target: string | null },
): readonly string[] | null {
  const node = reader.get(key);
  if (node === undefined) return null;
  if (node.kind !== "list") {
    reader.refuseValue(key, node, "a list of names of columns");
    return null;
  }
  const names = new Set<string>();
  for (const item of node.items) {
    const name = columnName(item);
    if (name === null) reader.refuseValue(key, item, "the name of a column");
    else if (name === target) {
      reader.refuseValue(key, item, "another column than target: that one is predicted");
    } else if (names.has(name)) {
      reader.refuseValue(key, item, "there once: it repeats an earlier column");
    } else names.add(name);
  }
  return [...names];
}

/** A name such as 2024 is a number to YAML, and still a name. */
function columnName(node: TreeNode): string | null {
  if (node.kind !== "scalar" || node.value === null) return null;
  const name = typeof node.value === "string" ? node.value : node.source;
  return name === "" || name.length > MAX_TEXT_LENGTH ? null : name;
}

function readFraction(reader: MapReader): number {
  return reader.number("test", {
    admits: (value) => value > 0 && value < 1,
    must: "the share of the examples that tests: a number between 0 and 1",
  }) ?? DEFAULT_TEST_FRACTION;
}
