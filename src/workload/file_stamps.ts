/**
 * Files that operations name: which they are, and whether they are still what
 * they were.
 *
 * @module
 */
import { Fnv1a64 } from "./fnv1a64.ts";
import { quote } from "./nearest.ts";
import type { Op } from "./op.ts";
import type { FileBytes } from "./pattern.ts";
import type { FileStamp, FileStamps, Trace } from "./trace.ts";
import { TraceError } from "./trace_error.ts";

/** The paths of all files that operations name, each once, in the order of their first use. */
export function filesOf(ops: readonly Op[]): string[] {
  const paths = new Set<string>();
  for (const op of ops) {
    if (op.op === "fill" && op.pattern.kind === "file") {
      paths.add(op.pattern.path);
    }
  }
  return [...paths];
}

/** The same operations with other paths: a trace names its files as seen from where it lies. */
export function renameFiles(
  ops: readonly Op[],
  rename: (path: string) => string,
): Op[] {
  return ops.map((op) =>
    op.op === "fill" && op.pattern.kind === "file"
      ? { ...op, pattern: { ...op.pattern, path: rename(op.pattern.path) } }
      : op
  );
}

/** What the files of some operations are now. */
export function stampFiles(
  ops: readonly Op[],
  files: FileBytes,
): FileStamps {
  return Object.fromEntries(
    filesOf(ops).map((path) => [path, stampOf(files(path))]),
  );
}

/**
 * Checks that the files of a trace are what they were when it was saved; one
 * without a stamp may be anything. `name` is what errors call the trace.
 *
 * @throws {TraceError} A file has changed.
 */
export function checkFiles(
  trace: Trace,
  files: FileBytes,
  name: string,
): void {
  for (const [path, expected] of Object.entries(trace.files ?? {})) {
    const found = stampOf(files(path));
    if (
      found.bytes === expected.bytes && found.fnv1a64 === expected.fnv1a64
    ) continue;
    throw new TraceError(
      name,
      `Cannot use file ${quote(path)}: it has changed, expected ` +
        `${described(expected)}, found ${described(found)}`,
    );
  }
}

function stampOf(bytes: Uint8Array): FileStamp {
  const hash = new Fnv1a64();
  hash.update(bytes);
  return { bytes: bytes.length, fnv1a64: hash.hex() };
}

function described({ bytes, fnv1a64 }: FileStamp): string {
  return `${bytes} bytes with FNV-1a 64 ${fnv1a64}`;
}
