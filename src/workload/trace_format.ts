/**
 * The formats of traces, and which operations belong to which.
 *
 * @module
 */
import { oneOfWords, quote } from "./nearest.ts";
import type { NumaOp } from "./numa_op.ts";
import type { Op } from "./op.ts";
import type { RecordingFormat } from "./recording.ts";
import { TraceError } from "./trace_error.ts";

/**
 * A trace of `ksm-trace/1` is for a machine with one NUMA node, one of
 * `ksm-trace-numa/1` for a machine with two. With `+file` it has patterns of
 * kind `file`, at least one.
 */
export type TraceFormat =
  | "ksm-trace/1"
  | "ksm-trace/1+file"
  | "ksm-trace-numa/1"
  | "ksm-trace-numa/1+file";

/** What a format stands for. */
interface Traits {
  /** How many NUMA nodes the machine has. */
  readonly nodes: 1 | 2;
  /** Whether there are patterns of kind `file`. */
  readonly files: boolean;
}

const FORMATS: Readonly<Record<TraceFormat, Traits>> = {
  "ksm-trace/1": { nodes: 1, files: false },
  "ksm-trace/1+file": { nodes: 1, files: true },
  "ksm-trace-numa/1": { nodes: 2, files: false },
  "ksm-trace-numa/1+file": { nodes: 2, files: true },
};

/** The operations that only a machine with two nodes can do. */
const NUMA_OPS: Readonly<Record<NumaOp["op"], true>> = {
  bind: true,
  mbind: true,
  move: true,
  offline: true,
  online: true,
};

/** How many NUMA nodes a machine needs for a trace. */
export function nodesOf(format: TraceFormat): 1 | 2 {
  return FORMATS[format].nodes;
}

/** The format of what a machine answers to a trace. */
export function recordingFormatOf(format: TraceFormat): RecordingFormat {
  return nodesOf(format) === 1 ? "ksm-recording/1" : "ksm-recording-numa/1";
}

/** The format of a trace of some operations. */
export function formatOf(ops: readonly Op[]): TraceFormat {
  return formatWith({
    nodes: ops.some(isNumaOp) ? 2 : 1,
    files: ops.some(usesFile),
  });
}

/** What is wrong with the name of a format; undefined when it is a {@linkcode TraceFormat}. */
export function formatProblem(format: unknown): string | undefined {
  if (typeof format === "string" && Object.hasOwn(FORMATS, format)) {
    return undefined;
  }
  return `Cannot read format ${quote(format)}: it must be ` +
    oneOfWords(Object.keys(FORMATS).map(quote));
}

/**
 * Checks that operations belong to the format of their trace. `name` is what
 * errors call the trace; `stamped` says whether it has stamps of files.
 *
 * @throws {TraceError} An operation does not, or the format promises files and there are none.
 */
export function checkFormat(
  ops: readonly Op[],
  format: TraceFormat,
  stamped: boolean,
  name: string,
): void {
  const { nodes, files } = FORMATS[format];
  ops.forEach((op, index) => {
    const place = `${name}: op ${index} (${op.op})`;
    if (nodes === 1 && isNumaOp(op)) {
      const needed = formatWith({ nodes: 2, files });
      throw new TraceError(
        place,
        `Cannot use op "${op.op}" in format "${format}", which has one NUMA ` +
          `node: the format must be "${needed}"`,
      );
    }
    if (!files && usesFile(op)) {
      const needed = formatWith({ nodes, files: true });
      throw new TraceError(
        place,
        `Cannot use a pattern of kind "file" in format "${format}": ` +
          `the format must be "${needed}"`,
      );
    }
  });
  if ((!files && !stamped) || ops.some(usesFile)) return;
  throw new TraceError(
    name,
    files
      ? `Cannot take format "${format}" for a trace without a pattern of ` +
        `kind "file": it must be "${formatWith({ nodes, files: false })}"`
      : 'Field "files" has no use: no pattern is of kind "file"',
  );
}

function formatWith({ nodes, files }: Traits): TraceFormat {
  if (nodes === 1) return files ? "ksm-trace/1+file" : "ksm-trace/1";
  return files ? "ksm-trace-numa/1+file" : "ksm-trace-numa/1";
}

function isNumaOp(op: Op): op is NumaOp {
  return Object.hasOwn(NUMA_OPS, op.op);
}

function usesFile(op: Op): boolean {
  return op.op === "fill" && op.pattern.kind === "file";
}
