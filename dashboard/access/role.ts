/** What a reader of the dashboard may do. */
import type { Context } from "hono";

/** Viewers read everything; operators change sweeps as well. */
export type Role = "viewer" | "operator";

/** Every role. */
export const ROLES: readonly Role[] = ["viewer", "operator"];

const KEY = "role";

/** Remembers, for the rest of a request, whose it is. */
export function setRole(context: Context, role: Role): void {
  context.set(KEY, role);
}

/** Whose request this is: a viewer's until a guard has said more. */
export function roleOf(context: Context): Role {
  const role: unknown = context.get(KEY);
  return role === "operator" ? "operator" : "viewer";
}

/** Whether a guard has said whose request this is. */
export function hasRole(context: Context): boolean {
  return context.get(KEY) !== undefined;
}

/** The role of that name; null: there is none. */
export function roleNamed(name: unknown): Role | null {
  return ROLES.find((role) => role === name) ?? null;
}
