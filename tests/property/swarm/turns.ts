/** What threads of a random machine do in their turns, drawn from the memory as it is. */
import type { SeededRandom } from "../../../src/sim/mod.ts";
import type {
  NodeId,
  Op,
  Pattern,
  WorkloadOp,
} from "../../../src/workload/mod.ts";
import type { NaiveMemory, NaivePage } from "../naive_memory.ts";
import type { LiveMemory } from "./live_memory.ts";
import type { Kind, SwarmOptions } from "./options.ts";

const PROCESSES_MAX = 8;
const MOVER_TURNS = 12;

/** Where a region begins in its slot: so that it crosses from one page table to the next. */
const OFFSET = 508;

/** Few different pages; the first is of zeros. */
const PATTERNS: readonly Pattern[] = [
  { kind: "zero" },
  { kind: "const", byte: 1 },
  { kind: "const", byte: 2 },
  { kind: "seq", base: 7 },
  { kind: "mod", base: 5, m: 2 },
  { kind: "tail", base: 0, m: 2, byte: 1 },
  { kind: "prng", seed: 1, m: 3 },
  { kind: "text", seed: 1, m: 2 },
];

/** Operations after which the same pages are mapped as before, with the same protection. */
const STAYING: ReadonlySet<Op["op"]> = new Set([
  "fill",
  "write",
  "read",
  "madvise",
  "prctl",
  "bind",
  "move",
]);

/** Processes, and the turns of their threads. */
export class Turns {
  readonly #options: SwarmOptions;
  readonly #live: LiveMemory;
  readonly #memory: NaiveMemory;
  readonly #random: SeededRandom;
  /** Threads of each process. */
  readonly #threads = new Map<string, number>();
  #started = 0;
  #slots = 2;

  /** For a machine whose memory is `live`. */
  constructor(
    options: SwarmOptions,
    live: LiveMemory,
    random: SeededRandom,
  ) {
    this.#options = options;
    this.#live = live;
    this.#memory = live.memory;
    this.#random = random;
  }

