/** Random workloads: a few small processes that write, fork, unmap and exit, with much equal memory, while ksmd works. */
import fc from "fast-check";
import {
  type NumaOp,
  type Op,
  OpChecker,
  PAGES_PER_SLOT,
  type Pattern,
  TraceError,
} from "../../src/workload/mod.ts";
import { NaiveMemory } from "./naive_memory.ts";
import { NUMA_BEGINNING, NUMA_WEIGHTS, numaOp } from "./random_numa_ops.ts";

const PROCESSES_MAX = 4;
const REGIONS = ["r0", "r1", "r2"];
const REGION_PAGES = 8;

/** Regions touch each other, and cross from one page table to the next at page 512. */
const PLACES = [500, 508, 516, PAGES_PER_SLOT, PAGES_PER_SLOT + 8];

/** Few different pages, so that most find a twin; `seq` from 0 begins with a page of zeros. */
const PATTERNS: readonly Pattern[] = [
  { kind: "const", byte: 1 },
  { kind: "const", byte: 2 },
  { kind: "zero" },
  { kind: "seq", base: 0 },
  { kind: "mod", base: 5, m: 2 },
  { kind: "tail", base: 0, m: 2, byte: 1 },
  { kind: "at", byte: 0, offset: 2001, base: "0xffffffffffffffff", m: 2 },
  { kind: "prng", seed: 1, m: 2 },
  { kind: "text", seed: 1, m: 2 },
];

const OFFSETS = [0, 2001, 4088];
const BYTES = ["00", "01", "0101010101010101", "ff"];
const PROTECTIONS = ["rw", "r", "none", "rw"] as const;
const RUNS = [1, 1, 1, 0, 2] as const;
const KNOBS = [
  ["pages_to_scan", "1"],
  ["pages_to_scan", "3"],
  ["pages_to_scan", "100"],
  ["smart_scan", "0"],
  ["smart_scan", "1"],
  ["pages_to_scan", "0"],
  ["smart_scan", "2"],
  ["max_page_sharing", "2"],
  ["max_page_sharing", "3"],
  ["use_zero_pages", "1"],
  ["use_zero_pages", "0"],
  ["stable_node_chains_prune_millisecs", "0"],
  ["stable_node_chains_prune_millisecs", "3000"],
  ["merge_across_nodes", "0"],
  ["merge_across_nodes", "1"],
  ["advisor_mode", "scan-time"],
  ["advisor_mode", "none"],
  ["advisor_min_pages_to_scan", "4"],
] as const;

/** How often each operation is drawn, for a machine with one node. */
const WEIGHTS: Readonly<Record<Exclude<DrawnOp, NumaOp["op"]>, number>> = {
  proc: 1,
  mmap: 4,
  fill: 8,
  write: 6,
  read: 2,
  hash: 1,
  madvise: 6,
  munmap: 2,
  mremap: 2,
  mprotect: 3,
  fork: 2,
  exit: 1,
  run: 3,
  knob: 3,
  scanBatches: 8,
  scanPasses: 5,
  prctl: 3,
  sleep: 1,
};

type DrawnOp = Exclude<Op["op"], "sample">;

/** Numbers from which an operation is made that the processes can do as they are. */
interface Draw {
  readonly op: DrawnOp;
  readonly process: number;
  readonly region: number;
  readonly start: number;
  readonly count: number;
  readonly choice: number;
}

const number = fc.nat({ max: 59 });

function drawOf(
  weights: readonly (readonly [op: string, weight: number])[],
): fc.Arbitrary<Draw> {
  return fc.record({
    op: fc.oneof(
      ...weights.map(([op, weight]) => ({
        weight,
        arbitrary: fc.constant(op as DrawnOp),
      })),
    ),
    process: number,
    region: number,
    start: number,
    count: number,
    choice: number,
  });
}

/** What each workload begins with, so that there is something to merge: two regions that touch, and are one area. */
const BEGINNING: readonly Op[] = [
  { op: "proc", proc: "p0" },
  { op: "mmap", proc: "p0", region: "r0", slot: 0, off: 500, pages: 8 },
  { op: "mmap", proc: "p0", region: "r1", slot: 0, off: 508, pages: 8 },
  { op: "madvise", proc: "p0", region: "r0", advice: "mergeable" },
  { op: "madvise", proc: "p0", region: "r1", advice: "mergeable" },
  { op: "fill", proc: "p0", region: "r0", pattern: PATTERNS[0] },
  { op: "run", value: 1 },
];

/** The knobs that change what merging comes to, set before anything merges in most workloads. */
const SETTINGS: readonly (readonly Op[])[] = [
  [],
  [{ op: "knob", name: "max_page_sharing", value: "2" }],
  [{ op: "knob", name: "use_zero_pages", value: "1" }],
  [
    { op: "knob", name: "max_page_sharing", value: "3" },
    { op: "knob", name: "use_zero_pages", value: "1" },
  ],
];

/** What {@linkcode workloads} draws. */
export interface WorkloadsOptions {
  /** The operations for machines with two NUMA nodes that there are too; without it, all is for one node. */
  readonly numa?: readonly NumaOp["op"][];
}

