/**
 * From script to trace.
 *
 * @module
 */
import { filesOf, stampFiles } from "./file_stamps.ts";
import { isTimedOp, type TimedOp } from "./live_op.ts";
import type { Op } from "./op.ts";
import type { ScanReply } from "./op_source.ts";
import type { FileBytes } from "./pattern.ts";
import { openWorkload } from "./script.ts";
import type { Workload } from "./script.ts";
import { CLOCK_TAG } from "./trace.ts";
import type { Trace } from "./trace.ts";
import { TraceError } from "./trace_error.ts";
import { formatOf } from "./trace_format.ts";

/** Most operations that a trace is made of. */
export const SAVE_LIMIT = 1_000_000;

/** Why a trace, whose operations take turns with ksmd, cannot hold an operation. */
const TIMED_REASON: Readonly<Record<TimedOp["op"], string>> = {
  live: "it lets ksmd scan by the virtual clock",
  thread: "it starts threads",
  compact: "it moves pages by chance",
  balance: "it moves pages by chance",
  readStats: "it reads counters at its own time",
};

/**
 * Runs a script to its end and gives its operations.
 *
 * `answer` tells the script what a scan came to: a script that looks at
 * counters needs a machine that does its operations as they come. Without it,
 * a look is refused.
 *
 * @throws {TraceError} The script does not end, or goes wrong.
 */
export function opsOf(
  workload: Workload,
  seed: number,
  answer?: (op: Op) => ScanReply | undefined,
): Op[] {
  const { name, endless } = workload;
  if (endless) {
    throw new TraceError(name, "Cannot save a workload that never ends");
  }
  const source = openWorkload(workload, { seed });
  const ops: Op[] = [];
  let op = source.next();
  while (op !== undefined) {
    if (ops.length === SAVE_LIMIT) {
      throw new TraceError(
        name,
        `Cannot save more than ${SAVE_LIMIT} ops: does the script end`,
      );
    }
    if (isTimedOp(op)) {
      throw new TraceError(
        name,
        `Cannot save a workload that depends on time: ${TIMED_REASON[op.op]}`,
      );
    }
    ops.push(op);
    op = source.next(answer?.(op));
  }
  return ops;
}

/**
 * Makes a trace of a workload's operations. `files` is asked for each file that
 * they name, so that a later change of it is noticed.
 */
export function traceOf(
  { name, title }: Pick<Workload, "name" | "title">,
  ops: readonly Op[],
  files: FileBytes,
): Trace {
  const tags = ops.some((op) => op.op === "sleep") ? [CLOCK_TAG] : [];
  const stamps = filesOf(ops).length === 0
    ? {}
    : { files: stampFiles(ops, files) };
  return { format: formatOf(ops), name, title, tags, ...stamps, ops };
}
