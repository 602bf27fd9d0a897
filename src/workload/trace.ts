/**
 * Traces: workloads as a list of operations in a JSON document.
 *
 * @module
 */
import { parseJson } from "./json.ts";
import { printDocument } from "./layout.ts";
import { quote } from "./nearest.ts";
import type { Op } from "./op.ts";
import { OpChecker } from "./op_checker.ts";
import { isRecord, may, must, nameText, shapeProblem, text } from "./shape.ts";
import type { Shape } from "./shape.ts";
import { TraceError } from "./trace_error.ts";
import { checkFormat, formatProblem } from "./trace_format.ts";
import type { TraceFormat } from "./trace_format.ts";

/** The tag of traces in which the clock runs: `sleep` is theirs alone. */
export const CLOCK_TAG = "clock";

/** What a file was when the trace was saved. */
export interface FileStamp {
  /** Its length. */
  readonly bytes: number;
  /** Hash of all its bytes, sixteen hex digits. */
  readonly fnv1a64: string;
}

/** Stamps of the files that a trace's patterns name, by path. */
export type FileStamps = Readonly<Record<string, FileStamp>>;

/** A trace. */
export interface Trace {
  /** The format and its version. */
  readonly format: TraceFormat;
  /** Short name; its recording has the same. */
  readonly name: string;
  /** One line that says what it is about. */
  readonly title: string;
  /** Words to find it by. */
  readonly tags: readonly string[];
  /** What the files were; missing when nobody noted it. */
  readonly files?: FileStamps;
  /** The operations. */
  readonly ops: readonly Op[];
}

const STAMP_SHAPE: Shape<FileStamp> = {
  bytes: must((value) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0
      ? undefined
      : "a whole number from 0"
  ),
  fnv1a64: must((value) =>
    typeof value === "string" && /^[0-9a-f]{16}$/.test(value)
      ? undefined
      : "sixteen hex digits"
  ),
};

const TRACE_SHAPE: Shape<Trace> = {
  format: must(text),
  name: must(nameText),
  title: may(text),
  tags: may((value) =>
    Array.isArray(value) && value.every((tag) => typeof tag === "string")
      ? undefined
      : "a list of texts"
  ),
  files: may((value) => isRecord(value) ? undefined : "an object of files"),
  ops: must((value) => Array.isArray(value) ? undefined : "a list of ops"),
};

/**
 * Parses a trace and checks it from its first byte to its last operation.
 * `name` is what errors call the document, such as its path.
 *
 * Lenient in one thing: `title` and `tags` may be missing.
 *
 * @example
 * ```ts
 * import { parseTrace, printTrace } from "ksmscope";
 * import assert from "node:assert/strict";
 *
 * const text = `{
 *  "format": "ksm-trace/1",
 *  "name": "one-page",
 *  "title": "a single page can never merge",
 *  "tags": ["basic"],
 *  "ops": [
 *   {"op":"proc","proc":"A"},
 *   {"op":"mmap","proc":"A","region":"r","slot":0,"pages":1},
 *   {"op":"madvise","proc":"A","region":"r","advice":"mergeable"},
 *   {"op":"run","value":1},
 *   {"op":"scanPasses","n":3}
 *  ]
 * }
 * `;
 * const trace = parseTrace(text, "one-page.json");
 * assert.equal(trace.ops.length, 5);
 * assert.equal(printTrace(trace), text);
 * ```
 *
 * @throws {TraceError} Where it goes wrong, and what would be valid.
 */
export function parseTrace(text: string, name: string): Trace {
  const document = parseJson(text, name);
  if (!isTraceDocument(document)) throw documentError(document, name);
  const { format, name: traceName, title = traceName, tags = [] } = document;
  const checker = new OpChecker(name);
  const ops = document.ops.map((op, index) => checker.check(op, index));
  checkTags(ops, tags, name);
  checkFormat(ops, format, document.files !== undefined, name);
  const files = document.files;
  return {
    format,
    name: traceName,
    title,
    tags,
    ...(files === undefined ? {} : { files }),
    ops,
  };
}

/** Prints a trace in the format's own layout: one operation a line. */
export function printTrace(trace: Trace): string {
  const { format, name, title, tags, files, ops } = trace;
  const head: [string, unknown][] = [
    ["format", format],
    ["name", name],
    ["title", title],
    ["tags", tags],
  ];
  if (files !== undefined) head.push(["files", files]);
  return printDocument(head, "ops", ops);
}

/** A trace's fields before its operations are checked. */
interface TraceDocument {
  readonly format: TraceFormat;
  readonly name: string;
  readonly title?: string;
  readonly tags?: readonly string[];
  readonly files?: FileStamps;
  readonly ops: readonly unknown[];
}

function isTraceDocument(document: unknown): document is TraceDocument {
  return documentError(document, "") === undefined;
}

/** What is wrong with a document before its operations; undefined when nothing is. */
function documentError(
  document: unknown,
  name: string,
): TraceError | undefined {
  if (!isRecord(document)) {
    return new TraceError(
      name,
      `Cannot read ${quote(document)} as a trace: it must be an object`,
    );
  }
  const { format, files } = document;
  const problem = formatProblem(format) ?? shapeProblem(document, TRACE_SHAPE);
  if (problem !== undefined) return new TraceError(name, problem);
  return files === undefined ? undefined : stampError(files, name);
}

function stampError(files: unknown, name: string): TraceError | undefined {
  for (const [path, stamp] of Object.entries(files ?? {})) {
    const problem = isRecord(stamp)
      ? shapeProblem(stamp, STAMP_SHAPE)
      : `It is ${quote(stamp)}: it must be an object`;
    if (problem !== undefined) {
      return new TraceError(`${name}: files, ${quote(path)}`, problem);
    }
  }
}

function checkTags(
  ops: readonly Op[],
  tags: readonly string[],
  name: string,
): void {
  const index = ops.findIndex((op) => op.op === "sleep");
  if (index === -1 || tags.includes(CLOCK_TAG)) return;
  throw new TraceError(
    `${name}: op ${index} (sleep)`,
    `Cannot sleep in a trace without the tag "${CLOCK_TAG}": ` +
      `its tags are ${quote(tags)}`,
  );
}
