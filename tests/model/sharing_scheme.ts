/** The scheme of the Linux Test Project's ksm01 to ksm04: processes that fill much memory in four phases. */
import assert from "node:assert/strict";
import type { Machine } from "../../src/machine/mod.ts";
import {
  type Box,
  type BoxRegion,
  type NodeId,
  workload,
} from "../../src/workload/mod.ts";
import {
  assertReads,
  framesOf,
  pageOf,
  runStaged,
  type Stage,
} from "./staged.ts";

/** How large a run is. */
export interface SchemeSize {
  /** Processes, 3 at least. */
  readonly processes: number;
  /** Memory of each. */
  readonly megabytes: number;
  /** Each process maps its memory in parts of so much. */
  readonly unitMegabytes: number;
  /** The one of two NUMA nodes that all memory is bound to; missing on a machine with one. */
  readonly node?: NodeId;
}

const PAGES_PER_MEGABYTE = 256;

/** Passes that the program waits for before it looks. */
const PASSES = 3;

/** What each of the first three processes fills its memory with; further ones do as the first. */
interface Phase {
  readonly label: string;
  readonly fills: readonly [string, string, string];
  /** Written over the last byte of the second process. */
  readonly lastByte?: string;
  /** pages_shared, pages_sharing, pages_volatile, pages_unshared of N pages. */
  counts(pages: number): [number, number, number, number];
}

const PHASES: readonly Phase[] = [
  {
    label: "two contents",
    fills: ["c", "a", "a"],
    counts: (pages) => [2, pages - 2, 0, 0],
  },
  {
    label: "three contents",
    fills: ["c", "b", "a"],
    counts: (pages) => [3, pages - 3, 0, 0],
  },
  {
    label: "one content",
    fills: ["d", "d", "d"],
    counts: (pages) => [1, pages - 1, 0, 0],
  },
  {
    label: "one byte differs",
    fills: ["d", "d", "d"],
    lastByte: "e",
    counts: (pages) => [1, pages - 2, 0, 1],
  },
];

/** Runs all phases, and asserts the counts and every process's bytes after each. */
export function checkScheme(size: SchemeSize): void {
  const pages = size.processes * size.megabytes * PAGES_PER_MEGABYTE;
  const phases = PHASES.map((phase): Stage => [phase.label, (machine) => {
    checkCounts(machine, 1, pages, phase.counts(pages));
    checkBytes(machine, size, phase);
    checkNode(machine, size);
  }]);
  runStaged(schemeOf(size, pages), [
    ...phases,
    ["unmerged", (machine) => checkCounts(machine, 2, pages, [0, 0, 0, 0])],
    ["stopped", (machine) => checkCounts(machine, 0, pages, [0, 0, 0, 0])],
  ]);
}

function schemeOf(size: SchemeSize, pages: number) {
  return workload("sharing scheme", function* (box) {
    box.knob("smart_scan", 0);
    box.knob("merge_across_nodes", 1);
    const memory = namesOf(size.processes).map((name) =>
      mapUnits(box, name, size)
    );
    box.run(2);
    box.knob("max_page_sharing", pages);
    box.run(1);
    box.knob("pages_to_scan", pages);
    box.knob("sleep_millisecs", 0);
    for (const { label, fills, lastByte } of PHASES) {
      memory.forEach((units, index) => {
        for (const unit of units) {
          unit.fill({ kind: "const", byte: byteOf(fillOf(fills, index)) });
        }
      });
      const last = memory[1].at(-1);
      if (lastByte !== undefined) {
        last?.write(last.pages - 1, 4095, Uint8Array.of(byteOf(lastByte)));
      }
      yield* box.scanPasses(PASSES);
      box.sample(label);
    }
    box.run(2);
    box.sample("unmerged");
    box.run(0);
    box.sample("stopped");
  }, { nodes: size.node === undefined ? 1 : 2 });
}

function mapUnits(
  box: Box,
  name: string,
  { megabytes, unitMegabytes, node }: SchemeSize,
): BoxRegion[] {
  const process = box.process(name);
  if (node !== undefined) process.bind(node);
  const pages = unitMegabytes * PAGES_PER_MEGABYTE;
  return unitsOf(megabytes / unitMegabytes).map((unit) =>
    process.mmap(unit, pages, { mergeable: true })
  );
}

function checkCounts(
  machine: Machine,
  run: number,
  pages: number,
  counts: [number, number, number, number],
): void {
  const { pagesShared, pagesSharing, pagesVolatile, pagesUnshared } = machine
    .counters();
  const { knobs } = machine.ksm;
  assert.deepEqual(
    [pagesShared, pagesSharing, pagesVolatile, pagesUnshared],
    counts,
  );
  assert.deepEqual([knobs.run, knobs.sleepMillisecs, knobs.pagesToScan], [
    run,
    0,
    pages,
  ]);
}

function checkBytes(
  machine: Machine,
  { processes, megabytes, unitMegabytes }: SchemeSize,
  { fills, lastByte }: Phase,
): void {
  const units = unitsOf(megabytes / unitMegabytes);
  const lastPage = unitMegabytes * PAGES_PER_MEGABYTE - 1;
  namesOf(processes).forEach((name, index) => {
    const filled = pageOf(byteOf(fillOf(fills, index)));
    const last = filled.slice();
    if (index === 1 && lastByte !== undefined) last[4095] = byteOf(lastByte);
    for (const unit of units) {
      const isLast = unit === units.at(-1);
      assertReads(
        machine,
        name,
        unit,
        (page) => isLast && page === lastPage ? last : filled,
      );
    }
  });
}

/** Merged or not, no page has left the node that it is bound to. */
function checkNode(
  machine: Machine,
  { processes, megabytes, unitMegabytes, node = 0 }: SchemeSize,
): void {
  const { nid } = machine.memory.frames;
  for (const name of namesOf(processes)) {
    for (const unit of unitsOf(megabytes / unitMegabytes)) {
      const elsewhere = framesOf(machine, name, unit)
        .filter((frame) => nid[frame] !== node);
      assert.deepEqual(elsewhere, [], `${name} ${unit}`);
    }
  }
}

/** Processes beyond the third fill as the first does. */
function fillOf(fills: Phase["fills"], index: number): string {
  return index < fills.length ? fills[index] : fills[0];
}

function namesOf(processes: number): string[] {
  return Array.from({ length: processes }, (_, index) => `child ${index}`);
}

function unitsOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `unit ${index}`);
}

function byteOf(character: string): number {
  return character.charCodeAt(0);
}