  /** What is done before anything else: processes with memory. */
  *beginning(): Generator<Op, void, void> {
    const { processes, pages, knobs } = this.#options;
    for (const [name, value] of Object.entries(knobs)) {
      yield { op: "knob", name, value: String(value) };
    }
    for (let i = 0; i < processes; i++) {
      const proc = this.#newProcess();
      yield { op: "proc", proc };
      if (this.#options.nodes === 2) {
        yield { op: "bind", proc, node: this.#node };
      }
      for (const region of ["r0", "r1"]) {
        const slot = Number(region.slice(1));
        yield { op: "mmap", proc, region, slot, off: OFFSET, pages };
        if (region === "r0" || this.#chance(0.5)) {
          yield { op: "madvise", proc, region, advice: "mergeable" };
        }
        if (this.#chance(0.7)) {
          yield { op: "fill", proc, region, pattern: this.#pattern };
        }
      }
    }
    yield { op: "run", value: 1 };
  }

  /** All threads that are there from the beginning. */
  *threads(): Generator<WorkloadOp, void, void> {
    const { threads, administered, reader } = this.#options;
    for (const proc of this.#memory.processes.keys()) {
      for (let i = 0; i < threads; i++) yield this.#thread(proc);
    }
    const knobs = Object.entries(administered);
    if (knobs.length > 0) {
      yield {
        ...this.#pace("admin"),
        kind: "admin",
        turn: () => {
          const [name, values] = this.#pick(knobs);
          return [knobOp(name, this.#pick(values))];
        },
      };
    }
    if (reader) {
      yield {
        ...this.#pace("reader"),
        kind: "reader",
        turn: () => [{ op: "readStats" }],
      };
    }
  }

  /** Threads that move pages about. */
  *movers(): Generator<WorkloadOp, void, void> {
    for (const op of this.#options.movers) {
      const kind = op === "compact" ? "compaction" : "balancer";
      const turn = () => [{ op, pages: 1 + this.#random.below(3) }];
      // A KSM page has to be looked for in all processes for each of its sharers.
      yield { ...this.#pace(op), times: MOVER_TURNS, kind, turn };
    }
  }

  #pace(
    name: string,
  ): { op: "thread"; name: string; everyMillis: number; times: number } {
    const { everyMillis, turns } = this.#options;
    return { op: "thread", name, everyMillis, times: turns };
  }

  #thread(proc: string): Extract<WorkloadOp, { op: "thread" }> {
    const number = this.#threads.get(proc) ?? 0;
    this.#threads.set(proc, number + 1);
    return {
      ...this.#pace(`${proc}/t${number}`),
      kind: "thread",
      proc,
      turn: () => this.#turn(proc),
    };
  }

  /** One operation, or some in a row that leave all pages mapped as they are. */
  #turn(proc: string): readonly WorkloadOp[] {
    const ops: Op[] = [];
    const most = 1 + this.#random.below(4);
    while (ops.length < most) {
      const kind = this.#chance(0.4)
        ? undefined
        : this.#pick(this.#options.kinds);
      const op = (kind && this.#op(kind, proc)) ?? this.#fill(proc);
      if (op === undefined || STAYING.has(op.op)) {
        ops.push(op ?? { op: "sleep", ms: 0 });
      } else if (ops.length === 0) {
        return op.op === "fork" ? [op, this.#thread(op.child)] : [op];
      } else break;
    }
    return ops;
  }

  /**
   * An operation of this kind that the process can do as it is; none if there is
   * none. One at a time maps memory anew, or copies the process.
   */
  #op(kind: Kind, proc: string): Op | undefined {
    const isFree = !this.#live.isRemapped(proc);
    const { processes } = this.#memory;
    const { pages } = this.#memory.of(proc);
    switch (kind) {
      case "fork":
        if (!isFree || this.#started >= PROCESSES_MAX) return undefined;
        return { op: "fork", proc, child: this.#newProcess() };
      case "exit":
        if (!isFree || processes.size < 2 || this.#chance(0.8)) {
          return undefined;
        }
        return { op: "exit", proc };
      case "merge any":
        return { op: "prctl", proc, mergeAny: this.#chance(0.6) };
      case "bind":
        return { op: "bind", proc, node: this.#node };
      case "map": {
        if (!isFree || this.#memory.of(proc).regions.size > 5) {
          return undefined;
        }
        const slot = this.#freeSlot;
        const length = this.#options.pages;
        return { op: "mmap", proc, region: `r${slot}`, slot, pages: length };
      }
      default:
        if (pages.size === 0) return undefined;
        return this.#rangeOp(kind, proc, isFree);
    }
  }

  #rangeOp(
    kind: Exclude<Kind, "fork" | "exit" | "merge any" | "bind" | "map">,
    proc: string,
    isFree: boolean,
  ): Op | undefined {
    const range = this.#range(proc);
    switch (kind) {
      case "write":
        return this.#write(proc);
      case "read":
        return this.#run(proc, ({ prot }) => prot !== "none", "read");
      case "discard":
        return { op: "madvise", ...range, advice: "dontneed" };
      case "advise": {
        const advice = this.#chance(0.6) ? "mergeable" : "unmergeable";
        return { op: "madvise", ...range, advice };
      }
      case "migrate":
        return {
          op: "move",
          ...range,
          node: this.#node,
          all: this.#chance(0.7),
        };
      case "unmap":
        return isFree && this.#chance(0.5)
          ? { op: "munmap", ...range }
          : undefined;
      case "protect": {
        const prot = this.#pick(["rw", "r", "none", "rw"] as const);
        return isFree ? { op: "mprotect", ...range, prot } : undefined;
      }
      case "move": {
        const { region } = range;
        const { base } = this.#region(proc, region);
        const isMapped = this.#memory.of(proc).pages.has(base);
        // Of several threads one could not tell which place another one means.
        const isAlone = this.#threads.get(proc) === 1;
        if (!isFree || !isMapped || !isAlone) return undefined;
        return { op: "mremap", proc, region, slot: this.#freeSlot };
      }
    }
  }

  #fill(proc: string): Op | undefined {
    const run = this.#run(proc, ({ prot }) => prot === "rw", "fill");
    return run && { ...run, op: "fill", pattern: this.#pattern };
  }

  #write(proc: string): Op | undefined {
    const run = this.#run(proc, ({ prot }) => prot === "rw", "read");
    if (run === undefined) return undefined;
    const { region, start } = run;
    const offset = this.#pick([0, 2001, 4088]);
    const bytes = this.#pick(["00", "01", "0101010101010101"]);
    return { op: "write", proc, region, page: start, offset, bytes };
  }

  /** Some pages in a row that are all as wanted. */
  #run<Name extends "fill" | "read">(
    proc: string,
    isWanted: (page: NaivePage) => boolean,
    op: Name,
  ):
    | { op: Name; proc: string; region: string; start: number; count: number }
    | undefined {
    const { regions, pages } = this.#memory.of(proc);
    for (let tries = 0; tries < 5; tries++) {
      if (regions.size === 0) return undefined;
      const [region, { base, pages: length }] = this.#pick([...regions]);
      const start = this.#random.below(length);
      const most = 1 + this.#random.below(8);
      let count = 0;
      while (count < most && start + count < length) {
        const page = pages.get(base + start + count);
        if (page === undefined || !isWanted(page)) break;
        count++;
      }
      if (count > 0) return { op, proc, region, start, count };
    }
    return undefined;
  }

  /** Any part of any region. */
  #range(
    proc: string,
  ): { proc: string; region: string; start: number; count: number } {
    const [region, { pages }] = this.#pick([...this.#memory.of(proc).regions]);
    const start = this.#random.below(pages);
    return {
      proc,
      region,
      start,
      count: 1 + this.#random.below(pages - start),
    };
  }

  #region(proc: string, name: string): { base: number; pages: number } {
    const region = this.#memory.of(proc).regions.get(name);
    if (region === undefined) throw new Error(`no region ${name}`);
    return region;
  }

  /** A slot that no region was ever in, so that what is gone stays gone. */
  get #freeSlot(): number {
    return this.#slots++;
  }

  #newProcess(): string {
    return `p${this.#started++}`;
  }

  get #pattern(): Pattern {
    return PATTERNS[this.#random.below(this.#options.contents)];
  }

  get #node(): NodeId {
    return this.#chance(0.5) ? 1 : 0;
  }

  #chance(part: number): boolean {
    return this.#random.next() < part;
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random.below(from.length)];
  }
}

function knobOp(name: string, value: number): Op {
  switch (name) {
    case "run":
      return { op: "run", value: value === 0 ? 0 : value === 1 ? 1 : 2 };
    case "offline":
      return { op: value === 0 ? "online" : "offline", node: 1 };
    default:
      return { op: "knob", name, value: String(value) };
  }
}
