/**
 * Files by name: reading, writing, and what to say when that fails.
 *
 * Permissions are looked up before they are used, so that Deno never asks.
 *
 * @module
 */
import { isAbsolute, join } from "node:path";
import type { FileBytes } from "../workload/mod.ts";
import { UserError } from "./user_error.ts";

/** The text of a file. */
export function readText(path: string): string {
  requirePermission("read", path);
  return attempt("read", path, () => Deno.readTextFileSync(path));
}

/** The bytes of a file. */
export function readBytes(path: string): Uint8Array {
  requirePermission("read", path);
  return attempt("read", path, () => Deno.readFileSync(path));
}

/** Writes a file, in place of the one that may be there. */
export function writeText(path: string, text: string): void {
  requirePermission("write", path);
  attempt("write", path, () => Deno.writeTextFileSync(path, text));
}

/** Makes a file, in place of the one that may be there; what it answers adds text at its end. */
export function openText(path: string): (text: string) => void {
  requirePermission("write", path);
  const options = { write: true, create: true, truncate: true };
  const file = attempt("write", path, () => Deno.openSync(path, options));
  return (text) => {
    let bytes = new TextEncoder().encode(text);
    while (bytes.length > 0) {
      const written = attempt("write", path, () => file.writeSync(bytes));
      bytes = bytes.subarray(written);
    }
  };
}

/** What came of {@linkcode saveNew}. */
export type SavedNew =
  /** The file is there. */
  | { readonly kind: "written" }
  /** There was one of this name before, and it is as it was. */
  | { readonly kind: "taken" }
  /** It cannot be written. */
  | { readonly kind: "refused"; readonly why: string };

/** Writes a file that is not there yet, for those who tell the user by themselves what came of it. */
export function saveNew(path: string, text: string): SavedNew {
  try {
    requirePermission("write", path);
    Deno.writeTextFileSync(path, text, { createNew: true });
    return { kind: "written" };
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return { kind: "taken" };
    return error instanceof UserError
      ? { kind: "refused", why: error.message }
      : {
        kind: "refused",
        why: `Cannot write "${path}": ${reason(error)}`,
      };
  }
}

/** Whether there is a file of this name, as far as one may know. */
export function isFile(path: string): boolean {
  if (!isGranted("read", path)) return false;
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Files as a workload names them: relative to a folder. Each is read once. */
export function filesIn(folder: string): FileBytes {
  const known = new Map<string, Uint8Array>();
  return (path) => {
    const bytes = known.get(path) ?? readBytes(pathFrom(folder, path));
    known.set(path, bytes);
    return bytes;
  };
}

/** A path that is relative to a folder, as seen from where the user stands. */
export function pathFrom(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}

/**
 * Makes sure that a file may be used.
 *
 * @throws {UserError} Which flag is missing.
 */
export function requirePermission(name: "read" | "write", path: string): void {
  if (isGranted(name, path)) return;
  throw new UserError(
    `Cannot ${name} "${path}": deno run needs --allow-${name}=${path}`,
  );
}

function isGranted(name: "read" | "write", path: string): boolean {
  return Deno.permissions.querySync({ name, path }).state === "granted";
}

function attempt<T>(action: string, path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new UserError(`Cannot ${action} "${path}": ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) {
    return "there is no such file or folder";
  }
  if (error instanceof Deno.errors.IsADirectory) return "it is a folder";
  return error instanceof Error ? error.message : String(error);
}
