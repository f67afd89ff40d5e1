/** Where the files of a user's task lie: folders that its local workers have to read. */
import { dirname, resolve } from "node:path";
import type { TaskSpec } from "../../core/domain/sweep_spec.ts";
import { type ModulePermissions, NO_PERMISSIONS } from "../../core/domain/user_module.ts";

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

/** What the module of a task is granted, with absolute paths; nothing where there is no module. */
export function grantedTo(task: TaskSpec): ModulePermissions {
  if (task.dataset !== "module") return NO_PERMISSIONS;
  const { folder, permissions } = task;
  const absolute = (paths: readonly string[]) => paths.map((path) => resolve(folder, path));
  return {
    ...permissions,
    read: absolute(permissions.read),
    write: absolute(permissions.write),
  };
}

function folderOf(folder: string, file: string): string {
  return dirname(resolve(folder, file));
}
