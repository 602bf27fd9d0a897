/** Memory as a process sees it, in the plainest way: for each process a map from page to bytes. */
import assert from "node:assert/strict";
import {
  type MadviseOp,
  type MremapOp,
  type NodeId,
  type Op,
  PAGE_BYTES,
  pageContents,
  PAGES_PER_SLOT,
  type Pattern,
  produce,
  type Prot,
} from "../../src/workload/mod.ts";

/** One mapped page. Its bytes are replaced, never changed in place, so that several pages may have one array. */
export interface NaivePage {
  /** What the process may do with it. */
  prot: Prot;
  /** Whether it has been offered for merging. */
  mergeable: boolean;
  /** The node that the page was bound to by itself, if any. */
  node?: NodeId;
  /** What a read must show. */
  bytes: Uint8Array;
}

/** Where a region lies: page numbers count from slot 0. */
export interface NaiveRegion {
  /** Its page 0. */
  readonly base: number;
  /** Its length. */
  readonly pages: number;
}

/** One process. */
export interface NaiveProcess {
  /** Its regions by name; their pages may be unmapped meanwhile. */
  readonly regions: Map<string, NaiveRegion>;
  /** What is mapped, by page number. */
  readonly pages: Map<number, NaivePage>;
  /** Whether all its memory is offered, and what it maps from now on. */
  mergeAny: boolean;
}

/** Pages of a region. */
export type PageRange = {
  proc: string;
  region: string;
  start?: number;
  count?: number;
};

/** A page never written. */
export const ZEROS = new Uint8Array(PAGE_BYTES);

/** All processes. */
export class NaiveMemory {
  /** Those that live, by name. */
  readonly processes: Map<string, NaiveProcess> = new Map();

  /** Does what an operation does to the processes and their bytes. */
  perform(op: Op): void {
    switch (op.op) {
      case "proc":
        this.processes.set(op.proc, {
          regions: new Map(),
          pages: new Map(),
          mergeAny: false,
        });
        return;
      case "fork":
        return this.#fork(this.of(op.proc), op.child);
      case "exit":
        this.processes.delete(op.proc);
        return;
      case "mmap": {
        const { regions, pages, mergeAny } = this.of(op.proc);
        const base = op.slot * PAGES_PER_SLOT + (op.off ?? 0);
        regions.set(op.region, { base, pages: op.pages });
        const prot = op.prot ?? "rw";
        for (let page = base; page < base + op.pages; page++) {
          pages.set(page, { prot, mergeable: mergeAny, bytes: ZEROS });
        }
        return;
      }
      case "mremap":
        return this.#move(op);
      case "munmap":
        for (const page of this.#range(op)) this.of(op.proc).pages.delete(page);
        return;
      case "mprotect":
        for (const page of this.#mapped(op)) page.prot = op.prot;
        return;
      case "madvise":
        return this.#advise(op);
      case "mbind":
        for (const page of this.#mapped(op)) page.node = op.node;
        return;
      case "prctl": {
        const process = this.of(op.proc);
        // Off does nothing where it was not on.
        if (process.mergeAny === op.mergeAny) return;
        process.mergeAny = op.mergeAny;
        for (const page of process.pages.values()) {
          page.mergeable = op.mergeAny;
        }
        return;
      }
      case "fill":
        this.#mapped(op).forEach((page, index) => {
          page.bytes = pageOf(op.pattern, index);
        });
        return;
      case "write": {
        const [page] = this.#mapped({ ...op, start: op.page, count: 1 });
        page.bytes = page.bytes.slice();
        page.bytes.set(bytesOfHex(op.bytes), op.offset);
        return;
      }
    }
  }

  /** The live process of this name. */
  of(name: string): NaiveProcess {
    const process = this.processes.get(name);
    assert.ok(process, `no process ${name}`);
    return process;
  }

  /** The mapped pages of a region, in order. */
  pagesOf(proc: string, region: string): NaivePage[] {
    return this.#mapped({ proc, region });
  }

  /** The mapped pages of a range by page number, in order. */
  mapped(op: PageRange): Map<number, NaivePage> {
    const { pages } = this.of(op.proc);
    const mapped = new Map<number, NaivePage>();
    for (const number of this.#range(op)) {
      const page = pages.get(number);
      if (page !== undefined) mapped.set(number, page);
    }
    return mapped;
  }

  /** The numbers of a range's pages, mapped or not. */
  numbers(op: PageRange): number[] {
    return this.#range(op);
  }

  #fork(parent: NaiveProcess, child: string): void {
    const pages = new Map<number, NaivePage>();
    for (const [number, page] of parent.pages) pages.set(number, { ...page });
    const regions = new Map(parent.regions);
    this.processes.set(child, { regions, pages, mergeAny: parent.mergeAny });
  }

  #advise(op: MadviseOp): void {
    for (const page of this.#mapped(op)) {
      if (op.advice === "dontneed") page.bytes = ZEROS;
      else page.mergeable = op.advice === "mergeable";
    }
  }

  #move(op: MremapOp): void {
    const { regions, pages } = this.of(op.proc);
    const moved = this.#range(op).map((number) => pages.get(number));
    const [first] = moved;
    assert.ok(first, "the first page is mapped");
    for (const page of this.#range(op)) pages.delete(page);
    const base = op.slot * PAGES_PER_SLOT + (op.off ?? 0);
    const length = op.pages ?? moved.length;
    for (let index = 0; index < length; index++) {
      const page = index < moved.length
        ? moved[index]
        : { ...first, bytes: ZEROS };
      if (page !== undefined) pages.set(base + index, page);
    }
    regions.set(op.region, { base, pages: length });
  }

  #range(op: PageRange): number[] {
    const region = this.of(op.proc).regions.get(op.region);
    assert.ok(region, `no region ${op.region}`);
    const start = op.start ?? 0;
    const length = op.count ?? region.pages - start;
    return Array.from({ length }, (_, index) => region.base + start + index);
  }

  #mapped(op: PageRange): NaivePage[] {
    const { pages } = this.of(op.proc);
    return this.#range(op).flatMap((number) => pages.get(number) ?? []);
  }
}

const produced = new Map<string, Uint8Array>();

/** Page `index` of a pattern; each is written out once. */
export function pageOf(pattern: Pattern, index: number): Uint8Array {
  const content = pageContents(pattern)(index);
  const key = JSON.stringify(content);
  let page = produced.get(key);
  if (page === undefined) {
    page = new Uint8Array(PAGE_BYTES);
    produce(content, page, () => assert.fail("no pattern names a file"));
    produced.set(key, page);
  }
  return page;
}

/** The bytes that hex digits stand for. */
export function bytesOfHex(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((digits) => parseInt(digits, 16));
}
