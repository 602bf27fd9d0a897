/**
 * How scenarios begin.
 *
 * @module
 */
import type { Op } from "../../workload/mod.ts";

/** The bytes that processes start with. */
export const LETTER = { x: 120, y: 121, z: 122 } as const;

/** A process with mergeable pages, full of one byte each. */
export function process(proc: string, ...bytes: readonly number[]): Op[] {
  const region = "r";
  return [
    { op: "proc", proc },
    { op: "mmap", proc, region, slot: 0, pages: bytes.length },
    { op: "madvise", proc, region, advice: "mergeable" },
    ...bytes.map((byte, start): Op => ({
      op: "fill",
      proc,
      region,
      start,
      count: 1,
      pattern: { kind: "const", byte },
    })),
  ];
}

/** A process whose page ksmd never looks at. */
export function bystander(proc: string): Op[] {
  const region = "r";
  return [
    { op: "proc", proc },
    { op: "mmap", proc, region, slot: 0, pages: 1 },
  ];
}

/** ksmd runs, and visits every page in each pass. */
export const RUNNING: readonly Op[] = [
  { op: "knob", name: "smart_scan", value: "0" },
  { op: "run", value: 1 },
];

/** Passes of ksmd. */
export function passes(n: number): Op {
  return { op: "scanPasses", n };
}

/** Batches of ksmd. */
export function batches(n: number): Op {
  return { op: "scanBatches", n };
}

/** One page a batch. */
export const BY_ONE: Op = { op: "knob", name: "pages_to_scan", value: "1" };

/** A process gives up one page. */
export function unmap(proc: string, start = 0): Op {
  return { op: "munmap", proc, region: "r", start, count: 1 };
}

/** Two processes that share one KSM page. */
export const PAIR: readonly Op[] = [
  ...RUNNING,
  ...process("A", LETTER.x),
  ...process("B", LETTER.x),
  passes(2),
];

/** One process with a KSM page, which nobody else maps any more. */
export const SINGLE: readonly Op[] = [
  ...PAIR,
  { op: "exit", proc: "B" },
  passes(1),
];

/** The same with all processes bound to NUMA node 1, whose memory can be taken away. */
export function onNode1(ops: readonly Op[]): Op[] {
  return ops.flatMap((op): Op[] =>
    op.op === "proc" ? [op, { op: "bind", proc: op.proc, node: 1 }] : [op]
  );
}
