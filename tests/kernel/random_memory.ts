/**
 * Random operations on processes and their memory.
 *
 * What is drawn may be impossible, such as a write to a hole: who asks checks.
 *
 * @module
 */
import type { Op, Pattern, Prot } from "../../src/workload/mod.ts";
import type { Dice } from "./dice.ts";
import type { Profile, Turn } from "./random_profiles.ts";

/** Turns that are about processes and memory. */
export type MemoryTurn = Exclude<
  Turn,
  "run" | "knob" | "oddKnob" | "scan" | "sample" | "advisor" | "sleep"
>;

/** Places where regions begin: next to each other, and across the borders of page tables. */
const OFFSETS = [0, 0, 0, 4, 8, 24, 40, 500, 508, 512, 516, 1020, 2040, 5000];
const SLOTS = [0, 0, 1, 1, 2, 3, 7, 511, 1022];

const PROTECTIONS: readonly Prot[] = ["rw", "rw", "r", "none"];
const ADVICE = [
  ...["mergeable", "mergeable", "mergeable"] as const,
  ...["unmergeable", "dontneed"] as const,
];

/** Remembers which processes and regions there are, and draws what they may do. */
export class RandomMemory {
  readonly #dice: Dice;
  readonly #profile: Profile;
  readonly #live = new Map<string, Map<string, number>>();
  #named = 0;

  /** Without processes. */
  constructor(dice: Dice, profile: Profile) {
    this.#dice = dice;
    this.#profile = profile;
  }

  /** A new process. */
  process(): Op {
    return { op: "proc", proc: this.#newName("P") };
  }

  /** Takes an operation as done. */
  follow(op: Op): void {
    switch (op.op) {
      case "proc":
        this.#live.set(op.proc, new Map());
        return;
      case "fork":
        this.#live.set(op.child, new Map(this.#live.get(op.proc)));
        return;
      case "exit":
        this.#live.delete(op.proc);
        return;
      case "mmap":
        this.#live.get(op.proc)?.set(op.region, op.pages);
        return;
      case "mremap":
        if (op.pages === undefined) return;
        this.#live.get(op.proc)?.set(op.region, op.pages);
    }
  }

  /** Draws operations of a kind; none where nobody could do them. */
  turn(kind: MemoryTurn): Op[] {
    const dice = this.#dice;
    const full = this.#live.size >= this.#profile.processes;
    if (kind === "proc" || this.#live.size === 0) {
      return full ? [] : [this.process()];
    }
    const proc = dice.pick([...this.#live.keys()]);
    switch (kind) {
      case "fork":
        return full ? [] : [{ op: "fork", proc, child: this.#newName("P") }];
      case "exit":
        return [{ op: "exit", proc }];
      case "prctl":
        return [{ op: "prctl", proc, mergeAny: dice.percent(60) }];
      case "mmap":
        return this.#map(proc);
      default:
        return this.#regionTurn(kind, proc);
    }
  }

  #newName(letter: string): string {
    return `${letter}${this.#named++}`;
  }

  #map(proc: string): Op[] {
    const dice = this.#dice;
    const region = this.#newName("r");
    const pages = this.#pages();
    const map: Op = { op: "mmap", proc, region, ...this.#place(), pages };
    if (dice.percent(20)) return [{ ...map, prot: dice.pick(PROTECTIONS) }];
    const ops: Op[] = [map];
    const pattern = this.#pattern();
    if (dice.percent(80)) ops.push({ op: "fill", proc, region, pattern });
    if (dice.percent(80)) {
      ops.push({ op: "madvise", proc, region, advice: "mergeable" });
    }
    return dice.percent(50) ? ops : [ops[0], ...ops.slice(1).reverse()];
  }

  #regionTurn(
    op: Exclude<MemoryTurn, "proc" | "fork" | "exit" | "prctl" | "mmap">,
    proc: string,
  ): Op[] {
    const dice = this.#dice;
    const regions = this.#live.get(proc);
    if (regions === undefined || regions.size === 0) return this.#map(proc);
    const [region, pages] = dice.pick([...regions]);
    const start = dice.percent(30) ? 0 : dice.below(pages);
    const count = dice.percent(30)
      ? pages - start
      : dice.between(1, pages - start);
    const part = { proc, region, start, count };
    switch (op) {
      case "fill":
        return [{ op, ...part, pattern: this.#pattern() }];
      case "write":
        return [{ op, proc, region, page: start, ...this.#bytes() }];
      case "read":
      case "hash":
      case "munmap":
        return [{ op, ...part }];
      case "madvise":
        return [{ op, ...part, advice: dice.pick(ADVICE) }];
      case "mprotect":
        return [{ op, ...part, prot: dice.pick(PROTECTIONS) }];
      case "mremap": {
        const length = dice.percent(50) ? {} : { pages: this.#pages() };
        return [{ op, proc, region, ...this.#place(), ...length }];
      }
    }
  }

  #pages(): number {
    const { pages } = this.#profile;
    return this.#dice.between(1, this.#dice.percent(50) ? pages : 8);
  }

  #place(): { slot: number; off: number } {
    return { slot: this.#dice.pick(SLOTS), off: this.#dice.pick(OFFSETS) };
  }

  #bytes(): { offset: number; bytes: string } {
    const offset = this.#dice.pick([0, 5, 2001, 4088, 4095]);
    return { offset, bytes: this.#dice.pick(["00", "01", "5a", "ff"]) };
  }

  /** Few different pages, so that most find a twin. */
  #pattern(): Pattern {
    const dice = this.#dice;
    const m = dice.between(1, 9);
    if (dice.percent(this.#profile.alike)) {
      const byte = dice.below(4);
      return byte === 0 ? { kind: "zero" } : { kind: "const", byte };
    }
    switch (dice.below(10)) {
      case 0:
        return { kind: "zero" };
      case 1:
      case 2:
        return { kind: "const", byte: 65 + dice.below(4) };
      case 3:
        return { kind: "seq", base: dice.below(40) };
      case 4:
        return { kind: "tail", base: dice.below(20), m };
      case 5: {
        const offset = dice.pick([0, 7, 2000, 4088]);
        const base = dice.pick([0, 1, 3, "0xffffffffffffffff"]);
        return { kind: "at", byte: dice.pick([0, 90]), offset, base, m };
      }
      case 6:
        return { kind: "prng", seed: dice.below(3), m: dice.below(12) };
      case 7:
        return { kind: "text", seed: dice.below(3), m: dice.below(12) };
      default:
        return { kind: "mod", base: dice.below(10), m };
    }
  }
}
