/**
 * The command line, called from tests.
 *
 * @module
 */
import assert from "node:assert/strict";
import { exitCode } from "../../src/cli/main.ts";
import { pathOf } from "../tidy/sources.ts";

/** What a call came to. */
export interface CallResult {
  /** The exit code. */
  readonly code: number;
  /** stdout. */
  readonly out: string;
  /** stderr. */
  readonly err: string;
}

/** Calls the command line in this process, with stdout no terminal. */
export async function ksmscope(...args: string[]): Promise<CallResult> {
  let out = "";
  let err = "";
  const code = await exitCode(args, {
    isTerminal: false,
    isInteractive: false,
    out: (text) => out += text,
    err: (text) => err += text,
  });
  return { code, out, err };
}

/** Calls the command line, which must succeed and be quiet on stderr; answers stdout. */
export async function succeed(...args: string[]): Promise<string> {
  const { code, out, err } = await ksmscope(...args);
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  return out;
}

/** Calls the command line, which must refuse with one line; answers that line. */
export async function refuse(...args: string[]): Promise<string> {
  const { code, err } = await ksmscope(...args);
  const [line, ...more] = err.split("\n");
  assert.deepEqual({ code, more }, { code: 2, more: [""] }, err);
  assert.match(line, /^ksmscope: /);
  return line;
}

/** Program and arguments of a process of the command line. */
export function commandLine(
  permissions: readonly string[],
  args: readonly string[],
): [program: string, ...args: string[]] {
  const run = ["run", "--no-prompt", ...permissions, pathOf("mod.ts")];
  return [Deno.execPath(), ...run, ...args];
}

/** A new process of the command line, its stdout and stderr as pipes. */
export function start(
  permissions: readonly string[],
  args: readonly string[],
): Deno.ChildProcess {
  const [program, ...rest] = commandLine(permissions, args);
  return new Deno.Command(program, {
    args: rest,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs the command line in a process of its own, with these permissions only. */
export async function spawn(
  permissions: readonly string[],
  ...args: string[]
): Promise<CallResult> {
  const { code, stdout, stderr } = await start(permissions, args).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

/** The path of a file of the conformance tests. */
export function conformance(file: string): string {
  return pathOf(`tests/conformance/${file}`);
}