/** Workloads of `length` operations at most. Each can be done from its first operation to its last. */
export function workloads(
  length: number,
  { numa }: WorkloadsOptions = {},
): fc.Arbitrary<Op[]> {
  const more = (numa ?? []).map((op) => [op, NUMA_WEIGHTS[op]] as const);
  const draw = drawOf([...Object.entries(WEIGHTS), ...more]);
  const draws = fc.array(draw, { maxLength: length, size: "max" });
  const beginning = numa ? [...BEGINNING, ...NUMA_BEGINNING] : BEGINNING;
  return fc.tuple(fc.constantFrom(...SETTINGS), draws)
    .map(([settings, draws]) => opsOf([...settings, ...beginning], draws));
}

function opsOf(beginning: readonly Op[], draws: readonly Draw[]): Op[] {
  const memory = new NaiveMemory();
  const checker = new OpChecker("random");
  const ops: Op[] = [];
  let started = 0;
  const add = (op: Op): void => {
    if (!accepts(checker, op, ops.length)) return;
    memory.perform(op);
    ops.push(op);
    if (op.op === "proc" || op.op === "fork") started++;
  };
  beginning.forEach(add);
  for (const drawn of draws) {
    const op = opOf(drawn, memory, `p${started}`);
    if (op !== undefined) add(op);
  }
  return ops;
}

function accepts(checker: OpChecker, op: Op, index: number): boolean {
  try {
    checker.check(op, index);
    return true;
  } catch (error) {
    if (error instanceof TraceError) return false;
    throw error;
  }
}

/** The operation that a draw stands for; none when it makes no sense as things are. */
function opOf(
  draw: Draw,
  memory: NaiveMemory,
  newName: string,
): Op | undefined {
  const { choice } = draw;
  switch (draw.op) {
    case "run":
      return { op: "run", value: pick(RUNS, choice) };
    case "knob": {
      const [name, value] = pick(KNOBS, choice);
      return { op: "knob", name, value };
    }
    case "scanBatches":
      return { op: "scanBatches", n: 1 + choice % 5 };
    case "scanPasses":
      return { op: "scanPasses", n: 1 + choice % 3, limit: 40 };
    case "sleep":
      return { op: "sleep", ms: 500 * (1 + choice) };
    case "proc":
      if (memory.processes.size === PROCESSES_MAX) return undefined;
      return { op: "proc", proc: newName };
  }
  if (memory.processes.size === 0) return undefined;
  const proc = pick([...memory.processes.keys()], draw.process);
  switch (draw.op) {
    case "fork":
      if (memory.processes.size === PROCESSES_MAX) return undefined;
      return { op: "fork", proc, child: newName };
    case "exit":
      return { op: "exit", proc };
    case "prctl":
      return { op: "prctl", proc, mergeAny: choice % 3 > 0 };
    case "mmap": {
      const region = pick(REGIONS, draw.region);
      const prot = pick(PROTECTIONS, draw.start);
      const pages = 1 + draw.count % REGION_PAGES;
      return { op: "mmap", proc, region, ...placeOf(choice), pages, prot };
    }
    default:
      return regionOp(draw, draw.op, proc, memory);
  }
}

function regionOp(
  draw: Draw,
  op:
    | "fill"
    | "write"
    | "read"
    | "hash"
    | "madvise"
    | "munmap"
    | "mremap"
    | "mprotect"
    | NumaOp["op"],
  proc: string,
  memory: NaiveMemory,
): Op | undefined {
  const { choice } = draw;
  const { regions } = memory.of(proc);
  if (regions.size === 0) return undefined;
  const [region, { pages: length }] = pick([...regions], draw.region);
  const start = draw.start % length;
  // Half of all ranges go to the region's end.
  const count = draw.count % 2 === 0
    ? length - start
    : 1 + draw.count % (length - start);
  const range = { proc, region, start, count };
  switch (op) {
    case "fill":
      return { op, ...range, pattern: pick(PATTERNS, choice) };
    case "write": {
      const offset = pick(OFFSETS, choice);
      return {
        op,
        proc,
        region,
        page: start,
        offset,
        bytes: pick(BYTES, draw.count),
      };
    }
    case "read":
    case "hash":
    case "munmap":
      return { op, ...range };
    case "mprotect":
      return { op, ...range, prot: pick(PROTECTIONS, choice) };
    case "madvise":
      return { op, ...range, advice: pick(ADVICE, choice) };
    case "mremap": {
      const pages = choice % 2 === 0 ? length : 1 + draw.count % REGION_PAGES;
      if (pages !== length && !isUniform(memory, proc, region)) {
        return undefined;
      }
      return { op, proc, region, ...placeOf(draw.start), pages };
    }
    default:
      return numaOp(op, choice, range);
  }
}

const ADVICE = [
  "mergeable",
  "mergeable",
  "mergeable",
  "unmergeable",
  "dontneed",
] as const;

/** Whether no page was offered for merging, or bound to a node, without the others: only then may a region change its length. */
function isUniform(memory: NaiveMemory, proc: string, region: string): boolean {
  const pages = memory.pagesOf(proc, region);
  return pages.every(({ mergeable, node }) =>
    mergeable === pages[0].mergeable && node === pages[0].node
  );
}

function placeOf(choice: number): { slot: number; off: number } {
  const page = pick(PLACES, choice);
  return {
    slot: Math.floor(page / PAGES_PER_SLOT),
    off: page % PAGES_PER_SLOT,
  };
}

function pick<T>(from: readonly T[], number: number): T {
  return from[number % from.length];
}
