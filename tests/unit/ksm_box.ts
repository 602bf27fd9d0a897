/** A machine for tests of KSM: each process has one mergeable region, smart scan is off, and ksmd moves batch by batch. */
import assert from "node:assert/strict";
import {
  continueBatch,
  type Ksm,
  type ProcessCounters,
  type RmapItem,
  startBatch,
} from "../../src/engine/ksm/mod.ts";
import {
  contentAt,
  type Frame,
  type Memory,
  type Mm,
  pteFrame,
} from "../../src/engine/mm/mod.ts";
import { Machine, slotVpn } from "../../src/machine/mod.ts";
import { type InstantOp, performOp } from "../../src/machine/ops.ts";
import { PAGE_BYTES, type Pattern } from "../../src/workload/mod.ts";

const PASS_BATCHES_MAX = 10_000;

/** Every page different. */
export const UNIQUE: Pattern = { kind: "seq", base: 1 };

/** All pages full of the first character of `text`. */
export function all(text: string): Pattern {
  return { kind: "const", byte: text.charCodeAt(0) };
}

/** pages_shared, pages_sharing, pages_unshared, pages_volatile. */
export type Counts = [
  shared: number,
  sharing: number,
  unshared: number,
  volatile: number,
];

/** The machine, running, with `pages_to_scan` as given. */
export class KsmBox {
  readonly machine = new Machine();
  readonly ksm: Ksm = this.machine.ksm;
  readonly memory: Memory = this.machine.memory;

  constructor(pagesToScan: number) {
    this.knob("pages_to_scan", `${pagesToScan}`);
    this.knob("smart_scan", "0");
    this.do({ op: "run", value: 1 });
  }

  /** Does operations. */
  do(...ops: InstantOp[]): void {
    for (const op of ops) this.machine.run(performOp(this.machine, op, 0));
  }

  /** Writes a knob, which has to be accepted. */
  knob(name: string, value: string): void {
    assert.deepEqual(this.write(name, value), [0, value]);
  }

  /** Writes a knob; the errno, and what the file shows afterwards. */
  write(name: string, value: string): [errno: number, now: string] {
    const event = this.machine.run(
      performOp(this.machine, { op: "knob", name, value }, 0),
    );
    assert.ok(event?.op === "knob");
    return [event.errno, event.now];
  }

  /** Starts a process whose region has `pages` mergeable pages of `pattern`. */
  start(proc: string, pages: number, pattern: Pattern): void {
    this.do(
      { op: "proc", proc },
      { op: "mmap", proc, region: "r", slot: 0, pages },
      { op: "madvise", proc, region: "r", advice: "mergeable" },
      { op: "fill", proc, region: "r", pattern },
    );
  }

  /** Writes pages, all of the region unless told. */
  fill(proc: string, pattern: Pattern, start = 0, count?: number): void {
    const part = count === undefined ? { start } : { start, count };
    this.do({ op: "fill", proc, region: "r", ...part, pattern });
  }

  /** Gives advice on pages, all of the region unless told; the errno. */
  advise(
    proc: string,
    advice: "mergeable" | "unmergeable" | "dontneed",
    start = 0,
    count?: number,
  ): number {
    const part = count === undefined ? { start } : { start, count };
    const event = this.machine.run(performOp(this.machine, {
      op: "madvise",
      proc,
      region: "r",
      ...part,
      advice,
    }, 0));
    assert.ok(event?.op === "madvise");
    return event.errno;
  }

  /** One batch; how things stand then. */
  batch(): Counts {
    const batch = this.machine.run(startBatch(this.ksm));
    this.machine.run(continueBatch(this.ksm, batch, batch.budget));
    return this.counts();
  }

  /** Batches to the end of the present pass; how things stand then. */
  pass(): Counts {
    const before = this.ksm.seqnr;
    for (let batches = 0; this.ksm.seqnr === before; batches++) {
      assert.ok(batches < PASS_BATCHES_MAX, "the pass does not end");
      this.batch();
    }
    return this.counts();
  }

  counts(): Counts {
    const { pagesShared, pagesSharing, pagesUnshared, pagesVolatile } = this
      .machine.counters();
    return [pagesShared, pagesSharing, pagesUnshared, pagesVolatile];
  }

  /** The address space of a process. */
  mm(proc: string): Mm {
    return this.machine.processes.named(proc).mm;
  }

  /** Its figures. */
  stat(proc: string): ProcessCounters {
    return this.ksm.processCounters(this.mm(proc));
  }

  /** The frame that a page of the region maps; 0 for none. */
  frame(proc: string, page: number): Frame | 0 {
    const region = this.machine.processes.named(proc).regions.get("r");
    assert.ok(region);
    return pteFrame(this.mm(proc).pages.get(region.start + page));
  }

  /** The same, where there is one. */
  mappedFrame(proc: string, page: number): Frame {
    const frame = this.frame(proc, page);
    assert.ok(frame !== 0);
    return frame;
  }

  /** Whether a page maps a KSM page. */
  isMerged(proc: string, page: number): boolean {
    return this.memory.frames.isKsm(this.mappedFrame(proc, page));
  }

  /** The bytes of a page. */
  bytes(proc: string, page: number): Uint8Array {
    const bytes = new Uint8Array(PAGE_BYTES);
    const content = contentAt(this.memory, this.mm(proc), slotVpn(0, page));
    this.memory.contents.read(content, bytes);
    return bytes;
  }

  /** What ksmd remembers of a page of a region that has not moved. */
  item(proc: string, page: number): RmapItem {
    for (const item of this.ksm.items.each()) {
      if (this.ksm.mmOf(item) !== this.mm(proc)) continue;
      if (this.ksm.items.vpn[item] === slotVpn(0, page)) return item;
    }
    return assert.fail(`ksmd remembers nothing of ${proc} page ${page}`);
  }
}
