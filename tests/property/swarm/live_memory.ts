/** Memory as processes see it while several threads change it at once. */
import assert from "node:assert/strict";
import { contentAt, type Frame } from "../../../src/engine/mm/mod.ts";
import { pteFrame, pteWritable } from "../../../src/engine/mm/page_table.ts";
import { type Machine, slotVpn } from "../../../src/machine/mod.ts";
import { type Op, PAGE_BYTES } from "../../../src/workload/mod.ts";
import {
  bytesOfHex,
  NaiveMemory,
  type NaivePage,
  pageOf,
  type PageRange,
  ZEROS,
} from "../naive_memory.ts";

/** An operation that somebody is in the middle of. */
interface Underway {
  readonly op: Op;
  /**
   * By page number: of a write, what it has written; of a fork and of a discard
   * all that the page has shown since it began.
   */
  readonly seen: Map<number, Uint8Array[]>;
  /** Numbers of the pages that a write is for. */
  readonly range: readonly number[];
  /** How many of them can be written at its beginning, up to the first that cannot. */
  readonly writable: number;
  /** Whether another thread of the process has mapped memory anew meanwhile. */
  isDisturbed: boolean;
}

/** Operations after which other pages are mapped than before, or with another protection. */
const REMAPPING: ReadonlySet<Op["op"]> = new Set([
  "mmap",
  "munmap",
  "mremap",
  "mprotect",
  "exit",
]);

const out = new Uint8Array(PAGE_BYTES);

/**
 * Follows each operation, from the plainest model of memory and from the moment
 * at which a write takes effect; and says so where a process reads anything else
 * than what was written last.
 *
 * A discard takes effect at some moment while it is under way, and the child of a
 * fork gets each page at another one. There, what a page shows has to be one of
 * the values that it had meanwhile.
 */
export class LiveMemory {
  /** The model. */
  readonly memory: NaiveMemory = new NaiveMemory();
  readonly #machine: Machine;
  readonly #underway = new Map<string, Underway>();

  /** Follows `machine`, which has no process yet. */
  constructor(machine: Machine) {
    this.#machine = machine;
    const { frames } = machine.memory;
    const store = frames.store.bind(frames);
    frames.store = (frame, content) => {
      this.#stored(frame);
      store(frame, content);
    };
  }

