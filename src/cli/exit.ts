/**
 * From errors to exit codes: the only place that does.
 *
 * @module
 */
import { CommanderError } from "commander";
import { KernelDefect } from "../engine/lib/mod.ts";
import { RefusedOp } from "../machine/mod.ts";
import { SessionError } from "../observe/mod.ts";
import { TraceError, UnrepeatableScript } from "../workload/mod.ts";
import type { Streams } from "./streams.ts";
import { UserError } from "./user_error.ts";

/** What the process ends with. */
export const EXIT = {
  /** All is well. */
  ok: 0,
  /** What was compared is not equal, or the modelled kernel goes wrong for good. */
  difference: 1,
  /** The user's error. */
  usage: 2,
  /** A bug of ksmscope. */
  bug: 70,
  /** SIGHUP, SIGINT and SIGTERM, as shells count them. */
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** Tells stderr what an error means, and answers the exit code. */
export function exitCodeOf(error: unknown, streams: Streams): number {
  // The reader of stdout has seen enough.
  if (error instanceof Deno.errors.BrokenPipe) return EXIT.ok;
  // Help was asked for, and is printed.
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
  if (error instanceof KernelDefect) {
    streams.err(`ksmscope: ${oneLine(error.message)}\n`);
    return EXIT.difference;
  }
  const text = usersError(error);
  if (text !== undefined) {
    streams.err(`ksmscope: ${text}\n`);
    return EXIT.usage;
  }
  streams.err(bugReport(error));
  return EXIT.bug;
}

/** The one line to print for a user's error; undefined for a bug. */
export function usersError(error: unknown): string | undefined {
  if (error instanceof CommanderError) {
    return oneLine(error.message.replace(/^error: /, ""));
  }
  const known = error instanceof UserError || error instanceof TraceError ||
    error instanceof RefusedOp || error instanceof SessionError ||
    error instanceof UnrepeatableScript;
  return known ? oneLine(error.message) : undefined;
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\p{Cc}+\s*/gu, " ");
}

function bugReport(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined;
  return `${stack ?? error}\n` +
    "ksmscope: This is a bug of ksmscope; please report it to its issue " +
    "tracker, with the lines above and the command\n";
}
