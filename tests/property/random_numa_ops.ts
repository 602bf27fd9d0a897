/** Random operations that only a machine with two NUMA nodes can do. */
import type { NodeId, NumaOp, Op } from "../../src/workload/mod.ts";

/** How often each operation is drawn, beside those of any machine. */
export const NUMA_WEIGHTS: Readonly<Record<NumaOp["op"], number>> = {
  bind: 3,
  mbind: 2,
  move: 8,
  offline: 1,
  online: 1,
};

/** All of them. */
export const NUMA_OPS: readonly NumaOp["op"][] = [
  "bind",
  "mbind",
  "move",
  "offline",
  "online",
];

/** What such a workload begins with: trees for each node, and pages on both. */
export const NUMA_BEGINNING: readonly Op[] = [
  { op: "knob", name: "merge_across_nodes", value: "0" },
  { op: "proc", proc: "p1" },
  { op: "bind", proc: "p1", node: 1 },
  { op: "mmap", proc: "p1", region: "r0", slot: 0, off: 500, pages: 8 },
  { op: "madvise", proc: "p1", region: "r0", advice: "mergeable" },
  {
    op: "fill",
    proc: "p1",
    region: "r0",
    pattern: { kind: "const", byte: 1 },
  },
];

/** The part of a region that an operation is for. */
interface Part {
  readonly proc: string;
  readonly region: string;
  readonly start: number;
  readonly count: number;
}

/** The operation on nodes that a drawn number stands for. */
export function numaOp(op: NumaOp["op"], choice: number, part: Part): NumaOp {
  const node: NodeId = choice % 2 === 0 ? 1 : 0;
  switch (op) {
    case "bind":
      // Now and then of the writer.
      return choice % 6 < 2 ? { op, node } : { op, proc: part.proc, node };
    case "mbind":
      return { op, ...part, node };
    case "move":
      return { op, ...part, node, all: choice % 3 > 0 };
    case "offline":
    case "online":
      return { op, node: 1 };
  }
}