  /** `actor` is about to begin an operation. */
  begin(actor: string, op: Op): void {
    const seen = new Map<number, Uint8Array[]>();
    if (op.op === "fork") {
      for (const [number, page] of this.memory.of(op.proc).pages) {
        seen.set(number, [page.bytes]);
      }
      for (const discard of this.#discards(op.proc)) {
        for (const number of discard.seen.keys()) {
          seen.get(number)?.push(ZEROS);
        }
      }
    }
    if (isDiscard(op)) {
      for (const number of this.memory.mapped(op).keys()) {
        seen.set(number, [ZEROS]);
        for (const fork of this.#forks(op.proc)) {
          fork.seen.get(number)?.push(ZEROS);
        }
      }
    }
    const proc = procOf(op);
    const isRemapping = REMAPPING.has(op.op);
    const others = [...this.#underway.values()].filter((other) =>
      proc !== undefined && procOf(other.op) === proc
    );
    if (isRemapping) { for (const other of others) other.isDisturbed = true; }
    this.#underway.set(actor, {
      op,
      seen,
      ...this.#writable(op),
      isDisturbed: others.some((other) => REMAPPING.has(other.op.op)),
    });
  }

  #writable(op: Op): { range: number[]; writable: number } {
    if (op.op !== "fill" && op.op !== "write") {
      return { range: [], writable: 0 };
    }
    const { pages } = this.memory.of(op.proc);
    const range = this.memory.numbers(rangeOf(op));
    const end = range.findIndex((number) => pages.get(number)?.prot !== "rw");
    return { range, writable: end === -1 ? range.length : end };
  }

  /** Whether a thread of the process is about to map memory anew, or to copy the process. */
  isRemapped(proc: string): boolean {
    return [...this.#underway.values()].some(({ op }) =>
      procOf(op) === proc && (REMAPPING.has(op.op) || op.op === "fork")
    );
  }

  /** `actor` will never do what it was about to begin. */
  forget(actor: string): void {
    this.#underway.delete(actor);
  }

  /** Whether `actor` is in the middle of an operation. */
  isUnderway(actor: string): boolean {
    return this.#underway.has(actor);
  }

  /** `actor` has ended its operation. */
  end(actor: string): void {
    const underway = this.#underway.get(actor);
    assert.ok(underway, `${actor} does nothing`);
    this.#underway.delete(actor);
    const { op, seen } = underway;
    if (op.op === "fill" || op.op === "write") {
      this.#checkWritten(actor, underway);
    } else if (isDiscard(op)) {
      for (const [number, page] of this.memory.mapped(op)) {
        this.#settle(op.proc, number, page, seen.get(number) ?? []);
      }
    } else this.memory.perform(op);
    if (op.op === "fork") {
      for (const [number, page] of this.memory.of(op.child).pages) {
        this.#settle(op.child, number, page, seen.get(number) ?? []);
      }
    }
    const proc = procOf(op);
    if (proc !== undefined) this.#check(proc);
  }

  /** A write goes up to the first page that cannot be written, and writes each page before that once. */
  #checkWritten(actor: string, underway: Underway): void {
    const { op, seen, range, writable, isDisturbed } = underway;
    const count = isDisturbed ? seen.size : writable;
    assert.deepEqual(
      [...seen].map(([number, values]) => [number, values.length]),
      range.slice(0, count).map((number) => [number, 1]),
      `${actor} has not written each page once: ${JSON.stringify(op)}`,
    );
  }

  /** Asserts that every process reads what it should, but for those whose memory is being mapped anew. */
  check(): void {
    for (const name of this.memory.processes.keys()) this.#check(name);
  }

  #check(name: string): void {
    const process = this.memory.processes.get(name);
    if (process === undefined) return;
    for (const { op } of this.#underway.values()) {
      if (REMAPPING.has(op.op) && procOf(op) === name) return;
    }
    const discards = this.#discards(name);
    for (const [number, { bytes }] of process.pages) {
      const isDiscarded = discards.some(({ seen }) => seen.has(number));
      this.#settled(name, number, isDiscarded ? [bytes, ZEROS] : [bytes]);
    }
  }

  /** Takes over what a page shows, which has to be one of `values`. */
  #settle(
    proc: string,
    number: number,
    page: NaivePage,
    values: readonly Uint8Array[],
  ): void {
    page.bytes = this.#settled(proc, number, values);
  }

  #settled(
    proc: string,
    number: number,
    values: readonly Uint8Array[],
  ): Uint8Array {
    const { memory, processes } = this.#machine;
    const { mm } = processes.named(proc);
    memory.contents.read(contentAt(memory, mm, slotVpn(0, number)), out);
    const found = values.find((bytes) => areEqual(bytes, out));
    assert.ok(found, `${proc} reads something else at page ${number}`);
    return found;
  }

  /** A write to a frame is about to take effect. */
  #stored(frame: Frame): void {
    const { simulation } = this.#machine;
    const underway = this.#underway.get(simulation?.current.name ?? "");
    if (underway === undefined) return;
    const { op, seen, range } = underway;
    if (op.op !== "fill" && op.op !== "write") return;
    const { mm } = this.#machine.processes.named(op.proc);
    const hit = range.filter((number) => {
      const pte = mm.pages.get(slotVpn(0, number));
      return pteFrame(pte) === frame && pteWritable(pte);
    });
    assert.equal(hit.length, 1, `frame ${frame} is written by ${op.proc}`);
    const [number] = hit;
    const page = this.memory.of(op.proc).pages.get(number);
    assert.ok(page, `page ${number} of ${op.proc} is written, and not there`);
    if (op.op === "fill") {
      page.bytes = pageOf(op.pattern, number - range[0]);
    } else {
      const discards = this.#discards(op.proc);
      if (discards.some(({ seen }) => seen.has(number))) {
        this.#settle(op.proc, number, page, [page.bytes, ZEROS]);
      }
      page.bytes = page.bytes.slice();
      page.bytes.set(bytesOfHex(op.bytes), op.offset);
    }
    seen.set(number, [...seen.get(number) ?? [], page.bytes]);
    const others = [...this.#discards(op.proc), ...this.#forks(op.proc)];
    for (const other of others) other.seen.get(number)?.push(page.bytes);
  }

  #discards(proc: string): Underway[] {
    return [...this.#underway.values()].filter(({ op }) =>
      isDiscard(op) && op.proc === proc
    );
  }

  #forks(proc: string): Underway[] {
    return [...this.#underway.values()].filter(({ op }) =>
      op.op === "fork" && op.proc === proc
    );
  }
}

function procOf(op: Op): string | undefined {
  return "proc" in op ? op.proc : undefined;
}

function isDiscard(op: Op): op is Extract<Op, { op: "madvise" }> {
  return op.op === "madvise" && op.advice === "dontneed";
}

function rangeOf(op: Extract<Op, { op: "fill" | "write" }>): PageRange {
  return op.op === "fill" ? op : { ...op, start: op.page, count: 1 };
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  const wordsOfA = new Uint32Array(a.buffer, a.byteOffset, PAGE_BYTES / 4);
  const wordsOfB = new Uint32Array(b.buffer, b.byteOffset, PAGE_BYTES / 4);
  for (let at = 0; at < wordsOfA.length; at++) {
    if (wordsOfA[at] !== wordsOfB[at]) return false;
  }
  return true;
}
