/**
 * What each operation does that needs several NUMA nodes.
 *
 * @module
 */
import type { Suspends } from "../engine/lib/step.ts";
import { ERRNO } from "../engine/ksm/mod.ts";
import {
  bindArea,
  type Frame,
  type MemoryBlock,
  movePages,
  offlineBlock,
  onlineBlock,
  pteFrame,
} from "../engine/mm/mod.ts";
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
    const reason = `there is no NUMA node ${op.node}; the machine has ` +
      `${memory.nodes}, and a workload with { nodes: 2 } gets two`;
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
    case "online": {
      const blocks = memory.frames.blocks.filter((block) =>
        block.node === op.node && block.movable
      );
      if (blocks.length === 0) {
        const reason = `NUMA node ${op.node} has no movable memory`;
        throw new RefusedOp(index, op.op, reason);
      }
      let errno: number = ERRNO.ok;
      for (const block of blocks) {
        const done = op.op === "online"
          ? yield* onlineBlock(memory, block)
          : yield* takeOffline(machine, block, index);
        if (!done) errno = ERRNO.einval;
      }
      return { i: index, op: op.op, blocks: blocks.length, errno };
    }
  }
}

/**
 * Takes a block offline; says whether it was online.
 *
 * @throws {RefusedOp} A page of it cannot be moved.
 */
function* takeOffline(
  machine: Machine,
  block: MemoryBlock,
  index: number,
): Suspends<boolean> {
  const outcome = yield* offlineBlock(machine.memory, block);
  if (typeof outcome === "string") return outcome === "offline";
  const reason = `${pageAt(machine, outcome.stuck)} cannot be moved, and the ` +
    "kernel would try for ever; only a write to that page makes it an " +
    "ordinary one";
  throw new RefusedOp(index, "offline", reason);
}

/** A page that maps a frame, as people read it. */
function pageAt(machine: Machine, frame: Frame): string {
  for (const { mm } of machine.processes.all()) {
    const { pages } = mm;
    let vpn = pages.nextFrame(0, Infinity);
    while (vpn !== -1 && pteFrame(pages.get(vpn)) !== frame) {
      vpn = pages.nextFrame(vpn + 1, Infinity);
    }
    if (vpn !== -1) return `page ${machine.pageName(mm, vpn)}`;
  }
  return `frame ${frame}`;
}
