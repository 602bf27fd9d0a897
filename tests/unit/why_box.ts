/** A machine for questions about pages: processes with one region each, ksmd by operations. */
import assert from "node:assert/strict";
import { type Frame, type Mm, pteFrame } from "../../src/engine/mm/mod.ts";
import {
  Machine,
  type PagePlace,
  type PageWhy,
  pageWhy,
  type Reason,
  type ReasonName,
  slotVpn,
} from "../../src/machine/mod.ts";
import type { Op, Pattern } from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";

/** The place of a page in the region that each process has. */
export function at(process: string, page: number): Required<PagePlace> {
  return { process, region: "r", page };
}

/** What a machine says of its pages. */
export class WhyBox {
  readonly machine: Machine;

  /** Running, without smart scan, with so many pages of a batch. */
  constructor({ nodes = 1, batch = 100 } = {}) {
    this.machine = new Machine({ nodes });
    this.do(
      { op: "knob", name: "smart_scan", value: "0" },
      { op: "knob", name: "pages_to_scan", value: `${batch}` },
      { op: "run", value: 1 },
    );
  }

  do(...ops: Op[]): void {
    drive(this.machine, ops);
  }

  knob(name: string, value: number): void {
    this.do({ op: "knob", name, value: `${value}` });
  }

  /** Starts a process with mergeable pages. */
  start(proc: string, pages: number, pattern: Pattern, node = 0): void {
    const part = { proc, region: "r" };
    const bind: Op[] = this.machine.memory.nodes === 1
      ? []
      : [{ op: "bind", proc, node: node === 0 ? 0 : 1 }];
    this.do(
      { op: "proc", proc },
      ...bind,
      { op: "mmap", ...part, slot: 0, pages },
      { op: "madvise", ...part, advice: "mergeable" },
      { op: "fill", ...part, pattern },
    );
  }

  fill(proc: string, pattern: Pattern, start: number, count = 1): void {
    this.do({ op: "fill", proc, region: "r", start, count, pattern });
  }

  advise(
    proc: string,
    advice: "mergeable" | "unmergeable" | "dontneed",
    start: number,
    count = 1,
  ): void {
    this.do({ op: "madvise", proc, region: "r", start, count, advice });
  }

  batches(n: number): void {
    this.do({ op: "scanBatches", n });
  }

  passes(n: number): void {
    this.do({ op: "scanPasses", n });
  }

  why(process: string, page: number): PageWhy {
    const why = pageWhy(this.machine, at(process, page));
    assert.ok(why !== undefined);
    assert.deepEqual(why.place, at(process, page));
    return why;
  }

  /** What comes first. */
  first(process: string, page: number): Reason<PagePlace> {
    return this.why(process, page).first;
  }

  /** The names of all reasons, the first one first. */
  names(process: string, page: number): ReasonName[] {
    const { first, further } = this.why(process, page);
    return [first, ...further].map(({ reason }) => reason);
  }

  mm(process: string): Mm {
    return this.machine.processes.named(process).mm;
  }

  frame(process: string, page: number): Frame {
    const frame = pteFrame(this.mm(process).pages.get(slotVpn(0, page)));
    assert.ok(frame !== 0);
    return frame;
  }

  isMerged(process: string, page: number): boolean {
    const { reason } = this.first(process, page);
    return reason === "merged" || reason === "merged-with-zero-page";
  }
}
