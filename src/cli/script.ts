/**
 * Loading workload scripts.
 *
 * @module
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isWorkload, ScriptError, type Workload } from "../workload/mod.ts";
import { stripAnsiCode } from "../std/fmt/colors.ts";
import { readText } from "./files.ts";

/**
 * Imports a script and answers its default export.
 *
 * @throws {ScriptError} It cannot be loaded, or exports no workload.
 */
export async function importScript(path: string): Promise<Workload> {
  // Deno says less clearly than this what is wrong with the file itself.
  readText(path);
  const { href } = pathToFileURL(resolve(path));
  let script: { default?: unknown };
  try {
    script = await import(href);
  } catch (error) {
    throw loadError(error, path, href);
  }
  if (isWorkload(script.default)) return script.default;
  const found = "default" in script
    ? "its default export is no workload"
    : "it has no default export";
  throw new ScriptError(
    path,
    `Cannot run the script: ${found}; ` +
      "write export default workload(name, function* (box) {...})",
  );
}

/** What came out of an import, with the place in the script. */
function loadError(thrown: unknown, path: string, href: string): ScriptError {
  const stack = thrown instanceof Error ? `${thrown.stack}` : "";
  const frames = stripAnsiCode(stack).matchAll(/(file:\S+?)(:\d+:\d+)/g);
  const own = import.meta.resolve("../");
  const [, file, line] = frames.find(([, file]) => !file.startsWith(own)) ??
    ["", href, ""];
  const error = new ScriptError(
    (file === href ? path : file) + line,
    `Cannot load the script: ${firstLine(thrown)}`,
  );
  error.cause = thrown;
  return error;
}

function firstLine(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `it threw ${thrown}`;
  const [line] = stripAnsiCode(thrown.message).split("\n");
  const message = line.replace(/(?: at file:\S+:\d+:\d+|\.)$/, "");
  return /^\w*Error: /.test(message) ? message : `${thrown.name}: ${message}`;
}
