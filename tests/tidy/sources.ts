/**
 * The files of the project.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** One file and its text. */
export interface Source {
  /** Its path from the project's folder on, with forward slashes. */
  readonly path: string;
  /** What it holds. */
  readonly text: string;
}

/** Something that breaks a rule. */
export interface Breach {
  /** The file, and the line where there is one: `src/a.ts:3`. */
  readonly place: string;
  /** What is wrong there. */
  readonly message: string;
}

/** The project's folder. */
export const ROOT: URL = new URL("../../", import.meta.url);

/** The path on this computer of a file of the project. */
export function pathOf(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}

/** What `.gitignore` leaves out, and git's own. */
const LEFT_OUT = /^(?:\.git|node_modules|coverage|.*\.log)$/;

/** Reads all files under a folder of the project, sorted by path. */
export function readSources(under = ""): Source[] {
  const sources: Source[] = [];
  for (const entry of Deno.readDirSync(new URL(under, ROOT))) {
    if (LEFT_OUT.test(entry.name)) continue;
    const path = `${under}${entry.name}`;
    if (entry.isDirectory) sources.push(...readSources(`${path}/`));
    else if (entry.isFile) {
      sources.push({ path, text: Deno.readTextFileSync(new URL(path, ROOT)) });
    }
  }
  return sources.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** Whether a file is TypeScript. */
export function isCode({ path }: Source): boolean {
  return /\.tsx?$/.test(path);
}

/** The line of a place in a text, from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
