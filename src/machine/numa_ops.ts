/**
 * What each operation does that needs several NUMA nodes.
 *
 * @module
 */
import type { Suspends } from "../engine/lib/step.ts";
import { ERRNO } from "../engine/ksm/mod.ts";
import { bindArea, movePages } from "../engine/mm/mod.ts";
import { type NumaOp, printRuns, type RecordedEvent } from "../workload/mod.ts";
import type { Machine } from "./machine.ts";
import { pageRange } from "./regions.ts";
import { RefusedOp } from "./refused_op.ts";

/**
 * Does one operation; its answer, as a recording has it, if it has one.
 *
 * @throws {RefusedOp} The machine has not got such a node.
 */
export function* performNumaOp(
  machine: Machine,
  op: NumaOp,
  index: number,
): Suspends<RecordedEvent | undefined> {
  const { ksm, memory, processes } = machine;
  if (op.node >= memory.nodes) {
    const reason = `there is no NUMA node ${op.node}, only ${memory.nodes}`;
    throw new RefusedOp(index, op.op, reason);
  }
  switch (op.op) {
    case "bind": {
      const task = op.proc === undefined
        ? ksm.writer
        : processes.named(op.proc).mm.task;
      task.boundTo = op.node;
      return undefined;
    }
    case "mbind": {
      const { mm, regions } = processes.named(op.proc);
      const { start, end } = pageRange(regions, op);
      yield* bindArea(memory, mm, start, end, op.node);
      return undefined;
    }
    case "move": {
      const { mm, regions } = processes.named(op.proc);
      const { node, all = false } = op;
      const request = { ...pageRange(regions, op), node, all };
      const { left, statuses } = yield* movePages(memory, mm, request);
      const status = printRuns(statuses);
      return { i: index, op: op.op, errno: ERRNO.ok, left, status };
    }
    case "offline":
    case "online":
      throw new RefusedOp(index, op.op, "pages do not migrate");
  }
}
