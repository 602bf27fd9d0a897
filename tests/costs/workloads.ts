/** The workloads on which the real ksmd was measured, and its time for them. */
import { Driver, Machine } from "../../src/machine/mod.ts";
import type { Cost } from "../../src/engine/lib/step.ts";
import type { Op, Pattern } from "../../src/workload/mod.ts";
import { Listening } from "./listening.ts";
import calibration from "./calibration.json" with { type: "json" };

/** The five workloads. */
export const WORKLOADS = [
  "unique",
  "dup1000",
  "zero",
  "tails",
  "prng50",
] as const;

/** One of them. */
export type WorkloadName = typeof WORKLOADS[number];

/** The passes that were measured, in their order: `steady1` is the third pass. */
export const PASSES = [
  "checksum",
  "merge",
  "steady1",
  "steady2",
  "steady3",
] as const;

/** The pages of each workload: prices are derived from the one, and checked on the other. */
export const SIZES = { derived: 65_536, checked: 262_144 } as const;

/** Nanoseconds of ksmd's processor time in the passes, measured. */
export interface Measured {
  /** For each of {@linkcode PASSES}. */
  readonly passes: readonly number[];
  /** The mean of the passes 3 to 5. */
  readonly steady: number;
}

/** What was measured; medians. */
export function measured(workload: WorkloadName, pages: number): Measured {
  const sizes: Record<string, Record<string, number>> =
    calibration.workloads[workload];
  const seconds = sizes[pages];
  return {
    passes: PASSES.map((pass) => seconds[pass] * 1e9),
    steady: seconds.steady * 1e9,
  };
}

/** How often each amount of each work was spent. */
export type Tally = ReadonlyMap<Cost, ReadonlyMap<number, number>>;

/** After the third pass, only that of vanished pages is not the same again. */
function passesRun(workload: WorkloadName): number {
  return workload === "zero" ? PASSES.length : 3;
}

const tallies = new Map<string, readonly Tally[]>();

/** What the model spends in each of {@linkcode PASSES}; each is one batch, without smart scan. Each workload is run only once. */
export function spentInPasses(
  workload: WorkloadName,
  pages: number,
): readonly Tally[] {
  const key = `${workload} ${pages}`;
  const known = tallies.get(key) ?? listenToPasses(workload, pages);
  tallies.set(key, known);
  return known;
}

function listenToPasses(workload: WorkloadName, pages: number): Tally[] {
  const listening = new Listening();
  const machine = new Machine({ interpreter: listening });
  const done: Tally[] = [];
  prepare(machine, workload, pages);
  listening.takeSpent();
  const passes = passesRun(workload);
  for (let pass = 0; pass < passes; pass++) {
    scanPass(machine);
    done.push(listening.takeSpent());
  }
  return PASSES.map((_, pass) => done[Math.min(pass, passes - 1)]);
}

/** Does everything up to the first pass. */
export function prepare(
  machine: Machine,
  workload: WorkloadName,
  pages: number,
): void {
  perform(machine, preparation(workload, pages));
}

/** Does one pass, which is one batch. */
export function scanPass(machine: Machine): void {
  perform(machine, [{ op: "scanBatches", n: 1 }]);
}

function perform(machine: Machine, ops: readonly Op[]): void {
  let at = 0;
  const driver = new Driver(machine, {
    name: "measured",
    title: "a workload on which ksmd was measured",
    endless: false,
    next: () => ops.at(at++),
  });
  while (driver.advance("end") !== "end");
}

function preparation(workload: WorkloadName, pages: number): Op[] {
  const part = { proc: "A", region: "r" };
  const useZeroPages = workload === "zero" ? "1" : "0";
  return [
    { op: "proc", proc: "A" },
    { op: "mmap", ...part, slot: 0, pages },
    { op: "fill", ...part, pattern: patternOf(workload, pages) },
    { op: "madvise", ...part, advice: "mergeable" },
    { op: "knob", name: "smart_scan", value: "0" },
    { op: "knob", name: "use_zero_pages", value: useZeroPages },
    { op: "knob", name: "pages_to_scan", value: `${pages + 1}` },
    { op: "run", value: 1 },
  ];
}

function patternOf(workload: WorkloadName, pages: number): Pattern {
  switch (workload) {
    case "unique":
      return { kind: "seq", base: 1 };
    case "dup1000":
      return { kind: "mod", base: 1, m: 1000 };
    case "zero":
      return { kind: "zero" };
    case "tails":
      return { kind: "tail", base: 0 };
    case "prng50":
      return { kind: "prng", seed: 1, m: pages / 2 };
  }
}
