/**
 * Samples that the command line printed.
 *
 * @module
 */
import assert from "node:assert/strict";
import { inFolder } from "../tidy/deno_command.ts";
import { succeed } from "./ksmscope.ts";

/** The figures of one line of lock_stat, as JSON has them. */
export type PrintedFigures = Readonly<Record<string, number>>;

/** A sample as JSON has it. */
export interface PrintedSample {
  /** Time, label and counters. */
  readonly [name: string]: unknown;
  /** The figures of the lock classes. */
  readonly locks: Readonly<
    Record<string, {
      readonly ours?: true;
      readonly exclusive: PrintedFigures;
      readonly shared?: PrintedFigures;
    }>
  >;
}

/** Runs with `--format jsonl`; answers the samples. */
export async function samples(...args: string[]): Promise<PrintedSample[]> {
  const out = await succeed("run", ...args, "--format", "jsonl");
  const lines = out.split("\n");
  assert.equal(lines.pop(), "");
  return lines.map((line) => JSON.parse(line));
}

/** All lines of lock_stat in a sample. */
export function figureLines({ locks }: PrintedSample): PrintedFigures[] {
  return Object.values(locks).flatMap(({ exclusive, shared }) =>
    shared === undefined ? [exclusive] : [exclusive, shared]
  );
}

/** Runs a script that is this text. Its process `a` has a region `ram` of 8 equal pages. */
export function withScript<T>(
  body: string,
  use: (path: string) => Promise<T>,
  options = "{}",
): Promise<T> {
  return inFolder((folder) => {
    const path = `${folder}/script.ts`;
    Deno.writeTextFileSync(
      path,
      `import { workload } from "ksmscope";
      export default workload("s", function* (box) {
        const a = box.process("a");
        const ram = a.mmap("ram", 8, { mergeable: true });
        ram.fill({ kind: "const", byte: 1 });
        ${body}
      }, ${options});`,
    );
    return use(path);
  });
}
