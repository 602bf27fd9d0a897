/**
 * Follows a list of operations and refuses the first that a real process could
 * not do: one on something that is not there, or one that would kill it.
 *
 * @module
 */
import { AddressSpace, Refusal } from "./address_space.ts";
import { didYouMean, quote } from "./nearest.ts";
import { MOVABLE_NODE } from "./numa_op.ts";
import type { NumaOp } from "./numa_op.ts";
import type { MunmapOp, Op, WriteOp } from "./op.ts";
import { isOp, opProblem } from "./op_shape.ts";
import { PAGE_BYTES } from "./pattern.ts";
import { isRecord } from "./shape.ts";
import { TraceError } from "./trace_error.ts";

/** Letters that an operation's name has at most in the place of an error; the problem names it anyway. */
const PLACE_LETTERS = 20;

/** A process cannot start: its name is not new. */
class UsedName extends Refusal {}

/**
 * Checks operations one by one, in the order in which they run.
 *
 * @example
 * ```ts
 * import { OpChecker } from "ksmscope";
 * import assert from "node:assert/strict";
 *
 * const checker = new OpChecker("pair");
 * checker.check({ op: "proc", proc: "A" }, 0);
 * checker.check(
 *   { op: "mmap", proc: "A", region: "r", slot: 0, pages: 16 },
 *   1,
 * );
 * assert.throws(
 *   () => checker.check({ op: "read", proc: "A", region: "r", start: 20 }, 2),
 *   /pair: op 2 \(read\): Cannot use page 20 of region "r": it has 16 pages/,
 * );
 * ```
 */
export class OpChecker {
  readonly #name: string;
  readonly #live = new Map<string, AddressSpace>();
  readonly #exited: Map<string, number>;

  /** `name` is what errors call the list of operations; `other` is one that has followed operations already. */
  constructor(name: string, other?: OpChecker) {
    this.#name = name;
    this.#exited = new Map(other ? other.#exited : []);
    for (const [proc, space] of other ? other.#live : []) {
      this.#live.set(proc, new AddressSpace(space));
    }
  }

  /**
   * Checks the next operation, and takes it as done.
   *
   * @throws {TraceError} The operation cannot be done; nothing has changed.
   */
  check(op: unknown, index: number): Op {
    if (!isOp(op)) {
      throw new TraceError(this.#place(op, index), opProblem(op) ?? "");
    }
    try {
      this.#follow(op, index);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new TraceError(this.#place(op, index), error.message);
    }
    return op;
  }

  /**
   * Takes an operation as done if it can be done, and leaves it out if not.
   *
   * @throws {TraceError} It starts a process under a name that another one has or had.
   */
  follow(op: Op, index: number): void {
    try {
      this.#follow(op, index);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!(error instanceof UsedName)) return;
      throw new TraceError(this.#place(op, index), error.message);
    }
  }

  /** Whether a process has exited by one of the operations so far. */
  hasExited(proc: string): boolean {
    return this.#exited.has(proc);
  }

  #place(op: unknown, index: number): string {
    const name = isRecord(op) ? op.op : undefined;
    const shown = typeof name === "string" && name.length <= PLACE_LETTERS;
    return `${this.#name}: op ${index}${shown ? ` (${name})` : ""}`;
  }

  #follow(op: Op, index: number): void {
    switch (op.op) {
      case "proc":
        return this.#start(op.proc, new AddressSpace());
      case "fork":
        return this.#start(op.child, new AddressSpace(this.#space(op.proc)));
      case "exit":
        this.#space(op.proc);
        this.#live.delete(op.proc);
        this.#exited.set(op.proc, index);
        return;
      case "prctl":
        this.#space(op.proc);
        return;
      case "mmap":
        return this.#space(op.proc).map(op);
      case "mremap":
        return this.#space(op.proc).move(op);
      case "fill":
        return this.#space(op.proc).need(op, "writable", "fill");
      case "write":
        return this.#write(op);
      case "read":
      case "hash":
        return this.#space(op.proc).need(op, "readable", op.op);
      case "madvise":
        this.#space(op.proc).range(op);
        return;
      case "mprotect":
        this.#space(op.proc).need(op, "mapped", "protect");
        return this.#space(op.proc).set(op, op.prot);
      case "munmap":
        return this.#unmap(op);
      case "knob":
      case "run":
      case "scanBatches":
      case "scanPasses":
      case "sample":
      case "sleep":
        return;
      case "bind":
      case "mbind":
      case "move":
      case "offline":
      case "online":
        return this.#followNuma(op);
    }
  }

  #followNuma(op: NumaOp): void {
    switch (op.op) {
      case "bind":
        if (op.proc !== undefined) this.#space(op.proc);
        return;
      case "mbind":
        return this.#space(op.proc).need(op, "mapped", "bind");
      case "move":
        this.#space(op.proc).range(op);
        return;
      case "offline":
      case "online":
        if (op.node === MOVABLE_NODE) return;
        throw new Refusal(
          `Cannot take memory of node ${op.node} ${op.op}: only node ` +
            `${MOVABLE_NODE} has memory blocks for that`,
        );
    }
  }

  #start(name: string, space: AddressSpace): void {
    if (this.#live.has(name) || this.#exited.has(name)) {
      throw new UsedName(
        `Cannot start process ${quote(name)}: ` +
          "the name was used before, and names are never used twice",
      );
    }
    this.#live.set(name, space);
  }

  #space(name: string): AddressSpace {
    const space = this.#live.get(name);
    if (space !== undefined) return space;
    const exited = this.#exited.get(name);
    throw new Refusal(
      `Cannot use process ${quote(name)}: ` +
        (exited === undefined
          ? "no process has that name" + didYouMean(name, this.#live.keys())
          : `it has exited in op ${exited}`),
    );
  }

  #write({ proc, region, page, offset, bytes }: WriteOp): void {
    const length = bytes.length / 2;
    if (offset + length > PAGE_BYTES) {
      throw new Refusal(
        `Cannot write ${length} bytes at offset ${offset}: ` +
          `the page ends at ${PAGE_BYTES}`,
      );
    }
    const part = { region, start: page, count: 1 };
    this.#space(proc).need(part, "writable", "write");
  }

  #unmap(op: MunmapOp): void {
    const space = this.#space(op.proc);
    const { start, end } = space.range(op);
    if (start === end) {
      throw new Refusal("Cannot unmap 0 pages: the count must be at least 1");
    }
    space.set(op, "hole");
  }
}
