/** Random workloads of several actors that overtake each other in any order, with the invariants checked after each step. */
import { continueBatch, startBatch } from "../../src/engine/ksm/mod.ts";
import type { Suspends } from "../../src/engine/lib/step.ts";
import {
  checkAfterStep,
  checkAtRest,
  Machine,
  RefusedOp,
} from "../../src/machine/mod.ts";
import { type InstantOp, performOp } from "../../src/machine/ops.ts";
import { RandomScheduler, Simulation } from "../../src/sim/mod.ts";
import { drive } from "./drive.ts";

const PAGES = 6;

/** Steps of one run after which the state is checked, several times what a run takes: only an offlining that tries in vain takes more. */
const CHECKED_STEPS = 20_000;

const BATCHES = 12;
const PROCESSES = ["a", "b", "c"];

const LATENCIES = {
  wakeNanos: 1,
  timerSlackNanos: 0,
  sleepingHandoffNanos: 0,
  spinningHandoffNanos: 0,
  relaxNanos: 1,
};

/** What a process may do to its region, by number. */
function processOps(proc: string): readonly InstantOp[] {
  const all = { proc, region: "r" };
  const half = { ...all, start: 2, count: 3 };
  const child = `child of ${proc}`;
  const same = { kind: "const", byte: 1 } as const;
  return [
    { op: "fill", ...all, pattern: same },
    { op: "fill", ...half, pattern: { kind: "zero" } },
    { op: "write", ...all, page: 3, offset: 0, bytes: "05" },
    { op: "read", ...all },
    { op: "madvise", ...half, advice: "dontneed" },
    { op: "madvise", ...half, advice: "unmergeable" },
    { op: "madvise", ...all, advice: "mergeable" },
    { op: "mprotect", ...half, prot: "r" },
    { op: "mprotect", ...all, prot: "rw" },
    { op: "fork", proc, child },
    { op: "fill", proc: child, region: "r", pattern: same },
    { op: "exit", proc: child },
    { op: "exit", proc },
  ];
}

const ADMIN: readonly InstantOp[] = [
  { op: "run", value: 2 },
  { op: "run", value: 1 },
  { op: "run", value: 0 },
  { op: "run", value: 1 },
  { op: "knob", name: "pages_to_scan", value: "3" },
  { op: "knob", name: "use_zero_pages", value: "1" },
  { op: "knob", name: "smart_scan", value: "0" },
];

/** What may be done to the memory of two NUMA nodes while processes use it. */
const NODE_OPS: readonly InstantOp[] = [
  ...PROCESSES.flatMap((proc): InstantOp[] => [
    { op: "move", proc, region: "r", node: 1, all: true },
    { op: "move", proc, region: "r", node: 0, all: true },
    { op: "move", proc, region: "r", start: 1, count: 3, node: 1 },
    { op: "bind", proc, node: 1 },
  ]),
  { op: "offline", node: 1 },
  { op: "online", node: 1 },
];

/** Switches between trees for each node and one for all; the whole unmerge in between is what the knob asks for. */
const NODE_ADMIN: readonly InstantOp[] = [
  { op: "knob", name: "merge_across_nodes", value: "0" },
  { op: "run", value: 2 },
  { op: "run", value: 1 },
  { op: "knob", name: "merge_across_nodes", value: "1" },
];

/** Whether what an operation is about is there, and in a state to take it. */
function isPossible(machine: Machine, op: InstantOp): boolean {
  if (!("proc" in op)) return true;
  const process = machine.processes.find(op.proc);
  if (process === undefined) return false;
  if (op.op === "fork") {
    return machine.processes.find(op.child) === undefined;
  }
  const writes = op.op === "fill" || op.op === "write";
  return !writes ||
    process.mm.vmas.every(({ protection }) => protection === "rw");
}

/** Does an operation; an offlining may be refused at a page that nobody moves away. */
function* attempt(machine: Machine, op: InstantOp): Suspends<void> {
  try {
    yield* performOp(machine, op, 0);
  } catch (error) {
    if (op.op !== "offline" || !(error instanceof RefusedOp)) throw error;
  }
}

/** A number of batches, which come to nothing while there is nothing to scan. */
function* ksmd({ ksm }: Machine): Suspends<void> {
  for (let batch = 0; batch < BATCHES; batch++) {
    const work = yield* startBatch(ksm);
    while (!(yield* continueBatch(ksm, work, 1)));
  }
}

/** What looks at a machine. */
export interface Looks {
  /** After each step of an actor. */
  afterStep(): void;
  /** When all have ended. */
  atEnd(): void;
}

function invariantsOf(machine: Machine): Looks {
  let steps = 0;
  return {
    afterStep: () => {
      if (++steps <= CHECKED_STEPS) checkAfterStep(machine);
    },
    atEnd: () => checkAtRest(machine),
  };
}

/** How many scripts {@linkcode runAtOnce} wants numbers for. */
export function scriptsOf(nodes: number): number {
  return PROCESSES.length + (nodes === 1 ? 1 : 4);
}

/**
 * Runs a script of operations, which `draws` choose by number, for each process,
 * for an administrator, and on two NUMA nodes for who moves memory, all at once in
 * an order drawn from `seed`. Answers the steps that this took and the machine.
 * `watch` is told of the machine before they begin.
 */
export function runAtOnce(
  draws: readonly number[][],
  seed: number,
  nodes = 1,
  watch: (machine: Machine) => Looks = invariantsOf,
): { steps: number; machine: Machine } {
  let steps = 0;
  let afterStep = () => {};
  const simulation = new Simulation({
    price: () => 1,
    latencies: LATENCIES,
    seed,
    scheduler: new RandomScheduler(seed),
    afterStep: () => afterStep(),
  });
  simulation.add("main");
  const machine = new Machine({ interpreter: simulation, nodes });
  for (const proc of PROCESSES) {
    const all = { proc, region: "r" };
    drive(machine, [
      { op: "proc", proc },
      { op: "mmap", ...all, slot: 0, pages: PAGES },
      { op: "madvise", ...all, advice: "mergeable" },
      { op: "fill", ...all, pattern: { kind: "const", byte: 1 } },
    ]);
  }
  drive(machine, [
    { op: "knob", name: "max_page_sharing", value: "3" },
    { op: "run", value: 1 },
  ]);
  const looks = watch(machine);
  afterStep = () => {
    steps++;
    looks.afterStep();
  };
  const scripts = [...PROCESSES.map(processOps), ADMIN];
  if (nodes > 1) scripts.push(NODE_OPS, NODE_OPS, NODE_ADMIN);
  scripts.forEach((script, index) => {
    const left = draws[index].map((draw) => script[draw % script.length]);
    simulation.begin(simulation.add(`actor ${index}`), () => {
      const op = left.shift();
      if (op === undefined) return { kind: "done" };
      if (!isPossible(machine, op)) return { kind: "sleep", nanos: 1 };
      return { kind: "work", work: attempt(machine, op) };
    });
  });
  let hasBegun = false;
  simulation.begin(simulation.add("ksmd"), () => {
    if (hasBegun) return { kind: "done" };
    hasBegun = true;
    return { kind: "work", work: ksmd(machine) };
  });
  while (simulation.advance(Number.MAX_SAFE_INTEGER) !== undefined);
  looks.atEnd();
  return { steps, machine };
}
