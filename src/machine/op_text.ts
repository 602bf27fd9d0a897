/**
 * Operations in a few words.
 *
 * @module
 */
import type { WorkloadOp } from "../workload/mod.ts";

/** What an operation does, such as `fill ram 12..20`; empty for none. */
export function opText(op: WorkloadOp | undefined): string {
  if (op === undefined) return "";
  switch (op.op) {
    case "proc":
      return `start ${op.proc}`;
    case "fork":
      return `fork ${op.child}`;
    case "knob":
      return `write ${op.name} ${op.value}`;
    case "run":
      return `write run ${op.value}`;
    case "madvise":
      return `${op.advice} ${op.region}`;
    case "prctl":
      return `merge any ${op.mergeAny ? "on" : "off"}`;
    case "write":
      return `write ${op.region} ${op.page}`;
    case "thread":
      return `start ${op.name}`;
    case "scanBatches":
      return `wait for ${op.n} batches`;
    case "scanPasses":
      return `wait for ${op.n} full scans`;
    case "compact":
    case "balance":
      return `${op.op} ${op.pages} pages`;
    case "readStats":
      return "read ksm_stat";
    case "mmap":
      return `mmap ${op.region}`;
    case "mremap":
      return `mremap ${op.region}`;
    case "bind":
      return `bind to node ${op.node}`;
    case "offline":
    case "online":
      return `${op.op} node ${op.node}`;
    case "exit":
    case "live":
    case "sample":
    case "sleep":
      return op.op;
    default:
      return `${op.op} ${op.region}${partText(op)}`;
  }
}

function partText(op: { start?: number; count?: number }): string {
  const { start = 0, count } = op;
  if (count !== undefined) return ` ${start}..${start + count}`;
  return start === 0 ? "" : ` ${start}..`;
}
