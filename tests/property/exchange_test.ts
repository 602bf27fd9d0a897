/** Stretches of work that are noted to use different things can be exchanged: nothing that is read goes unnoted. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { continueBatch, startBatch } from "../../src/engine/ksm/mod.ts";
import type { Suspends } from "../../src/engine/lib/step.ts";
import type { Machine } from "../../src/machine/mod.ts";
import { type InstantOp, performOp } from "../../src/machine/ops.ts";
import { compact } from "../../src/machine/page_movers.ts";
import type { AccessLog } from "../../src/sim/explore/mod.ts";
import { drive } from "./drive.ts";
import { differences, machineCells } from "../unit/machine_cells.ts";
import { areIndependent, Stage, type Stretch } from "../unit/stretches.ts";

const PAGES = 3;

/** What each of two processes does, and has its child do. */
function scriptOf(proc: string): readonly InstantOp[] {
  const all = { proc, region: "r" };
  const same = { kind: "const", byte: 1 } as const;
  const child = `child of ${proc}`;
  return [
    { op: "write", ...all, page: 1, offset: 0, bytes: "05" },
    { op: "read", ...all },
    { op: "madvise", ...all, start: 1, count: 1, advice: "dontneed" },
    { op: "fill", ...all, pattern: same },
    { op: "mprotect", ...all, start: 2, count: 1, prot: "r" },
    { op: "fork", proc, child },
    { op: "mprotect", ...all, prot: "rw" },
    { op: "madvise", ...all, advice: "unmergeable" },
    { op: "exit", proc: child },
    { op: "madvise", ...all, advice: "mergeable" },
    { op: "exit", proc },
  ];
}

function* perform(
  machine: Machine,
  ops: readonly InstantOp[],
): Suspends<void> {
  for (const op of ops) {
    const isGone = "proc" in op &&
      machine.processes.find(op.proc) === undefined;
    if (!isGone) yield* performOp(machine, op, 0);
  }
}

function* ksmd({ ksm }: Machine): Suspends<void> {
  for (let batches = 0; batches < 8; batches++) {
    const batch = yield* startBatch(ksm);
    while (!(yield* continueBatch(ksm, batch, 1)));
  }
}

function* administrate(machine: Machine): Suspends<void> {
  yield* perform(machine, [
    { op: "knob", name: "use_zero_pages", value: "1" },
    { op: "knob", name: "merge_across_nodes", value: "0" },
    { op: "run", value: 2 },
    { op: "run", value: 1 },
  ]);
}

/** What is done to the memory of the second of two nodes. */
const NODE_OPS: readonly InstantOp[] = [
  { op: "move", proc: "a", region: "r", node: 1, all: true },
  { op: "knob", name: "merge_across_nodes", value: "1" },
  { op: "offline", node: 1 },
  { op: "online", node: 1 },
  { op: "move", proc: "b", region: "r", node: 1 },
];

function setUp(machine: Machine): Suspends<unknown>[] {
  for (const proc of ["a", "b"]) {
    const all = { proc, region: "r" };
    drive(machine, [
      { op: "proc", proc },
      { op: "mmap", ...all, slot: 0, pages: PAGES },
      { op: "madvise", ...all, advice: "mergeable" },
      { op: "fill", ...all, pattern: { kind: "const", byte: 1 } },
    ]);
  }
  drive(machine, [
    { op: "knob", name: "smart_scan", value: "0" },
    { op: "run", value: 1 },
    { op: "scanPasses", n: 1 },
  ]);
  return [
    perform(machine, scriptOf("a")),
    perform(machine, scriptOf("b")),
    ksmd(machine),
    compact(machine, 4),
    administrate(machine),
    ...(machine.memory.nodes === 1 ? [] : [perform(machine, NODE_OPS)]),
  ];
}

/** Where stretches are exchanged. */
interface Exchanges {
  /** NUMA nodes; 1 when missing. */
  readonly nodes?: number;
  /** Spoils what is noted. */
  readonly sabotage?: (log: AccessLog) => void;
}

/** A stage after the first steps of a schedule, whose numbers choose among the actors that can go on. */
function stageAfter(
  draws: readonly number[],
  { nodes = 1, sabotage }: Exchanges,
): Stage {
  const stage = new Stage(setUp, nodes);
  sabotage?.(stage.log);
  for (const draw of draws) {
    const { enabled } = stage;
    if (enabled.length > 0) stage.goOn(enabled[draw % enabled.length]);
  }
  return stage;
}

/** What two stretches have led to. Numbers of contents depend on the order; their bytes do not. */
function cameTo({ machine }: Stage): unknown {
  const { frames, contents } = machine.memory;
  const page = new Uint8Array(4096);
  const bytes = [...frames.each()].map((frame) => {
    contents.read(frames.contentOf(frame), page);
    return page.slice(0, 8).join();
  });
  return { bytes, contents: contents.live, counters: machine.counters() };
}

function shown(stage: Stage, { to, accesses }: Stretch): unknown {
  const names = (cells: readonly number[]) =>
    cells.map((cell) => stage.cells.nameOf(cell)).sort();
  return { to, reads: names(accesses.reads), writes: names(accesses.writes) };
}

/** Exchanges two stretches, if they look independent; says whether they did. */
function exchange(
  draws: readonly number[],
  choice: number,
  exchanges: Exchanges,
): boolean {
  const one = stageAfter(draws, exchanges);
  const { enabled } = one;
  if (enabled.length < 2) return false;
  const a = enabled[choice % enabled.length];
  const b = enabled[(choice + 1) % enabled.length];
  const firstA = one.goOn(a);
  if (!one.enabled.includes(b)) return false;
  const thenB = one.goOn(b);
  if (!areIndependent(firstA, thenB)) return false;
  const other = stageAfter(draws, exchanges);
  const firstB = other.goOn(b);
  assert.ok(other.enabled.includes(a), "both can go on in any order");
  const thenA = other.goOn(a);
  assert.deepEqual(shown(other, thenA), shown(one, firstA));
  assert.deepEqual(shown(other, firstB), shown(one, thenB));
  const places = differences(
    machineCells(one.machine),
    machineCells(other.machine),
  );
  const told = places.filter((place) => !place.startsWith("frames.content["));
  assert.deepEqual(told, []);
  assert.deepEqual(cameTo(other), cameTo(one));
  return true;
}

/** Exchanges so many pairs. */
function exchangeMany(numRuns: number, exchanges: Exchanges = {}): number {
  let independent = 0;
  const draws = fc.array(fc.nat({ max: 59 }), { maxLength: 400, size: "max" });
  fc.assert(
    fc.property(draws, fc.nat({ max: 59 }), (draws, choice) => {
      if (exchange(draws, choice, exchanges)) independent++;
    }),
    { numRuns, seed: 3, endOnFailure: true },
  );
  return independent;
}

Deno.test("stretches that use nothing in common can be exchanged", () => {
  const independent = exchangeMany(250);
  assert.ok(independent > 100, `${independent} pairs`);
});

Deno.test("so can those on two nodes", () => {
  const independent = exchangeMany(250, { nodes: 2 });
  assert.ok(independent > 100, `${independent} pairs`);
});

Deno.test("without the reads some of them cannot", () => {
  const sabotage = (log: AccessLog) => {
    log.read = () => {};
  };
  assert.throws(() => exchangeMany(250, { sabotage }), /Property failed/);
});
