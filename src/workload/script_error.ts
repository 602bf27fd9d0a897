/**
 * What goes wrong in a script, with the line of the script.
 *
 * @module
 */
import { quote } from "./nearest.ts";
import { TraceError } from "./trace_error.ts";

/** The user's error: a script threw something, or is no script. What it threw is the `cause`. */
export class ScriptError extends TraceError {
  /** The name that a printed error begins with. */
  override name = "ScriptError";
}

/** A stack frame: file, line and column. */
const FRAME = /^ +at .*?((?:file|https?|data|blob):\S+:\d+:\d+)\)?$/;

/** Frames below this address are ours; built-in workloads are too, since nobody can edit them. */
const OWN_SOURCES = framesOf(new Error())[0]
  ?.replace(/workload\/[^/]*$/, "");

/**
 * The error to report for what came out of a script: a refused call keeps its
 * own words and gets the line; anything else is a {@linkcode ScriptError}.
 */
export function scriptError(
  thrown: unknown,
  name: string,
  ops: number,
): TraceError {
  const frame = userFrame(thrown);
  const at = frame === undefined ? "" : ` at ${frame}`;
  if (thrown instanceof TraceError) {
    return new TraceError(thrown.place + at, thrown.problem);
  }
  const what = thrown instanceof Error
    ? `${thrown.name}: ${thrown.message}`
    : typeof thrown === "string"
    ? thrown
    : quote(thrown);
  const error = new ScriptError(
    `${name}: after ${ops} ops${at}`,
    `The script threw ${what}`,
  );
  error.cause = thrown;
  return error;
}

/** The innermost stack frame that is not in our own sources. */
function userFrame(thrown: unknown): string | undefined {
  return framesOf(thrown).find((frame) =>
    OWN_SOURCES === undefined || !frame.startsWith(OWN_SOURCES)
  );
}

/** The stack of an error, innermost frame first; empty where there is none. */
function framesOf(thrown: unknown): string[] {
  const stack = thrown instanceof Error ? thrown.stack ?? "" : "";
  return stack.split("\n").flatMap((line) => FRAME.exec(line)?.[1] ?? []);
}
