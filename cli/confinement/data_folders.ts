/** Where the files of a user's task lie: folders that its local workers have to read. */
import { dirname, resolve } from "node:path";
import type { TaskSpec } from "../../core/domain/sweep_spec.ts";

/** Absolute; none for data that come with Trawl, are downloaded or generated. */
export function dataFolders(task: TaskSpec): readonly string[] {
  switch (task.dataset) {
    case "csv":
      return [folderOf(task.folder, task.path)];
    case "idx": {
      const { folder, images, labels, test } = task;
      const files = test.kind === "files" ? [test.images, test.labels] : [];
      return [images, labels, ...files].map((file) => folderOf(folder, file));
    }
    case "mnist":
    case "cifar100":
    case "xor":
    case "noisy-sigmoid":
    case "module":
      return [];
    default:
      return task satisfies never;
  }
}

function folderOf(folder: string, file: string): string {
  return dirname(resolve(folder, file));
}
